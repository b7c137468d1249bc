"""Files: what they are, proved by their content, and where they lie."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def storage_path(stored: "StoredFile", _name: str) -> str:
    """A random place: nothing of the visitor's file name reaches the disk."""
    return f"{stored.pk.hex[:2]}/{stored.pk.hex}"


class StoredFile(models.Model):
    """A file that passed the upload gate (`portal.base.uploads`). Never served by its path."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.FileField(_("file"), upload_to=storage_path)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    is_checked = models.BooleanField(
        _("went through the gate"),
        default=True,
        help_text=_("What came by mail or on paper in other types is kept as it came, private."),
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self):
        return self.name


class DocumentText(models.Model):
    """The words of a stored PDF, read by the worker so that search finds them."""

    class Status(models.TextChoices):
        READ = "read", _("Read")
        EMPTY = "empty", _("Without text (a scan)")
        FAILED = "failed", _("Could not be read")

    stored = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, related_name="document_text"
    )
    status = models.CharField(_("status"), max_length=8, choices=Status)
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self):
        return f"{self.stored_id} {self.status}"
