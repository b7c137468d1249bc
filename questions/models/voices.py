"""What visitors say about a published contribution without an account.

`person` is a keyed hash of a shortened address and browser under a key of the day: it lets one
person count once, and tells nobody who it was.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.models.answer import Answer
from questions.models.question import Question


class Interest(models.Model):
    """ "A mí también me interesa": one more person who wants this answered."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="interests")
    person = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="interest_once")]

    def __str__(self):
        return f"{self.question_id} {self.at:%Y-%m-%d}"


class AnswerVote(models.Model):
    """Whether an edition answered, as a reader sees it. The comment is for the office only."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("In part")
        NO = "no", _("No")

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="votes")
    value = models.CharField(_("verdict"), max_length=8, choices=Value)
    comment = models.CharField(_("what is missing"), max_length=300, blank=True)
    person = models.CharField(max_length=64)
    is_author = models.BooleanField(_("by the author"), default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("verdict on an answer")
        verbose_name_plural = _("verdicts on answers")
        constraints = [
            models.UniqueConstraint(fields=["answer", "person"], name="answer_vote_once")
        ]

    def __str__(self):
        return f"{self.answer_id} {self.value}"
