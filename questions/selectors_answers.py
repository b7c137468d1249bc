"""What the desk reads of answers: joint releases, verdicts of readers, who is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from entity.registry import registry
from portal.base import clock
from portal.base.models import Transition
from questions.joined import joined_to
from questions.models import Answer, AnswerFile, AnswerVote, Question
from questions.selectors_staff import own_offices, visible_answers
from questions.workflow.machines import ENTER, MODERATE, OWN_OFFICE

A = Answer.Status
# What should have gone out longer ago than this is kept back by something.
WORKER_TAKES = timedelta(minutes=5)


@dataclass(frozen=True)
class Release:
    """Answers that were approved for one moment. `is_past`: something keeps them from going out."""

    at: datetime
    count: int
    is_past: bool

    @property
    def key(self) -> str:
        """The moment in an address."""
        return self.at.isoformat()


def releases(user, at=None) -> list[Release]:
    """The moments for which answers wait, the next one first; one query."""
    late = clock.now(at) - WORKER_TAKES
    waiting = visible_answers(user).filter(status=A.SCHEDULED).select_related(None).order_by()
    rows = waiting.values("release_at").annotate(count=Count("pk")).order_by("release_at")
    return [Release(row["release_at"], row["count"], row["release_at"] < late) for row in rows]


def releases_of(request) -> list[Release]:
    """Those that whoever asks may see, read once for a page: its head and its filter show them."""
    if not hasattr(request, "answer_releases"):
        request.answer_releases = releases(request.user)
    return request.answer_releases


@dataclass(frozen=True)
class Verdicts:
    """How many readers say that an edition answered. What they miss is told beside it."""

    edition: int
    yes: int
    partly: int
    no: int

    @property
    def total(self) -> int:
        return self.yes + self.partly + self.no


def verdicts(question: Question) -> Verdicts | None:
    """The counts of the edition that stands; None before anybody said anything. Two queries."""
    standing = question.answers.public().order_by("-edition").first()
    if standing is None:
        return None
    counted = dict(standing.votes.order_by().values_list("value").annotate(Count("pk")))
    of = {value: counted.get(value, 0) for value in AnswerVote.Value.values}
    return Verdicts(standing.edition, **of) if counted else None


def standing_answer(question: Question) -> Answer | None:
    """The newest published edition with its files."""
    return question.answers.public().for_reading().first()


def writings(answer: Answer) -> list[Transition]:
    """The first words of each person who wrote in an edition."""
    moves = Transition.objects.of("answer", answer.pk).filter(move="draft_answer")
    return list(moves.select_related("actor"))


def joined_with(question: Question) -> list[Question]:
    """What was joined to a contribution: their authors get its answer too."""
    return joined_to(question)


def attachment_of(user, answer_pk, file_pk):
    """An attachment that this person may open at the desk, as a queryset of one."""
    files = AnswerFile.objects.filter(answer__in=visible_answers(user), answer=answer_pk)
    return files.filter(pk=file_pk).select_related("stored")


def may_set_moment(user, question: Question) -> bool:
    """Whether this person may say when it was answered aloud; only what belongs to an event."""
    if question.event_id is None:
        return False
    if user.has_perm(MODERATE) or user.has_perm(ENTER):
        return True
    return user.has_perm(OWN_OFFICE) and question.office_id in own_offices(user)


def own_names() -> list[str]:
    """Names whose short forms a reader of the portal has met."""
    snapshot = registry()
    offices = (name for o in snapshot.offices for name in (o.name, o.short_name))
    return [snapshot.entity.name, snapshot.entity.short_name, *offices]
