"""What the desk works with: notes, leases, steps that can be undone, templates, rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entity.models import Municipality, Office, Topic
from questions.models.question import Question


class Note(models.Model):
    """Private words beside a case: of the staff among themselves, or of the author by mail."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", _("Internal note")
        FROM_AUTHOR = "from_author", _("Message of the author")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INTERNAL)
    text = models.TextField(_("text"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.question.reference} {self.at:%Y-%m-%d}"


class ReviewLease(models.Model):
    """Who has a contribution open for review, until when; two moderators do not collide."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="lease")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_leases"
    )
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("review lease")
        verbose_name_plural = _("review leases")

    def __str__(self):
        return f"{self.question_id} {self.until:%H:%M:%S}"


class UndoStep(models.Model):
    """What a moderation move changed, for the fifteen seconds in which its author may undo it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="undo_steps")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    moves = models.JSONField()
    mail_keys = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("step that can be undone")
        verbose_name_plural = _("steps that can be undone")

    def __str__(self):
        return f"{self.question_id} {self.until:%H:%M:%S}"


class TextTemplate(models.Model):
    """A text that is used often, with fields such as {radicado} that are filled in."""

    class Use(models.TextChoices):
        ANSWER = "answer", _("Answer")
        CLARIFICATION = "clarification", _("Request for clarification")
        ARCHIVE = "archive", _("Reason to archive")
        EXTENSION = "extension", _("Reason to extend")
        RETURN = "return", _("Reason to return")

    use = models.CharField(_("used for"), max_length=14, choices=Use, default=Use.ANSWER)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"))
    office = models.ForeignKey(
        Office,
        verbose_name=_("office"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        help_text=_("Empty: for every office."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("text template")
        verbose_name_plural = _("text templates")
        ordering = ["use", "title"]

    def __str__(self):
        return self.title


class TopicRule(models.Model):
    """Which office usually answers a topic, everywhere or in one municipality."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        help_text=_("Empty: everywhere else."),
    )
    office = models.ForeignKey(Office, verbose_name=_("office"), on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("rule of a topic")
        verbose_name_plural = _("rules of topics")
        constraints = [
            models.UniqueConstraint(fields=["topic", "municipality"], name="topic_rule_once"),
            models.UniqueConstraint(
                fields=["topic"], condition=Q(municipality=None), name="topic_rule_usual_once"
            ),
        ]

    def __str__(self):
        return f"{self.topic} → {self.office.short_name}"
