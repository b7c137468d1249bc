"""A question's turn in the live session. Its case and its clock go on beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from questions.models.question import Question


class LiveTurnQuerySet(models.QuerySet):
    def public(self):
        """Turns the public may see: those of published questions, never the ones taken away."""
        shown = self.exclude(status=LiveTurn.Status.REMOVED)
        return shown.filter(question__visibility=Question.Visibility.PUBLISHED)

    def queued(self):
        return self.filter(status=LiveTurn.Status.QUEUED).order_by("order", "pk")


class LiveTurn(models.Model):
    """The way of a published question through the session: queue, on air, answered or written."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("In the queue")
        ON_AIR = "on_air", _("On air")
        ANSWERED = "answered", _("Answered in the session")
        WRITTEN = "written", _("Needs a written answer")
        REMOVED = "removed", _("Taken out")

    Status.WAITING = (Status.QUEUED, Status.ON_AIR)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="live_turns"
    )
    question = models.OneToOneField(
        Question, verbose_name=_("contribution"), on_delete=models.PROTECT, related_name="live_turn"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    order = models.PositiveIntegerField(_("order"), default=0)
    hint = models.CharField(_("hint of the office for the presenter"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on_air_at = models.DateTimeField(_("on air"), null=True, blank=True)
    ended_at = models.DateTimeField(_("over"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = LiveTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn in the session")
        verbose_name_plural = _("turns in the session")
        ordering = ["event", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(status="on_air"), name="turn_one_on_air"
            )
        ]
        indexes = [models.Index(fields=["event", "status", "order"], name="turn_event_status")]

    def __str__(self):
        return f"{self.question_id} {self.status}"
