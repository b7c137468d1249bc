"""What the console and the public pages show of the queue; a constant number of queries each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from portal.base import clock
from questions.live import suggested
from questions.live.machine import T
from questions.models import LiveTurn, Question, ReviewLease
from questions.selectors_lists import supporters
from questions.selectors_staff import UNREVIEWED
from questions.workflow.machines import MODERATE

MOST_REVIEW, MOST_APPROVED, MOST_QUEUED, MOST_OVER = 60, 30, 100, 30
NEXT_SHOWN = 5


@dataclass(frozen=True)
class Card:
    """One contribution in a lane. `text` is the public one, or the proposal with its marks.

    `flags` is what the proposal hides, `undecided` what somebody must look at on the review page;
    `revision` is that of the row which the lane's buttons move: the contribution or its turn.
    """

    question: Question
    turn: LiveTurn | None
    text: str
    is_cut: bool
    flags: tuple[str, ...]
    undecided: tuple[str, ...]
    minutes: int
    locked_by: str

    @property
    def number(self) -> int:
        return self.question.number

    @property
    def place(self) -> str:
        return self.question.place

    @property
    def channel(self) -> str:
        return str(self.question.get_channel_display())

    @property
    def supports(self) -> int:
        return self.question.supporters

    @property
    def hint(self) -> str:
        return self.turn.hint if self.turn else ""

    @property
    def revision(self) -> int:
        return (self.turn or self.question).revision

    @property
    def is_public(self) -> bool:
        """False for a turn whose contribution was withheld meanwhile: nobody outside sees it."""
        return self.question.visibility == Question.Visibility.PUBLISHED


@dataclass(frozen=True)
class Lanes:
    """The lanes of the console; `review` and `approved` are cut, the totals are not."""

    review: list[Card]
    review_total: int
    approved: list[Card]
    approved_total: int
    queue: list[Card]
    on_air: Card | None
    answered: list[Card]
    written: list[Card]
    waiting_minutes: int


def lanes(event, user, at=None) -> Lanes:
    """Everything that waits for the operators of a session, as this person may see it.

    `waiting_minutes` is how long the oldest one waits for its review.
    """
    at = clock.now(at)
    unreviewed = _of(event).visible_to(user).filter(UNREVIEWED)
    # what was hidden from the screen may come back, or be withheld: it stays in sight
    unqueued = Q(live_turn=None) | Q(live_turn__status=T.REMOVED)
    ready = _of(event).public().open().filter(unqueued)
    review = list(_drawn(unreviewed).order_by("submitted_at", "number")[:MOST_REVIEW])
    approved = list(_drawn(ready).order_by("-supporters", "number")[:MOST_APPROVED])
    turns = _turns(event)
    leases = _leases([*review, *approved], user, at)
    cards = _Cards(leases, at)
    on_air = cards.of_turns(turn for turn in turns if turn.status == T.ON_AIR)
    in_review = cards.of_questions(review)
    return Lanes(
        review=in_review,
        review_total=unreviewed.count(),
        approved=cards.of_questions(approved),
        approved_total=ready.count(),
        queue=cards.of_turns(turn for turn in turns if turn.status == T.QUEUED),
        on_air=on_air[0] if on_air else None,
        answered=cards.of_turns(_newest(turns, T.ANSWERED)),
        written=cards.of_turns(_newest(turns, T.WRITTEN)),
        waiting_minutes=in_review[0].minutes if in_review else 0,
    )


def _of(event):
    return Question.objects.filter(event=event)


def _drawn(questions):
    related = questions.select_related("municipality", "topic", "office", "merged_into")
    return related.annotate(supporters=supporters())


def _turns(event) -> list[LiveTurn]:
    """Every turn that is not taken out, the queue in its order; one query."""
    turns = LiveTurn.objects.filter(event=event).exclude(status=T.REMOVED)
    turns = list(turns.order_by("order", "pk"))
    questions = _drawn(_of(event)).in_bulk([turn.question_id for turn in turns])
    for turn in turns:
        turn.question = questions[turn.question_id]
    return turns


def _newest(turns: Iterable[LiveTurn], status) -> list[LiveTurn]:
    over = [turn for turn in turns if turn.status == status]
    return sorted(over, key=lambda turn: turn.ended_at, reverse=True)[:MOST_OVER]


def _leases(questions, user, at) -> dict[int, str]:
    """Who has which of these open for review, besides this person; one query."""
    if not user.has_perm(MODERATE):
        return {}
    running = ReviewLease.objects.filter(question__in=[q.pk for q in questions], until__gt=at)
    others = running.exclude(user=user).select_related("user")
    return {
        lease.question_id: lease.user.get_full_name() or lease.user.get_username()
        for lease in others
    }


class _Cards:
    """Makes cards of rows, with the leases and the instant of one look."""

    def __init__(self, leases: dict[int, str], at: datetime):
        self.leases, self.at = leases, at

    def of_questions(self, questions) -> list[Card]:
        return [self._card(question, None, question.submitted_at) for question in questions]

    def of_turns(self, turns) -> list[Card]:
        return [self._card(t.question, t, t.on_air_at or t.queued_at) for t in turns]

    def _card(self, question, turn, since) -> Card:
        text, is_cut = suggested.text_of(question), suggested.is_long(question)
        return Card(
            question=question,
            turn=turn,
            text=text[: suggested.CARD_LETTERS] + "…" if is_cut else text,
            is_cut=is_cut,
            flags=suggested.hidden_in(question),
            undecided=suggested.undecided_in(question),
            minutes=max(0, int((self.at - since).total_seconds() // 60)),
            locked_by=self.leases.get(question.pk, ""),
        )


@dataclass(frozen=True)
class Shown:
    """A question as the public sees it: no row of ours is in it, so nothing private can be."""

    number: int
    title: str
    text: str
    address: str
    place: str
    topic: str
    name: str
    supporters: int
    is_open: bool
    since: datetime | None
    answered_at: datetime | None
    second: int | None


@dataclass(frozen=True)
class Wall:
    """What the live page and the screen show: on air, the next ones, answered today."""

    on_air: Shown | None
    queue: list[Shown]
    answered: list[Shown]
    waiting: int


def wall(event, at=None) -> Wall:
    """The public side of the queue; three queries, whatever there is."""
    turns = LiveTurn.objects.public().filter(event=event)
    coming = turns.filter(status__in=T.WAITING)
    first = _shown(coming.order_by("status", "order", "pk")[: NEXT_SHOWN + 1])
    on_air = [turn for turn in first if turn.status == T.ON_AIR]
    queued = [turn for turn in first if turn.status == T.QUEUED]
    today = clock.day_start(clock.local_day(at))
    over = turns.filter(status=T.ANSWERED, ended_at__gte=today).order_by("-ended_at", "-pk")
    return Wall(
        on_air=_public(on_air[0]) if on_air else None,
        queue=[_public(turn) for turn in queued[:NEXT_SHOWN]],
        answered=[_public(turn) for turn in _shown(over[:MOST_OVER])],
        waiting=turns.filter(status=T.QUEUED).count(),
    )


def _shown(turns) -> list[LiveTurn]:
    rows = turns.select_related("question__municipality", "question__topic")
    return list(rows.annotate(supporters=supporters("question")))


def _public(turn) -> Shown:
    question = turn.question
    return Shown(
        number=question.number,
        title=question.public_title,
        text=question.room_summary or question.public_text,
        address=question.get_absolute_url(),
        place=question.place,
        topic=question.topic.name,
        name=question.public_name,
        supporters=turn.supporters,
        is_open=question.is_open,
        since=turn.on_air_at,
        answered_at=turn.ended_at if turn.status == T.ANSWERED else None,
        second=question.live_second,
    )
