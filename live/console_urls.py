"""Addresses of the console, inside the staff area."""

urlpatterns = []
