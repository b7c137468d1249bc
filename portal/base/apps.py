from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Tables and tools that every room uses. Knows the rooms only by text."""

    name = "portal.base"
    label = "base"
    verbose_name = "Portal"

    def ready(self):
        from portal.base import chores  # noqa: F401 - registers the worker's regular chores
