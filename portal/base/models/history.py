"""Every move of every state machine: history for the public, trail for the auditor."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TransitionQuerySet(models.QuerySet):
    def of(self, kind: str, object_id: int):
        return self.filter(kind=kind, object_id=object_id).order_by("at", "pk")


class Transition(models.Model):
    """One move: which row, which column, from where to where, who, when and why.

    Written by the workflow in the same transaction as the move, and never changed.
    """

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    machine = models.CharField(max_length=20)
    move = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        indexes = [models.Index(fields=["kind", "object_id", "at"], name="transition_of_object")]

    def __str__(self):
        return f"{self.kind} {self.object_id}: {self.move}"
