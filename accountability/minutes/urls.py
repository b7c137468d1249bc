from django.urls import re_path

from accountability.minutes import views
from events.urls import SLUG

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/acta/$", views.minutes, name="minutes"),
    re_path(rf"^eventos/{SLUG}/acta/borrador/$", views.minutes_draft, name="minutes_draft"),
    re_path(
        rf"^eventos/{SLUG}/acta/edicion-(?P<edition>[1-9][0-9]{{0,3}})/$",
        views.minutes_edition,
        name="minutes_edition",
    ),
]
