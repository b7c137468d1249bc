from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Tables and tools that every room uses. Knows the rooms only by text."""

    name = "portal.base"
    label = "base"
    verbose_name = "Portal"

    def ready(self):
        from portal.base import checks, chores  # noqa: F401 - registers checks and regular chores
