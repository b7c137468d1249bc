"""A contribution: its words, its case with a clock, and whether the public may read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entity.models import Municipality, Office, Topic
from events.models import Event
from questions.models.petition import PetitionType


class QuestionQuerySet(models.QuerySet):
    def public(self):
        """What anybody may read: published, and nothing else."""
        return self.filter(visibility=Question.Visibility.PUBLISHED)

    def visible_to(self, user):
        """What a staff member may open: the desk sees all, an office what is assigned to it."""
        if user.has_perm("questions.view_all_questions"):
            return self
        if user.has_perm("questions.answer_own_office"):
            return self.filter(office__members__user=user)
        return self.none()

    def open(self):
        return self.filter(status__in=Question.Status.OPEN)

    def late(self, today):
        """Open, with its clock running, past its due day."""
        return self.filter(status__in=Question.Status.RUNNING, due_on__lt=today)

    def with_list_data(self):
        return self.select_related(
            "topic", "municipality", "office", "event", "petition", "merged_into"
        )


class Question(models.Model):
    """A pregunta, observación or sugerencia. `number` never changes and is never reused."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        REMARK = "remark", _("Remark")
        SUGGESTION = "suggestion", _("Suggestion")

    class Channel(models.TextChoices):
        WEB = "web", _("This portal")
        PHONE = "phone", _("Telephone")
        OFFICE_WINDOW = "office_window", _("Office window")
        PAPER = "paper", _("Paper form")
        EMAIL = "email", _("E-mail")
        SOCIAL_NETWORK = "social_network", _("Social network")
        ZOOM_CHAT = "zoom_chat", _("Zoom chat")
        FACEBOOK_CHAT = "facebook_chat", _("Facebook chat")
        ROOM = "room", _("In the room")

    class Display(models.TextChoices):
        ANONYMOUS = "anonymous", _("Anonymous")
        MUNICIPALITY = "municipality", _("Only my municipality")
        NAME = "name", _("Name or organisation")

    class Scope(models.TextChoices):
        MUNICIPALITY = "municipality", _("A municipality")
        REGION = "region", _("The whole region")
        OUTSIDE = "outside", _("Outside the department")

    class Status(models.TextChoices):
        RECEIVED = "received", _("In review")
        ASSIGNED = "assigned", _("Being answered")
        NEEDS_CLARIFICATION = "needs_clarification", _("Waiting for your clarification")
        ANSWERED = "answered", _("Answered")
        MERGED = "merged", _("Joined to another")
        TRANSFERRED = "transferred", _("Transferred")
        MOVED_TO_PQRSD = "moved_to_pqrsd", _("Moved to PQRSD")
        ARCHIVED = "archived", _("Archived as disrespectful")
        WITHDRAWN = "withdrawn", _("Withdrawn by its author")
        LAPSED = "lapsed", _("Lapsed")

    Status.RUNNING = (Status.RECEIVED, Status.ASSIGNED)
    Status.PAUSED = (Status.NEEDS_CLARIFICATION,)
    Status.OPEN = (*Status.RUNNING, *Status.PAUSED)
    Status.CLOSED = (
        Status.ANSWERED,
        Status.MERGED,
        Status.TRANSFERRED,
        Status.MOVED_TO_PQRSD,
        Status.ARCHIVED,
        Status.WITHDRAWN,
        Status.LAPSED,
    )

    class Visibility(models.TextChoices):
        UNMODERATED = "unmoderated", _("Not reviewed yet")
        PUBLISHED = "published", _("Published")
        WITHHELD = "withheld", _("Not published")

    class WithholdReason(models.TextChoices):
        INSULTS = "insults", _("Insults or threats")
        THIRD_PARTY_DATA = "third_party_data", _("Data of another person that can't be hidden")
        ADVERTISING = "advertising", _("Advertising")
        RESERVED_COMPLAINT = "reserved_complaint", _("Complaint for the reserved channel")

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    reference = models.CharField(_("filing number"), max_length=24, unique=True)
    external_reference = models.CharField(_("number at the entity"), max_length=60, blank=True)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUESTION)
    petition = models.ForeignKey(
        PetitionType, verbose_name=_("kind of petition"), on_delete=models.PROTECT
    )
    channel = models.CharField(_("channel"), max_length=16, choices=Channel, default=Channel.WEB)
    received_place = models.CharField(_("place of receipt"), max_length=120, blank=True)
    # What it is about, where the form was opened from a document, an agenda item or a result
    # ("resultado-12"), and its name at that moment: the row may be renamed or go.
    about = models.CharField(max_length=30, blank=True, db_index=True)
    about_title = models.CharField(_("about what"), max_length=200, blank=True)
    original_text = models.TextField(_("what was written"))
    title = models.CharField(_("public title"), max_length=120, blank=True)
    slug = models.CharField(max_length=120, blank=True)
    public_text = models.TextField(_("public text"), blank=True)
    # What the room reads on its screen, where the public text is too long to be read aloud.
    room_summary = models.CharField(_("summary for the room"), max_length=140, blank=True)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT)
    scope = models.CharField(_("about"), max_length=12, choices=Scope, default=Scope.MUNICIPALITY)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    display = models.CharField(
        _("how the author appears"), max_length=12, choices=Display, default=Display.ANONYMOUS
    )
    public_name = models.CharField(_("public name"), max_length=120, blank=True)
    language = models.CharField(max_length=10, default="es-co")

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.RECEIVED)
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility, default=Visibility.UNMODERATED
    )
    withhold_reason = models.CharField(
        _("why it is not published"), max_length=20, choices=WithholdReason, blank=True
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("office that answers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_questions",
    )
    transferred_to = models.CharField(_("transferred to"), max_length=120, blank=True)
    case_reference = models.CharField(_("letter or number of the move"), max_length=120, blank=True)

    submitted_at = models.DateTimeField(_("received"))
    filed_on = models.DateField(_("filed"))
    due_on = models.DateField(_("due"))
    legal_due_on = models.DateField(_("due by law"))
    event_due_on = models.DateField(_("due by the event"), null=True, blank=True)
    counted_from = models.DateField(_("counted from"))
    counted_days = models.SmallIntegerField(_("working days counted"))
    calendar_version = models.PositiveBigIntegerField(default=0)
    paused_days_left = models.PositiveSmallIntegerField(null=True, blank=True)
    extended_from = models.DateField(_("due before the extension"), null=True, blank=True)
    extension_reason = models.TextField(_("reason of the extension"), blank=True)
    archive_proposal = models.TextField(_("why it should be archived"), blank=True)
    archive_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    reopened_on = models.DateField(_("reopened"), null=True, blank=True)
    live_second = models.PositiveIntegerField(_("second of the recording"), null=True, blank=True)

    code_digest = models.CharField(max_length=64)
    filing_key = models.CharField(max_length=64, unique=True)
    revision = models.PositiveIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["visibility", "-number"], name="question_public"),
            models.Index(fields=["event", "visibility", "-number"], name="question_event_public"),
            models.Index(fields=["status", "due_on"], name="question_due"),
            models.Index(
                fields=["visibility", "status", "due_on", "closed_on"], name="question_public_terms"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(visibility="published") | ~Q(public_text=""),
                name="question_published_has_text",
            ),
            models.CheckConstraint(
                condition=~Q(status="merged") | Q(merged_into__isnull=False),
                name="question_merged_into_another",
            ),
        ]
        permissions = [
            ("view_all_questions", _("Can see every contribution")),
            ("view_identity", _("Can see who sent a contribution")),
            ("moderate_question", _("Can publish, assign and close contributions")),
            ("approve_question", _("Can approve answers, extensions and archiving")),
            ("answer_own_office", _("Can answer what is assigned to the own office")),
            ("enter_question", _("Can enter contributions that came by another channel")),
        ]

    def __str__(self):
        return f"{self.number}. {self.title or self.reference}"

    def get_absolute_url(self):
        return reverse("question", kwargs={"number": self.number, "slug": self.slug})

    @property
    def public_title(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.status in self.Status.OPEN

    @property
    def place(self) -> str:
        """The municipality, or what the author wrote instead of one."""
        if self.municipality_id:
            return self.municipality.name
        return str(self.get_scope_display())

    @property
    def local_day(self):
        return timezone.localtime(self.submitted_at).date()
