"""What the public sees: the version of it, and the words it can be found by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """A counter that moves when public content changes: one per event, for the site, for all."""

    name = models.CharField(primary_key=True, max_length=120)
    value = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self):
        return f"{self.name} {self.value}"


class SearchEntry(models.Model):
    """One public thing that can be found: its address, its words, and their stems.

    The rows of PostgreSQL's index and of SQLite's FTS5 table follow this one
    (see `portal.base.search`); nothing private is ever written here.
    """

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    label = models.CharField(max_length=200, blank=True)
    event_slug = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    title_stems = models.TextField(blank=True)
    body_stems = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_kind_object")
        ]
        indexes = [models.Index(fields=["kind", "-dated_on"], name="search_entry_kind_date")]

    def __str__(self):
        return self.title
