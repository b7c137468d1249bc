"""The event itself: decisions are stored (status), time is computed (`events.schedule`)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from entity.models import Municipality
from events.models.links import check_https
from portal.base import clock

FORGOTTEN = timedelta(hours=12)  # that long after its planned end no session goes on any more
event_slug = RegexValidator(
    r"^\d{4}-\d{2}-\d{2}-[a-z0-9-]+$",
    _("Begin with the date, for example 2020-12-21-jornada; lower case, no accents."),
)


class EventKind(models.Model):
    """A kind of event (jornada, audiencia pública…). Hearings carry legal duties of notice."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    is_hearing = models.BooleanField(
        _("public hearing"), default=False, help_text=_("The legal calendar of a hearing applies.")
    )
    notice_days = models.PositiveSmallIntegerField(_("notice: calendar days before"), default=30)
    posting_days = models.PositiveSmallIntegerField(
        _("notice stays posted: working days"), default=10
    )
    report_days = models.PositiveSmallIntegerField(_("report: calendar days before"), default=20)
    speaker_days = models.PositiveSmallIntegerField(
        _("speakers register until: working days before"), default=3
    )
    minutes_days = models.PositiveSmallIntegerField(_("minutes: working days after"), default=5)
    answer_days = models.PositiveSmallIntegerField(
        _("written answers: working days after"), default=15
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of event")
        verbose_name_plural = _("kinds of event")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class EventQuerySet(models.QuerySet):
    def public(self):
        """What anybody may see: everything but drafts. A cancelled event keeps its page."""
        return self.exclude(status=Event.Status.DRAFT)

    def upcoming(self, at):
        """Announced or suspended events that are not over; a session may go on past its hours."""
        goes_on = Q(live__opened_at__isnull=False, live__ended_at__isnull=True)
        is_late = goes_on & Q(ends_at__gt=at - FORGOTTEN) | Q(live__delayed_until__gt=at)
        coming = self.filter(Q(ends_at__gt=at) | is_late, status__in=Event.Status.COMING)
        return coming.order_by("starts_at")

    def held(self):
        return self.filter(status=Event.Status.HELD).order_by("-starts_at")


class Event(models.Model):
    """An act in which the entity renders accounts to citizens, through dialogue."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        POSTPONED = "postponed", _("Postponed")
        SUSPENDED = "suspended", _("Suspended")
        CANCELLED = "cancelled", _("Cancelled")
        HELD = "held", _("Held")

    Status.COMING = (Status.ANNOUNCED, Status.SUSPENDED)
    Status.BAD_NEWS = (Status.POSTPONED, Status.SUSPENDED, Status.CANCELLED)

    class Modality(models.TextChoices):
        VIRTUAL = "virtual", _("Virtual")
        IN_PERSON = "in_person", _("In person")
        HYBRID = "hybrid", _("In person and virtual")

    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[event_slug])
    kind = models.ForeignKey(EventKind, verbose_name=_("kind"), on_delete=models.PROTECT)
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("full name"), max_length=160, blank=True)
    tagline = models.CharField(
        _("motto"),
        max_length=160,
        blank=True,
        help_text=_("Leave it empty: Ley 2345 de 2023 forbids slogans of a government."),
    )
    summary = models.CharField(_("summary in a sentence"), max_length=240, blank=True)
    quotation = models.TextField(_("quotation"), blank=True)
    norms = models.TextField(_("norms"), blank=True, help_text=_("One on each line."))
    about = models.TextField(_("what accounts are rendered about"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    status_reason = models.TextField(_("public reason"), blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    modality = models.CharField(
        _("modality"), max_length=10, choices=Modality, default=Modality.VIRTUAL
    )
    venue = models.CharField(_("place"), max_length=160, blank=True)
    place_address = models.CharField(_("address of the place"), max_length=200, blank=True)
    place_url = models.URLField(
        _("map of the place"),
        blank=True,
        validators=[check_https],
        help_text=_("A link: the portal never loads the map itself."),
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    has_interpreter = models.BooleanField(_("sign language interpreter"), default=False)
    has_captions = models.BooleanField(_("captions"), default=False)
    room_access = models.CharField(
        _("access to the room"),
        max_length=200,
        blank=True,
        help_text=_("For example: ramp at the north door, toilet for wheelchairs."),
    )
    media_note = models.CharField(_("media"), max_length=120, blank=True)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    cutoff_on = models.DateField(_("cut-off day"), null=True, blank=True)
    questions_open_at = models.DateTimeField(_("questions open"), null=True, blank=True)
    questions_close_at = models.DateTimeField(_("questions close"), null=True, blank=True)
    rules = models.TextField(_("rules of procedure"), blank=True, help_text=_("Markdown."))
    speaking_minutes = models.PositiveSmallIntegerField(
        _("minutes for each speaker"), null=True, blank=True
    )
    questions_per_person = models.PositiveSmallIntegerField(
        _("questions for each person"), null=True, blank=True
    )
    takes_speakers = models.BooleanField(_("people may register to speak"), default=False)
    speakers_close_at = models.DateTimeField(
        _("registration to speak closes"),
        null=True,
        blank=True,
        help_text=_("Empty: as the law says for a hearing, else when the event begins."),
    )
    takes_attendees = models.BooleanField(_("people may register to attend"), default=False)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    topics_close_on = models.DateField(
        _("topics may be proposed until"),
        null=True,
        blank=True,
        help_text=_("Empty: citizens propose no topics for this event."),
    )
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_mark = models.CharField(max_length=64, blank=True, editable=False)
    calendar_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["revision", "calendar_sequence", "calendar_mark", "calendar_changed_at"]
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"
            )
        ]
        permissions = [("announce_event", _("Can announce, postpone or close an event"))]

    def __str__(self):
        return f"{self.full_name} ({clock.local_day(self.starts_at):%Y-%m-%d})"

    def get_absolute_url(self):
        return reverse("event", kwargs={"event_slug": self.slug})

    @property
    def full_name(self) -> str:
        return self.subtitle or self.title

    @property
    def minutes(self) -> int:
        """Planned length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def clean(self):
        errors = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("The end must come after the start.")
        opens, closes = self.questions_open_at, self.questions_close_at
        if opens and closes and closes <= opens:
            errors["questions_close_at"] = _("Questions must close after they open.")
        if self.cutoff_on and self.period_from and self.cutoff_on < self.period_from:
            errors["cutoff_on"] = _("The cut-off day must come after the start of the period.")
        if errors:
            raise ValidationError(errors)
