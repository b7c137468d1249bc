"""The session record: what remains of what was said and shown."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import AgendaItem, Event
from events.models.links import check_https


class SessionRecordQuerySet(models.QuerySet):
    def public(self):
        return self.filter(status=SessionRecord.Status.PUBLISHED)

    def of_public_events(self):
        """The published ones of events that everybody may see: what pages and files show."""
        return self.public().filter(event__in=Event.objects.public())


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
    recording_file = models.ForeignKey(
        "base.StoredFile", verbose_name=_("video file"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    audio_file = models.ForeignKey(
        "base.StoredFile", verbose_name=_("audio file"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    captions_file = models.ForeignKey(
        "base.StoredFile", verbose_name=_("captions file"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
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

    def get_absolute_url(self):
        return reverse("record", kwargs={"event_slug": self.event.slug})

    @property
    def recording_address(self) -> str:
        """Where it is seen or heard: where the entity put it, or the portal's own file."""
        if self.recording_url or not (self.recording_file_id or self.audio_file_id):
            return self.recording_url
        name = "recording_video" if self.recording_file_id else "recording_audio"
        return reverse(name, kwargs={"event_slug": self.event.slug})


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


class RecordFileQuerySet(models.QuerySet):
    def public(self):
        """Those of published records of public events."""
        return self.filter(record__in=SessionRecord.objects.of_public_events())


class RecordFile(models.Model):
    """A photograph, a presentation, or a document that was handed in during the session."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photograph")
        PRESENTATION = "presentation", _("Presentation")
        RECEIVED = "received", _("Document received")

    record = models.ForeignKey(SessionRecord, on_delete=models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PHOTO)
    title = models.CharField(_("title"), max_length=160)
    alternative = models.CharField(
        _("what the photograph shows"), max_length=300, blank=True,
        help_text=_("Read aloud to who cannot see it. Name nobody who is not a public official."),
    )  # fmt: skip
    origin = models.CharField(_("who made it or handed it in (post)"), max_length=120, blank=True)
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("agenda item"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    stored = models.ForeignKey(
        "base.StoredFile", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+",
        editable=False,
    )  # fmt: skip
    small = models.ForeignKey(
        "base.StoredFile", verbose_name=_("small copy"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip

    objects = RecordFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of the session")
        verbose_name_plural = _("files of the session")
        ordering = ["record", "kind", "order", "pk"]

    def __str__(self):
        return self.title

    @property
    def is_picture(self) -> bool:
        return self.stored.content_type.startswith("image/")


class FrozenMatrix(models.Model):
    """The questions and answers of an event as they stood one day: a file that never changes."""

    record = models.ForeignKey(SessionRecord, on_delete=models.PROTECT, related_name="matrices")
    edition = models.PositiveSmallIntegerField(_("edition"))
    frozen_at = models.DateTimeField(_("frozen"))
    questions = models.PositiveIntegerField(_("questions"))
    answered = models.PositiveIntegerField(_("answered"))
    stored = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("frozen matrix")
        verbose_name_plural = _("frozen matrices")
        ordering = ["record", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["record", "edition"], name="matrix_edition_once")
        ]

    def __str__(self):
        return f"{self.record} {self.edition}"
