from django.urls import path

from events.process import views

urlpatterns = [
    path("proceso/", views.process, name="process"),
    path("calendario/", views.calendar, name="calendar"),
    path("calendario/<year:year>/", views.calendar, name="calendar_year"),
]
