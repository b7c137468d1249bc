"""Pictures and sheets that the worker draws from an event's data."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event


class EventMedia(models.Model):
    """A drawn poster or leaflet. `digest` says of which data: when it differs, it is drawn anew."""

    class Kind(models.TextChoices):
        CARD = "card", _("Picture for social networks")
        POSTER_A4 = "poster_a4", _("Poster, A4")
        POSTER_LETTER = "poster_letter", _("Poster, letter size")
        LEAFLET_A4 = "leaflet_a4", _("Leaflet, A4")
        LEAFLET_LETTER = "leaflet_letter", _("Leaflet, letter size")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="media")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    stored = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("drawn sheet")
        verbose_name_plural = _("drawn sheets")
        constraints = [models.UniqueConstraint(fields=["event", "kind"], name="event_media_once")]

    def __str__(self):
        return self.get_kind_display()
