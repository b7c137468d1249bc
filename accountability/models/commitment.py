"""Commitments: what was promised, until when, how far it got, and the proof of each step."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from entity.models import Municipality, Office
from events.models import AgendaItem, Event
from events.models.links import check_https
from questions.models import Question


def _only_own_office(user) -> bool:
    """Whether a member of staff answers for an office and sees nothing beyond it."""
    own = user.has_perm("questions.answer_own_office")
    return own and not user.has_perm("questions.view_all_questions")


class CommitmentQuerySet(models.QuerySet):
    def public(self):
        return self.exclude(status=Commitment.Status.DRAFT)

    def visible_to(self, user):
        """What a member of staff may open: an office its own, the other roles all."""
        if not user.has_perm("accountability.view_commitment"):
            return self.none()
        return self.filter(office__members__user=user) if _only_own_office(user) else self

    def unfinished(self):
        return self.filter(status__in=Commitment.Status.UNFINISHED)

    def overdue(self, today):
        return self.unfinished().filter(due_on__lt=today)

    def to_check(self, today):
        """Running ones whose day of checking has come."""
        return self.unfinished().filter(next_check_on__lte=today)


class Commitment(models.Model):
    """A promise made in an event. Its first date is never lost; being late is computed."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Not begun")
        IN_PROGRESS = "in_progress", _("In progress")
        FULFILLED = "fulfilled", _("Fulfilled")
        PARTLY_FULFILLED = "partly_fulfilled", _("Partly fulfilled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    Status.UNFINISHED = (Status.PENDING, Status.IN_PROGRESS)
    Status.CLOSED = (Status.FULFILLED, Status.PARTLY_FULFILLED, Status.WITHDRAWN)

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    slug = models.CharField(max_length=120, editable=False)
    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="commitments"
    )
    title = models.CharField(_("what"), max_length=160)
    promised = models.TextField(_("as it was promised"))
    promised_by = models.CharField(_("promised by"), max_length=140, blank=True)
    paragraph = models.PositiveSmallIntegerField(
        _("paragraph of the minutes"), null=True, blank=True
    )
    question = models.ForeignKey(
        Question,
        verbose_name=_("born from the contribution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    office = models.ForeignKey(
        Office, verbose_name=_("responsible office"), on_delete=models.PROTECT
    )
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), blank=True, related_name="+"
    )
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("agenda item"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="commitments",
    )  # fmt: skip
    next_check_on = models.DateField(_("next check"), null=True, blank=True)
    original_due_on = models.DateField(_("first date"))
    due_on = models.DateField(_("present date"), editable=False)
    target = models.PositiveIntegerField(_("how many"), default=1)
    done = models.PositiveIntegerField(_("done"), default=0, editable=False)
    unit = models.CharField(
        _("of what"), max_length=80, help_text=_("For example: visits with report")
    )
    status = models.CharField(
        _("status"), max_length=18, choices=Status, default=Status.DRAFT, editable=False
    )
    status_reason = models.TextField(_("public reason"), blank=True, editable=False)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    last_update_on = models.DateField(_("last update"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["revision"])

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target__gte=1), name="commitment_has_a_target")
        ]
        permissions = [
            ("approve_commitment", _("Can approve updates, dates and the end of commitments")),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return reverse(
            "commitment", kwargs={"reference": self.reference.lower(), "slug": self.slug}
        )

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.done / self.target))


class CommitmentUpdateQuerySet(models.QuerySet):
    def public(self):
        return self.filter(status=CommitmentUpdate.Status.PUBLISHED)

    def visible_to(self, user):
        """News of the commitments that a member of staff may open."""
        if not user.has_perm("accountability.view_commitmentupdate"):
            return self.none()
        own = self.filter(commitment__office__members__user=user)
        return own if _only_own_office(user) else self


class CommitmentUpdate(models.Model):
    """News of a commitment with its proof; a second person publishes it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AWAITING_APPROVAL = "awaiting_approval", _("Waiting for approval")
        PUBLISHED = "published", _("Published")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="updates")
    happened_on = models.DateField(_("day"))
    title = models.CharField(_("what happened"), max_length=160)
    body = models.TextField(_("detail"), blank=True)
    done = models.PositiveIntegerField(_("done so far"))
    status = models.CharField(
        _("status"), max_length=18, choices=Status, default=Status.DRAFT, editable=False
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = CommitmentUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["-happened_on", "-pk"]

    def __str__(self):
        return f"{self.commitment.reference} {self.happened_on}"


class EvidenceQuerySet(models.QuerySet):
    def public(self):
        """Proofs of published news of public commitments."""
        return self.filter(
            update__in=CommitmentUpdate.objects.public(),
            update__commitment__in=Commitment.objects.public(),
        )


class Evidence(models.Model):
    """A proof of an update: a document or picture somebody can open."""

    update = models.ForeignKey(CommitmentUpdate, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("title"), max_length=160)
    url = models.URLField(_("address"), blank=True, validators=[check_https])
    stored = models.ForeignKey(
        "base.StoredFile", verbose_name=_("file"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")

    def __str__(self):
        return self.title


class CommitmentDateChange(models.Model):
    """A date that was moved: from, to, and the reason the public reads."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="date_changes"
    )
    changed_on = models.DateField(_("day"))
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"))
    reason = models.TextField(_("reason"))
    approved_by_post = models.CharField(_("approved by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("change of date")
        verbose_name_plural = _("changes of date")
        ordering = ["-changed_on", "-pk"]

    def __str__(self):
        return f"{self.commitment.reference} {self.from_date} → {self.to_date}"
