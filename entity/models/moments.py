"""Rendering accounts is a permanent process: the moments of it, in the entity's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcessMoment(models.Model):
    """One of the moments in which the entity renders accounts during the year."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))

    class Meta:
        verbose_name = _("moment of the process")
        verbose_name_plural = _("moments of the process")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title
