"""Addresses of a session: the fragment of the live page and the screen of the room."""

from django.urls import re_path

from events.urls import SLUG
from live import screen, views

urlpatterns = [
    re_path(rf"^eventos/{SLUG}/vivo/$", views.live_fragment, name="live_fragment"),
    re_path(rf"^eventos/{SLUG}/pantalla/$", screen.screen, name="screen"),
    re_path(rf"^eventos/{SLUG}/pantalla/viva/$", screen.screen_alive, name="screen_alive"),
]
