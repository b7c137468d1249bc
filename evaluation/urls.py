"""Addresses of surveys and their results."""

urlpatterns = []
