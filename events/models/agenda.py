"""The agenda: moments in order, each with its minutes; clock times are computed from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entity.models import Office
from events.models.event import Event


class AgendaItem(models.Model):
    """A moment of the event. Its clock time is computed from the minutes of those before it.

    A part of a moment (`parent`) lies inside the minutes of that moment; parts have no parts.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("Presentation")
        DIALOGUE = "dialogue", _("Dialogue and answers")
        BALANCE = "balance", _("Balance of the last event")
        PAUSE = "pause", _("Pause")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="parts",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TALK)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    presenter = models.CharField(
        _("presenter"), max_length=120, blank=True, help_text=_("The post, not the person.")
    )
    office = models.ForeignKey(
        Office, verbose_name=_("office"), null=True, blank=True, on_delete=models.PROTECT
    )
    started_at = models.DateTimeField(_("real start"), null=True, blank=True)
    recording_second = models.PositiveIntegerField(
        _("second of the recording"), null=True, blank=True
    )
    outcome = models.TextField(_("what happened"), blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["event", "order", "pk"]

    def __str__(self):
        return self.title
