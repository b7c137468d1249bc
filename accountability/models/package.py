"""Packages: an event, or a whole year, as a folder that opens without the portal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Event


class ArchivePackageQuerySet(models.QuerySet):
    def public(self):
        """Built ones; those of events that became drafts again are not among them."""
        ready = self.filter(status=ArchivePackage.Status.READY)
        return ready.filter(Q(event=None) | Q(event__in=Event.objects.public()))


class ArchivePackage(models.Model):
    """A BagIt bag of one event or one year, built by the worker under DATA_DIR."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        BUILDING = "building", _("Being built")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="packages",
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.QUEUED, editable=False
    )
    problem = models.CharField(_("problem"), max_length=240, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for"), editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        null=True, editable=False,
    )  # fmt: skip
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    built_at = models.DateTimeField(_("built"), null=True, blank=True, editable=False)
    folder = models.CharField(max_length=120, blank=True, editable=False)
    files = models.PositiveIntegerField(_("files"), default=0, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    sha256 = models.CharField(
        _("SHA-256 of its manifest"), max_length=64, blank=True, editable=False
    )
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ArchivePackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive package")
        verbose_name_plural = _("archive packages")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, year__isnull=True)
                | Q(event__isnull=True, year__isnull=False),
                name="package_of_an_event_or_a_year",
            ),
            models.UniqueConstraint(fields=["event", "edition"], name="package_event_once"),
            models.UniqueConstraint(fields=["year", "edition"], name="package_year_once"),
        ]
        permissions = [("build_package", _("Can build archive packages"))]

    def __str__(self):
        return f"{self.event.slug if self.event_id else self.year} {self.edition}"
