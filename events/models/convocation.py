"""The proof that an event was called as the law and the entity's own list demand."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.content import Document
from events.models.event import Event
from events.models.links import check_https


class Proof(models.Model):
    """Something that shows that a duty was done: an address, a file, or a note of who saw it."""

    url = models.URLField(_("address"), blank=True, validators=[check_https])
    stored = models.ForeignKey(
        "base.StoredFile",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def clean(self):
        if not self.url and not self.stored_id and not self.note:
            raise ValidationError(_("Give an address, a file or a note as proof."))


class DutyProof(Proof):
    """Proof that one duty of the legal calendar was done, and when. Never changed afterwards.

    A wrong one stays and is called wrong, once, with the reason: from then on it proves nothing.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="proofs")
    duty = models.CharField(_("duty"), max_length=20)
    done_on = models.DateField(_("done"))
    wrong_reason = models.CharField(_("why it is wrong"), max_length=300, blank=True)
    wrong_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    wrong_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("proof of a duty")
        verbose_name_plural = _("proofs of duties")
        ordering = ["done_on", "pk"]

    def __str__(self):
        return f"{self.duty} {self.done_on}"


class ChecklistMark(models.Model):
    """What a person says of one task of the publishing checklist: done, or not applicable."""

    class State(models.TextChoices):
        DONE = "done", _("Done")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="marks")
    code = models.CharField(max_length=40)
    state = models.CharField(_("state"), max_length=16, choices=State)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark of the checklist")
        verbose_name_plural = _("marks of the checklist")
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="checklist_mark_once")
        ]

    def __str__(self):
        return f"{self.code}: {self.state}"


class ReportDelivery(Proof):
    """A report that was handed to a control body."""

    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
    )
    report = models.CharField(_("report"), max_length=200)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document of the event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = models.CharField(_("control body"), max_length=160)
    delivered_on = models.DateField(_("delivered"))
    reference = models.CharField(_("filing number there"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("report to a control body")
        verbose_name_plural = _("reports to control bodies")
        ordering = ["-delivered_on", "-pk"]

    def __str__(self):
        return f"{self.report}: {self.body}"
