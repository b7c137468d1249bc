"""What other channels need: numbered paper forms, mails that were read, imported lists."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from questions.models.question import Question


class PaperForm(models.Model):
    """One numbered sheet of paper. When it comes back filled in, its contribution names it."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.PROTECT
    )
    question = models.OneToOneField(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="paper_form"
    )
    printed_at = models.DateTimeField(_("printed"), default=timezone.now)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("paper form")
        verbose_name_plural = _("paper forms")
        ordering = ["-number"]

    def __str__(self):
        return f"F-{self.number:05d}"


class InboundMessage(models.Model):
    """One mail of the mailbox that was read, so that it is never read twice.

    Neither its text nor its sender is here: they are in the contribution or in its note.
    """

    class Result(models.TextChoices):
        FILED = "filed", _("Filed")
        THREADED = "threaded", _("Added to its contribution")
        SKIPPED = "skipped", _("Automatic message")
        BOUNCE = "bounce", _("Our message did not arrive")
        FAILED = "failed", _("Could not be filed")

    digest = models.CharField(max_length=64, unique=True)
    result = models.CharField(_("result"), max_length=10, choices=Result)
    attempts = models.PositiveSmallIntegerField(_("failed tries"), default=0)
    error = models.CharField(_("kind of error"), max_length=80, blank=True)
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="inbound_messages"
    )
    received_at = models.DateTimeField(_("received"))
    read_at = models.DateTimeField(_("read"), default=timezone.now)

    class Meta:
        verbose_name = _("mail that was read")
        verbose_name_plural = _("mails that were read")
        ordering = ["-read_at"]

    def __str__(self):
        came = timezone.localtime(self.received_at)
        return f"{self.get_result_display()} {came:%Y-%m-%d %H:%M}"


class ImportBatch(models.Model):
    """A list that was uploaded and tried; what the dry run found is kept in `result`.

    Both it and `rows` are forgotten once the list is filed.
    """

    token = models.CharField(max_length=40, unique=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(_("file"), max_length=120)
    rows = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    filed_count = models.PositiveIntegerField(_("filed contributions"), default=0)

    class Meta:
        verbose_name = _("imported list")
        verbose_name_plural = _("imported lists")
        ordering = ["-created_at"]

    def __str__(self):
        return self.name
