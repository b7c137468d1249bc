"""What citizens say about what is published: remarks about minutes, notes about commitments."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.models.commitment import Commitment
from accountability.models.minutes import Minutes
from entity.models import Municipality


class Voice(models.Model):
    """What somebody wrote and left: read by staff before anybody else sees it, in public words."""

    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)
    # Of the form that was sent: the same one twice is one.
    token = models.CharField(max_length=64, unique=True, editable=False)
    # Only to tell its author what became of it: it is emptied with that message.
    email = models.EmailField(_("e-mail"), blank=True)
    received_at = models.DateTimeField(_("received"), editable=False)
    status_reason = models.TextField(_("reason"), blank=True, editable=False)
    public_text = models.TextField(_("published text"), blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class MinutesRemarkQuerySet(models.QuerySet):
    def public(self):
        """Answered remarks, in the words that moderation let through."""
        return self.filter(status=MinutesRemark.Status.ANSWERED)

    def waiting(self):
        return self.filter(status=MinutesRemark.Status.RECEIVED)


class MinutesRemark(Voice):
    """A remark about a draft of the minutes. Each is answered before the minutes are approved."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        ANSWERED = "answered", _("Answered")
        WITHHELD = "withheld", _("Not published")

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Taken into the minutes")
        PARTLY = "partly", _("Taken in part")
        NOT_TAKEN = "not_taken", _("Not taken")

    minutes = models.ForeignKey(
        Minutes, verbose_name=_("minutes"), on_delete=models.PROTECT, related_name="remarks"
    )
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    attended = models.BooleanField(_("was at the event"), default=False)
    text = models.TextField(_("remark"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.RECEIVED, editable=False
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, blank=True, editable=False
    )
    reply = models.TextField(_("reply"), blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        null=True, editable=False,
    )  # fmt: skip

    objects = MinutesRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark about minutes")
        verbose_name_plural = _("remarks about minutes")
        ordering = ["received_at", "pk"]
        permissions = [("answer_remark", _("Can answer remarks about minutes"))]

    def __str__(self):
        return f"OBS-{self.number}"


class CommitmentNoteQuerySet(models.QuerySet):
    def public(self):
        return self.filter(
            status=CommitmentNote.Status.PUBLISHED, commitment__in=Commitment.objects.public()
        )

    def waiting(self):
        return self.filter(status=CommitmentNote.Status.RECEIVED)


class CommitmentNote(Voice):
    """What a neighbour tells of a commitment: read by moderation before anybody else sees it."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        PUBLISHED = "published", _("Published")
        WITHHELD = "withheld", _("Not published")

    commitment = models.ForeignKey(
        Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField(_("what you see"))
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.RECEIVED, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = CommitmentNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note about a commitment")
        verbose_name_plural = _("notes about commitments")
        ordering = ["-received_at", "-pk"]
        permissions = [("moderate_note", _("Can publish notes about commitments"))]

    def __str__(self):
        return f"NOTA-{self.number}"
