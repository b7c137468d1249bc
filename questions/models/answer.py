"""Answers: one row for each edition; the newest published one stands, older ones stay readable."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from entity.models import Office
from portal.base.models import Transition
from questions.models.question import Question


def _writings(user):
    """The history rows of a person's writing in an edition."""
    rows = Transition.objects.filter(kind="answer", object_id=OuterRef("pk"))
    return rows.filter(move="draft_answer", actor=user)


class AnswerQuerySet(models.QuerySet):
    def public(self):
        return self.filter(status=Answer.Status.PUBLISHED)

    def written_by(self, user):
        """Editions in which this person wrote, were it one word: somebody else approves them."""
        return self.filter(Q(drafted_by=user) | Exists(_writings(user)))

    def not_written_by(self, user):
        return self.exclude(drafted_by=user).exclude(Exists(_writings(user)))

    def for_reading(self):
        """Newest first, with what a reader sees of an edition; two queries."""
        files = AnswerFile.objects.select_related("stored", "small")
        editions = self.select_related("office", "question").order_by("-edition")
        return editions.prefetch_related(Prefetch("files", files))


class Answer(models.Model):
    """An official answer, drafted by an office and published by a second person."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AWAITING_APPROVAL = "awaiting_approval", _("Waiting for approval")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")

    Status.IN_WORK = (Status.DRAFT, Status.AWAITING_APPROVAL, Status.SCHEDULED)

    question = models.ForeignKey(
        Question, verbose_name=_("contribution"), on_delete=models.PROTECT, related_name="answers"
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    office = models.ForeignKey(Office, verbose_name=_("office"), on_delete=models.PROTECT)
    summary = models.CharField(
        _("summary in a sentence"), max_length=200, help_text=_("It is read first, everywhere.")
    )
    body = models.TextField(_("answer"), help_text=_("Paragraphs, lists, links and tables."))
    correction_note = models.CharField(
        _("what was corrected"), max_length=200, blank=True, help_text=_("From edition 2 on.")
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    release_at = models.DateTimeField(_("release"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    returned_comment = models.TextField(_("comment of the approver"), blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["question", "edition"], name="answer_edition"),
            models.UniqueConstraint(
                fields=["question"],
                condition=~Q(status="published"),
                name="answer_one_in_work",
            ),
        ]

    def __str__(self):
        return f"{self.question.reference} ({self.edition})"

    def is_written_by(self, user) -> bool:
        return Answer.objects.written_by(user).filter(pk=self.pk).exists()

    @property
    def attachments(self) -> list["AnswerFile"]:
        return list(self.files.all())


class AnswerFile(models.Model):
    """An attachment of one edition, public with it. A picture says in words what it shows."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    stored = models.ForeignKey("base.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    alt_text = models.CharField(_("what the picture shows"), max_length=240, blank=True)
    small = models.ForeignKey(
        "base.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self):
        return self.title

    @property
    def is_picture(self) -> bool:
        return self.stored.content_type.startswith("image/")

    @property
    def words(self) -> str:
        """What a reader is told of it: the title of a document, what a picture shows."""
        return self.alt_text if self.is_picture else self.title
