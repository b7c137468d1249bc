"""Topics that citizens propose before the agenda is fixed (Participa checklist, item A)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entity.models import Municipality
from events.models.agenda import AgendaItem
from events.models.event import Event


class TopicProposalQuerySet(models.QuerySet):
    def public(self):
        """What anybody may read: reviewed, of an event that is no draft."""
        shown = self.filter(status__in=TopicProposal.Status.SHOWN)
        return shown.exclude(event__status=Event.Status.DRAFT)


class TopicProposal(models.Model):
    """A topic somebody wants on the agenda. No personal data is asked; the words are reviewed."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("In review")
        PUBLISHED = "published", _("Proposed")
        INCLUDED = "included", _("It is on the agenda")
        NOT_INCLUDED = "not_included", _("It is not on the agenda")
        WITHHELD = "withheld", _("Not published")

    Status.SHOWN = (Status.PUBLISHED, Status.INCLUDED, Status.NOT_INCLUDED)

    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.PROTECT,
        related_name="topic_proposals",
    )
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.RECEIVED)
    original_text = models.CharField(_("what was proposed"), max_length=300)
    public_text = models.CharField(_("public text"), max_length=300, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    public_reason = models.CharField(_("public reason"), max_length=300, blank=True)
    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    token = models.CharField(max_length=64, unique=True)
    revision = models.PositiveIntegerField(default=0)

    objects = TopicProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed topic")
        verbose_name_plural = _("proposed topics")
        ordering = ["event", "proposed_at", "pk"]
        permissions = [("review_topicproposal", _("Can review the topics that people propose"))]

    def __str__(self):
        return self.public_text or self.original_text
