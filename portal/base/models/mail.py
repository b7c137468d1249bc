"""The outbox: every message the portal sends, written in the transaction that causes it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.base import mail_words


class OutgoingMail(models.Model):
    """One message to one person.

    `key` says what it tells ("question:18:received") and is unique, so no step is told twice.
    `secrets` are the strings that are masked in the row once the message has left. What goes to
    many (`is_bulk`) waits behind what one person waits for. `attachment` names a file that is made
    when the message leaves (`portal.base.attachments`).
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField()
    html = models.TextField()
    secrets = models.JSONField(default=list, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    attachment = models.CharField(max_length=80, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    is_bulk = models.BooleanField(default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("not before"), default=timezone.now)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes = [models.Index(fields=["status", "due_at"], name="outgoing_mail_due")]

    def __str__(self):
        return mail_words.about(self.key)


class Announcement(models.Model):
    """One step told to all followers of some topics: one row in the step's transaction.

    The worker makes a message for each follower of it, from `last_pk` on, until `finished_at`.
    `letters` maps a language to the finished subject, text and html; `skipped` are the keys of
    follows that are told otherwise, as that of the author.
    """

    key = models.CharField(max_length=100, unique=True)
    topics = models.JSONField()
    letters = models.JSONField()
    skipped = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    last_pk = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("announcement to followers")
        verbose_name_plural = _("announcements to followers")
        indexes = [models.Index(fields=["finished_at", "due_at"], name="announcement_due")]

    def __str__(self):
        return self.key
