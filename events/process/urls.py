from django.urls import path, re_path

from events.process import views

SLUG = r"(?P<event_slug>\d{4}-\d{2}-\d{2}-[a-z0-9-]+)"

urlpatterns = [
    path("proceso/", views.process, name="process"),
    path("calendario/", views.calendar, name="calendar"),
    path("calendario/<year:year>/", views.calendar, name="calendar_year"),
    re_path(rf"^eventos/{SLUG}/temas/$", views.topics, name="event_topics"),
]
