"""The session record: what remains of what was said and shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.models.links import check_https


class SessionRecordQuerySet(models.QuerySet):
    def public(self):
        return self.filter(status=SessionRecord.Status.PUBLISHED)


class SessionRecord(models.Model):
    """Recording, attendance and summary of a held event. Publishing it archives the event."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    event = models.OneToOneField(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="record"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    recording_url = models.URLField(_("recording"), blank=True, validators=[check_https])
    recording_label = models.CharField(_("where it opens"), max_length=80, blank=True)
    duration_seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    has_captions = models.BooleanField(_("captions"), default=False)
    audio_url = models.URLField(_("audio only"), blank=True, validators=[check_https])
    no_recording_reason = models.CharField(
        _("why there is no recording"), max_length=200, blank=True
    )
    summary = models.TextField(_("summary"), blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = SessionRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("session record")
        verbose_name_plural = _("session records")
        ordering = ["-event__starts_at"]
        permissions = [("publish_record", _("Can publish records and minutes"))]

    def __str__(self):
        return str(self.event)


class Attendance(models.Model):
    """How many people took part, by channel. Numbers only, no names."""

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ZOOM = "zoom", "Zoom"
        FACEBOOK_LIVE = "facebook_live", "Facebook Live"
        YOUTUBE = "youtube", "YouTube"
        OTHER = "other", _("Other")

    record = models.ForeignKey(SessionRecord, on_delete=models.CASCADE, related_name="attendance")
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    count = models.PositiveIntegerField(_("people"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["record", "channel"], name="attendance_channel_once")
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.count}"
