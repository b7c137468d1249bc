"""The minutes (acta): sections of numbered paragraphs, signed and published."""

import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import AgendaItem, Event


class MinutesQuerySet(models.QuerySet):
    def public(self):
        return self.filter(status=Minutes.Status.PUBLISHED)

    def in_force(self, event):
        """The newest published edition of an event, or None."""
        return self.public().filter(event=event).order_by("-edition").first()

    def open_draft(self):
        """Drafts that anybody may read, since remarks about them are asked for."""
        return self.filter(status=Minutes.Status.IN_REMARKS)


class Minutes(models.Model):
    """The minutes of one event. Published ones are corrected by a new edition, never changed."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REMARKS = "in_remarks", _("Open to remarks")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")

    Status.EDITABLE = (Status.DRAFT, Status.IN_REMARKS)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="minutes_editions"
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False
    )
    number = models.CharField(_("number"), max_length=40)
    place = models.CharField(_("place"), max_length=160)
    started_at = models.DateTimeField(_("start"))
    ended_at = models.DateTimeField(_("end"))
    president = models.CharField(_("presided by"), max_length=120)
    secretary = models.CharField(_("secretary"), max_length=120)
    change_note = models.CharField(_("what this edition changes"), max_length=240, blank=True)
    remarks_until = models.DateField(
        _("remarks until"), null=True, blank=True, editable=False,
        help_text=_("The last day on which anybody may send a remark about the draft."),
    )  # fmt: skip
    drawn = models.ForeignKey(
        "base.StoredFile", verbose_name=_("PDF"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    signed = models.ForeignKey(
        "base.StoredFile", verbose_name=_("signed copy"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-event__starts_at", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["event", "edition"], name="minutes_edition_once")
        ]

    def __str__(self):
        return _("Minutes %(number)s, edition %(edition)s") % {
            "number": self.number,
            "edition": self.edition,
        }

    def get_absolute_url(self):
        return reverse("minutes", kwargs={"event_slug": self.event.slug})


class MinutesSection(models.Model):
    """A part of the minutes. Blank lines separate its paragraphs, which are numbered throughout.

    `built` is the text that the data gave: while `body` is the same, it may be built anew.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        ATTENDANCE = "attendance", _("Attendance")
        AGENDA = "agenda", _("Agenda")
        ITEM = "item", _("What was said under an item")
        ANSWERED = "answered", _("Questions answered in the session")
        WRITTEN = "written", _("Questions answered in writing")
        PENDING = "pending", _("Pending questions")
        DOCUMENTS = "documents", _("Documents")
        COMMITMENTS = "commitments", _("Commitments")
        EVALUATION = "evaluation", _("Evaluation")
        ANNEXES = "annexes", _("Annexes")
        CLOSING = "closing", _("Closing")
        OTHER = "other", _("Other")

    kind = models.CharField(_("part"), max_length=12, choices=Kind, default=Kind.OTHER)
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("agenda item"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="minutes_sections",
    )  # fmt: skip
    built = models.TextField(blank=True, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), help_text=_("An empty line begins a new paragraph."))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["minutes", "order", "pk"]

    def __str__(self):
        return self.title

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in re.split(r"\n\s*\n", self.body) if part.strip()]


class Signatory(models.Model):
    """Who signs, by post, and when."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="signatories")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    role = models.CharField(_("as"), max_length=80)
    position = models.CharField(_("post"), max_length=120)
    signed_on = models.DateField(_("signed"), null=True, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["minutes", "order", "pk"]

    def __str__(self):
        return self.position
