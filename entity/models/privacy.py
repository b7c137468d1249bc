"""Privacy notices and the proof of each consent (Ley 1581 de 2012 art. 12; D. 1377/2013 art. 8)."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PrivacyNoticeQuerySet(models.QuerySet):
    def in_force(self, at=None):
        """The notice that applies at an instant: the newest that has begun, or None."""
        return (
            self.filter(in_force_from__lte=at or timezone.now()).order_by("-in_force_from").first()
        )


class PrivacyNotice(models.Model):
    """One version of the text a person agrees to. Once somebody agreed, it never changes."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), help_text=_("Markdown."))
    consent_label = models.TextField(_("sentence beside the checkbox"))
    in_force_from = models.DateTimeField(_("in force from"))

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-in_force_from"]

    def __str__(self):
        return f"{self.title} ({self.version})"

    @property
    def sha256(self) -> str:
        """Hash of exactly what was shown: the sentence and the text."""
        return hashlib.sha256(f"{self.consent_label}\n{self.text}".encode()).hexdigest()

    def clean(self):
        before = type(self).objects.filter(pk=self.pk).first()
        if before and before.sha256 != self.sha256 and before.consents.exists():
            raise ValidationError(
                _("People have agreed to this version. Write a new one instead of changing it.")
            )


class Consent(models.Model):
    """A person agreed to a notice, for one purpose, at one moment, by some means. Kept as proof.

    Who wrote it down stands in the history of what it is about.
    """

    class Means(models.TextChoices):
        PORTAL = "portal", _("Marked the box in this portal")
        SPOKEN = "spoken", _("Said so, in person or by telephone")
        SIGNED = "signed", _("Marked or signed it on paper")
        WRITTEN = "written", _("Wrote it in a message")

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="consents")
    notice_sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    means = models.CharField(_("how"), max_length=8, choices=Means, default=Means.PORTAL)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "purpose"], name="consent_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}: {self.purpose}"
