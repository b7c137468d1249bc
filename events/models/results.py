"""What accounts are rendered about, as data: goals, projects, money and difficulties."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entity.models import Office
from events.models.content import Document
from events.models.event import Event


class Result(models.Model):
    """One row of what is accounted for. `number` counts within the event and is never reused."""

    class Kind(models.TextChoices):
        GOAL = "goal", _("Goal")
        PROJECT = "project", _("Project")
        BUDGET = "budget", _("Budget")
        ACHIEVEMENT = "achievement", _("Achievement")
        DIFFICULTY = "difficulty", _("Difficulty")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="results"
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.GOAL)
    programme = models.CharField(_("programme"), max_length=160, blank=True)
    goal = models.CharField(_("goal or result"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    planned = models.DecimalField(
        _("planned"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    reached = models.DecimalField(
        _("reached"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    money_planned = models.DecimalField(
        _("pesos planned"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    money_executed = models.DecimalField(
        _("pesos executed"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    cutoff_on = models.DateField(_("cut-off day"), null=True, blank=True)
    office = models.ForeignKey(
        Office,
        verbose_name=_("office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    difficulty = models.CharField(_("difficulty, in a sentence"), max_length=300, blank=True)
    source = models.ForeignKey(
        Document,
        verbose_name=_("source document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="results",
    )

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["event", "order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="result_number_in_event")
        ]

    def __str__(self):
        return self.goal

    def get_absolute_url(self):
        return f"{reverse('event_results', args=[self.event.slug])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Where it stands on the pages of results; cited, so it never changes."""
        return f"resultado-{self.number}"

    def clean(self):
        errors = {}
        for name in ("planned", "reached", "money_planned", "money_executed"):
            value = getattr(self, name)
            if value is not None and value < 0:
                errors[name] = _("Write a number that is not below zero.")
        if self.source_id and self.event_id and self.source.event_id != self.event_id:
            errors["source"] = _("Choose a document of this event.")
        if errors:
            raise ValidationError(errors)
