from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Tables and tools that every room uses. Knows the rooms only by text."""

    name = "portal.base"
    label = "base"
    verbose_name = "Portal"

    def ready(self):
        # What they register: numbers of addresses, checks, regular chores.
        from portal.base import address_numbers, checks, chores  # noqa: F401
