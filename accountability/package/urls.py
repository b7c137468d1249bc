from django.urls import path, re_path

from accountability.package import views
from events.urls import SLUG

urlpatterns = [
    path("eventos/<year:year>/paquete/", views.year_package, name="year_package"),
    path("eventos/<year:year>/paquete.zip", views.year_package_zip, name="year_package_zip"),
    re_path(rf"^eventos/{SLUG}/paquete/$", views.event_package, name="event_package"),
    re_path(rf"^eventos/{SLUG}/paquete\.zip$", views.event_package_zip, name="event_package_zip"),
]
