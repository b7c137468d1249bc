"""Addresses of a session: the fragment of the live page and the screen of the room."""

urlpatterns = []
