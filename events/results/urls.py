from django.urls import re_path

from events.results import views

SLUG = r"(?P<event_slug>\d{4}-\d{2}-\d{2}-[a-z0-9-]+)"

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/cuentas/$", views.results, name="event_results"),
    re_path(rf"^eventos/{SLUG}/cuentas\.csv$", views.results_csv, name="event_results_csv"),
]
