"""The publication log: one row for each thing that was published, tied to the row before it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationEntry(models.Model):
    """What was published under which SHA-256, and when. Written by `portal.base.ledger` alone.

    `entry_hash` is the SHA-256 of the entry's line, which names the hash of the entry before: who
    changes or takes away one entry breaks every one that follows. It holds no text and no name.
    """

    class Act(models.TextChoices):
        PUBLISHED = "published", _("It was published")
        CORRECTED = "corrected", _("It was corrected")
        WITHDRAWN = "withdrawn", _("It was withdrawn")

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=20)
    reference = models.CharField(_("reference"), max_length=120)
    act = models.CharField(_("what was done"), max_length=10, choices=Act, default=Act.PUBLISHED)
    sha256 = models.CharField(max_length=64, db_index=True)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)
    # Where it can be read, for the page of the entry; an address may move, so no hash covers it.
    path = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("entry of the publication log")
        verbose_name_plural = _("publication log")
        ordering = ["-number"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["kind", "reference", "-number"], name="publication_reference")
        ]

    def __str__(self):
        return f"{self.number}. {self.kind} {self.reference}"
