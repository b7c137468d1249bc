"""Days on which the entity does not work, beside the national holidays."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ClosingDay(models.Model):
    """A day that does not count as a working day: compensated days, local holidays, closures."""

    date = models.DateField(_("day"), unique=True)
    reason = models.CharField(
        _("reason"), max_length=160, help_text=_("It is shown to the public.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        ordering = ["-date"]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.reason}"
