"""What the invitation says and gives: sections, ways to take part, streams, documents."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.agenda import AgendaItem
from events.models.event import Event
from events.models.links import check_https


class EventSection(models.Model):
    """A part of the invitation in safe Markdown, with an anchor of its own."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    slug = models.SlugField(_("anchor"), max_length=60)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), help_text=_("Markdown."))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["event", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="event_section_anchor")
        ]

    def __str__(self):
        return self.title


class ParticipationWay(models.Model):
    """One of the ways to take part."""

    class Icon(models.TextChoices):
        GLOBE = "globe", _("Web site")
        QUESTION = "question", _("Question")
        MAIL = "mail", _("Letter")
        VIDEO = "video", _("Video")
        PLACE = "place", _("Place")
        PERSON = "person", _("Person")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="ways")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    icon = models.CharField(_("icon"), max_length=10, choices=Icon)
    title = models.CharField(_("title"), max_length=60)
    body = models.TextField(
        _("text"),
        help_text=_("Markdown. {ask_url} becomes the address of this event's form."),
    )

    class Meta:
        verbose_name = _("way to take part")
        verbose_name_plural = _("ways to take part")
        ordering = ["event", "order", "pk"]

    def __str__(self):
        return self.title


class StreamLink(models.Model):
    """Where the event can be followed. Always a plain link: nothing is embedded before a click."""

    class Kind(models.TextChoices):
        ZOOM = "zoom", "Zoom"
        FACEBOOK_LIVE = "facebook_live", "Facebook Live"
        YOUTUBE = "youtube", "YouTube"
        TEAMS = "teams", "Teams"
        MEET = "meet", "Meet"
        RADIO = "radio", _("Radio")
        AUDIO = "audio", _("Audio only")
        OTHER = "other", _("Other")

    class Test(models.TextChoices):
        WORKS = "works", _("It works")
        FAILS = "fails", _("It fails")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="streams")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    label = models.CharField(_("label"), max_length=80)
    url = models.URLField(_("address"), validators=[check_https])
    meeting_id = models.CharField(_("meeting ID"), max_length=40, blank=True)
    passcode = models.CharField(_("passcode"), max_length=40, blank=True)
    dial_in = models.CharField(
        _("by telephone"), max_length=80, blank=True, help_text=_("Number to dial in.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    megabytes_a_minute = models.PositiveSmallIntegerField(
        _("megabytes a minute"), null=True, blank=True
    )
    tested_at = models.DateTimeField(_("tested"), null=True, blank=True, editable=False)
    tested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    test_result = models.CharField(
        _("result of the test"), max_length=8, choices=Test, blank=True, editable=False
    )
    test_note = models.CharField(_("what was seen"), max_length=200, blank=True, editable=False)
    recording_url = models.URLField(
        _("recording"),
        blank=True,
        validators=[check_https],
        help_text=_("Once it is here, the page shows it instead of the live address."),
    )

    class Meta:
        verbose_name = _("stream")
        verbose_name_plural = _("streams")
        ordering = ["event", "order", "pk"]

    def __str__(self):
        return self.label


class Document(models.Model):
    """Information published for the event: a file of the portal or a link to where it stands."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("Strategy of accountability")
        SCHEDULE = "schedule", _("Calendar of events")
        NOTICE = "notice", _("Notice of the event")
        CALL = "call", _("Call to take part")
        INVITATION = "invitation", _("Invitation")
        MANAGEMENT_REPORT = "management_report", _("Management report")
        ACTION_PLAN = "action_plan", _("Action plan")
        GOALS = "goals", _("Goals and progress")
        BUDGET = "budget", _("Budget")
        RULES = "rules", _("Rules of procedure")
        PRESENTATION = "presentation", _("Presentation")
        EVALUATION_REPORT = "evaluation_report", _("Evaluation report")
        OTHER = "other", _("Other document")

    class Language(models.TextChoices):
        SPANISH = "es", _("Spanish")
        ENGLISH = "en", _("English")
        UWA = "uwa", _("U'wa (Uw Cuwa)")
        SIGNS = "csn", _("Colombian sign language")
        OTHER = "mis", _("Another language")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=160)
    note = models.CharField(_("note"), max_length=200, blank=True)
    stored = models.ForeignKey(
        "base.StoredFile",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField(_("address"), blank=True, validators=[check_https])
    format = models.CharField(_("format"), max_length=40, blank=True)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, default="es")
    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="documents",
    )
    is_accessible = models.BooleanField(_("accessible version"), default=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["event", "order", "pk"]

    def __str__(self):
        return self.title

    def clean(self):
        if not self.url and not self.stored_id:
            raise ValidationError({"url": _("Give the address of the document or its file.")})
