"""Quick polls and the evaluation survey of an event, with the answers that were given."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event


class SurveyQuerySet(models.QuerySet):
    def public(self):
        """What the public may see: the open and the closed ones of public events."""
        return self.filter(event__in=Event.objects.public()).exclude(status=Survey.Status.DRAFT)

    def open(self):
        return self.filter(status=Survey.Status.OPEN)


class Survey(models.Model):
    """Questions put to everybody who follows an event; opened and closed from the console."""

    class Kind(models.TextChoices):
        POLL = "poll", _("Quick poll")
        EVALUATION = "evaluation", _("Evaluation of the event")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Takes answers")
        CLOSED = "closed", _("Closed")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="surveys"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.POLL)
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    title = models.CharField(_("title"), max_length=140)
    status = models.CharField(
        _("status"), max_length=6, choices=Status, default=Status.DRAFT, editable=False
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["event", "number"]
        permissions = [("run_survey", _("Can open and close surveys"))]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="survey_number_once"),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(kind="evaluation"),
                name="survey_one_evaluation",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.kind == self.Kind.EVALUATION:
            return reverse("evaluate", kwargs={"event_slug": self.event.slug})
        return reverse("poll", kwargs={"event_slug": self.event.slug, "number": self.number})


class SurveyQuestion(models.Model):
    """One question of a survey: one choice, a scale from 1 to 5, or a few words."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("One of several answers")
        SCALE = "scale", _("From 1 to 5")
        TEXT = "text", _("A few words")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.CHOICE)
    text = models.CharField(_("question"), max_length=200)
    is_required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of a survey")
        ordering = ["survey", "order", "pk"]

    def __str__(self):
        return self.text


class Choice(models.Model):
    """One of the answers that a question offers."""

    question = models.ForeignKey(SurveyQuestion, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("answer"), max_length=120)

    class Meta:
        verbose_name = _("answer that is offered")
        verbose_name_plural = _("answers that are offered")
        ordering = ["question", "order", "pk"]

    def __str__(self):
        return self.text


class Ballot(models.Model):
    """One person's answers. Who it was is not kept: `person` is an HMAC under a key of the day."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="ballots")
    person = models.CharField(max_length=64)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(fields=["survey", "person"], name="ballot_once_per_person")
        ]

    def __str__(self):
        return str(self.pk)


class BallotAnswer(models.Model):
    """What a ballot says to one question. Words are read by the staff alone."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.CASCADE, related_name="answers")
    choice = models.ForeignKey(
        Choice, null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "question"], name="ballot_answer_once"),
            models.CheckConstraint(
                condition=Q(scale__isnull=True) | Q(scale__range=(1, 5)),
                name="ballot_scale_one_to_five",
            ),
        ]

    def __str__(self):
        return str(self.pk)
