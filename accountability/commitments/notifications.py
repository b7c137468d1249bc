"""What followers of a commitment are told. No word of a citizen, and nobody's name, is in it."""

from collections.abc import Callable

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accountability.models import Commitment, CommitmentUpdate
from portal.base import announcements, follows, mail_words, outbox
from portal.base.dates import long_day
from portal.base.language import default_path
from questions.models import Author, Question

WORDS_OF_NEWS = 60

mail_words.register("commitment", lambda parts: _("News of a commitment, to a follower"))


def topic_of(commitment: Commitment) -> str:
    return f"commitment:{commitment.reference}"


def _describe(reference: str) -> follows.Followed | None:
    """What a follower of "commitment:C-07" follows, while the public may read it."""
    for found in Commitment.objects.public().filter(reference=reference):
        name = _("commitment %(reference)s") % {"reference": found.reference}
        return follows.Followed(name, found.get_absolute_url())
    return None


follows.register("commitment", _describe)


def _tell(commitment, step: str, compose: Callable, at, topics=()) -> None:
    def letter():
        subject, paragraphs = compose({"reference": commitment.reference})
        link = settings.SITE_URL + default_path(commitment)
        said = [f"{commitment.reference}. {commitment.title}", *filter(None, paragraphs)]
        return outbox.Letter(subject, said, _("See the commitment"), link)

    key = f"commitment:{commitment.pk}:{step}:{commitment.revision}:followers"
    announcements.announce(key, [topic_of(commitment), *topics], letter, at=at)


def published(commitment: Commitment, *, at=None) -> None:
    """Tell who followed the contribution it was born from; its author follows from now on.

    A contribution that the public may not read is not hinted at to anybody else. An author who
    took it back hears no more of it.
    """
    question, topics = commitment.question, []
    if question and question.status != Question.Status.WITHDRAWN:
        _let_author_follow(commitment, question, at)
    if question and Question.objects.public().filter(pk=question.pk).exists():
        topics = [f"question:{question.number}"]

    def compose(words):
        due = {**words, "day": long_day(commitment.due_on)}
        return _("Commitment %(reference)s was published") % words, [
            _("The entity made this commitment. It is due on %(day)s.") % due,
            _("We write to you when there is news, when its date changes and when it ends."),
        ]

    _tell(commitment, "published", compose, at, topics)


def _let_author_follow(commitment, question, at) -> None:
    """Who left an address with the contribution did so to hear what became of it."""
    for email in Author.objects.filter(question=question).values_list("email", flat=True):
        if email:
            follows.add(topic_of(commitment), email, question.language, at=at)


def update_published(update: CommitmentUpdate, *, at=None) -> None:
    commitment = update.commitment

    def compose(words):
        done = {"done": commitment.done, "target": commitment.target, "unit": commitment.unit}
        return _("News of commitment %(reference)s") % words, [
            update.title,
            Truncator(update.body).words(WORDS_OF_NEWS),
            _("So far: %(done)s of %(target)s %(unit)s.") % done,
        ]

    _tell(commitment, f"update-{update.pk}", compose, at)


def date_changed(commitment: Commitment, before, reason: str, *, at=None) -> None:
    """`before` is the day that it was due until now."""

    def compose(words):
        days = {"before": long_day(before), "day": long_day(commitment.due_on)}
        return _("Commitment %(reference)s has another date") % words, [
            _("It was due on %(before)s. Now it is due on %(day)s.") % days,
            _("Reason: %(reason)s") % {"reason": reason},
        ]

    _tell(commitment, "date", compose, at)


def closed(commitment: Commitment, *, at=None) -> None:
    def compose(words):
        words = {**words, "state": commitment.get_status_display().lower()}
        reason = commitment.status_reason
        return _("Commitment %(reference)s: %(state)s") % words, [
            _("This commitment ended. Its state is: %(state)s.") % words,
            _("Reason: %(reason)s") % {"reason": reason} if reason else "",
        ]

    _tell(commitment, "closed", compose, at)
