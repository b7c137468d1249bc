from django.urls import path, re_path

from events.people import views

SLUG = r"(?P<event_slug>\d{4}-\d{2}-\d{2}-[a-z0-9-]+)"

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/inscribirse/$", views.attend, name="event_attend"),
    re_path(rf"^eventos/{SLUG}/inscribirse/listo/$", views.done, name="event_attend_done"),
    re_path(rf"^eventos/{SLUG}/intervenir/$", views.speak, name="event_speak"),
    re_path(rf"^eventos/{SLUG}/intervenir/listo/$", views.done, name="event_speak_done"),
    path("inscripcion/", views.registration, name="registration"),
    path("inscripcion/<str:token>/", views.open_link, name="registration_link"),
]
