import re

from django.urls import path, re_path

from events.takeaway import views

SLUG = r"(?P<event_slug>\d{4}-\d{2}-\d{2}-[a-z0-9-]+)"

urlpatterns = [
    path("calendario.ics", views.calendar, name="calendar_file"),
    path("pregunte/qr.svg", views.ask_qr, name="ask_qr"),
    path("pregunte/qr.png", views.ask_qr_png, name="ask_qr_png"),
    re_path(rf"^eventos/{SLUG}/calendario\.ics$", views.event_calendar, name="event_calendar"),
    re_path(rf"^eventos/{SLUG}/tarjeta/$", views.card, name="event_card"),
    re_path(
        rf"^eventos/{SLUG}/(?P<name>{'|'.join(map(re.escape, views.KINDS))})$",
        views.drawn,
        name="event_drawn",
    ),
]
