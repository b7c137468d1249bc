from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntityConfig(AppConfig):
    """The public entity: who it is, where, in which offices, on which days it works."""

    name = "entity"
    verbose_name = _("Entity")
