"""Addresses of the console, inside the staff area."""

from django.contrib import admin
from django.urls import path

from live import console

signed_in = admin.site.admin_view

urlpatterns = [
    path("", signed_in(console.console_list), name="console_list"),
    path("<number:pk>/", signed_in(console.console), name="console"),
    path("<number:pk>/estado/", signed_in(console.console_state), name="console_state"),
    path("<number:pk>/puesto/", signed_in(console.console_seat), name="console_seat"),
    path("<number:pk>/bitacora/", signed_in(console.console_log), name="console_log"),
    path("<number:pk>/bitacora.csv", signed_in(console.console_log_csv), name="console_log_csv"),
]
