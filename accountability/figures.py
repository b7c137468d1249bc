"""Figures of the archive: how commitments and contributions stand, in one query each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, F, Max, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import npgettext_lazy

from accountability.models import Commitment
from accountability.status import OF_STATUS, Standing
from portal.base import clock
from questions.models import Question

C, S = Commitment.Status, Question.Status
FILLS = {
    Standing.FULFILLED: "var(--accion)",
    Standing.IN_PROGRESS: "var(--grafica)",
    Standing.LATE: "var(--rojo)",
    Standing.PENDING: "url(#ray)",
    Standing.PARTLY_FULFILLED: "var(--guayacan)",
    Standing.WITHDRAWN: "var(--borde)",
}
COUNTED = {
    Standing.FULFILLED: npgettext_lazy("commitments", "%(n)s fulfilled", "%(n)s fulfilled", "n"),
    Standing.IN_PROGRESS: npgettext_lazy(
        "commitments", "%(n)s in progress", "%(n)s in progress", "n"
    ),
    Standing.LATE: npgettext_lazy("commitments", "%(n)s late", "%(n)s late", "n"),
    Standing.PENDING: npgettext_lazy("commitments", "%(n)s not begun", "%(n)s not begun", "n"),
    Standing.PARTLY_FULFILLED: npgettext_lazy(
        "commitments", "%(n)s partly fulfilled", "%(n)s partly fulfilled", "n"
    ),
    Standing.WITHDRAWN: npgettext_lazy("commitments", "%(n)s withdrawn", "%(n)s withdrawn", "n"),
}
GAP = 0.3
TOPICS_SHOWN = 5


def counted(standing: Standing, n: int) -> str:
    """1 fulfilled, 3 late: Spanish tells one from many."""
    return COUNTED[standing] % {"n": n}


@dataclass(frozen=True)
class Segment:
    """A piece of the bar. `x` and `width` are SVG attributes: the CSP allows no inline style."""

    standing: Standing
    count: int
    fill: str
    x: str = "0"
    width: str = "0"


@dataclass(frozen=True)
class Balance:
    """How many commitments stand where, and when the last news of them came."""

    counts: Counter = field(default_factory=Counter)
    updated_on: date | None = None

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def fulfilled(self) -> int:
        return self.counts[Standing.FULFILLED]

    @property
    def words(self) -> str:
        """6 fulfilled, 8 in progress, 2 late, 2 not begun."""
        return ", ".join(counted(s.standing, s.count) for s in self.segments)

    @property
    def segments(self) -> list[Segment]:
        """The bar from left to right, in the order of the legend; no piece for nothing."""
        pieces, left = [], 0.0
        for standing in Standing:
            count = self.counts[standing]
            if not count:
                continue
            share = 100 * count / self.total
            width = f"{max(share - GAP, 0.1):.2f}%"
            pieces.append(Segment(standing, count, FILLS[standing], f"{left:.2f}%", width))
            left += share
        return pieces


def standing_case(today: date) -> Case:
    """`standing` as SQL, for counting and for filtering."""
    late = Q(status__in=C.UNFINISHED, due_on__lt=today)
    states = [When(status=state, then=Value(value)) for state, value in OF_STATUS.items()]
    return Case(When(late, then=Value(Standing.LATE)), *states)


def balances(commitments, at=None) -> dict[int, Balance]:
    """The balance of each event that has commitments, by its id; one query."""
    rows = (
        commitments.order_by()
        .annotate(standing=standing_case(clock.local_day(at)))
        .values("event_id", "standing")
        .annotate(n=Count("pk"), updated_on=Max("last_update_on"))
    )
    counts: dict[int, Counter] = {}
    news: dict[int, list[date]] = {}
    for row in rows:
        counts.setdefault(row["event_id"], Counter())[Standing(row["standing"])] += row["n"]
        news.setdefault(row["event_id"], []).extend(filter(None, [row["updated_on"]]))
    return {pk: Balance(counts[pk], max(news[pk], default=None)) for pk in counts}


def balance(commitments, at=None) -> Balance:
    """The balance of a set of commitments; one query."""
    parts = balances(commitments, at).values()
    total = sum((part.counts for part in parts), Counter())
    return Balance(total, max((p.updated_on for p in parts if p.updated_on), default=None))


@dataclass(frozen=True)
class TopicBar:
    """A bar of the chart of topics."""

    name: str
    count: int
    width: str


@dataclass(frozen=True)
class QuestionFigures:
    """What came in for an event and how it was answered. Counts only: no text, no person.

    Joined, transferred and withdrawn contributions ask for no answer of their own.
    """

    received: int = 0
    answered: int = 0
    in_term: int = 0
    open: int = 0
    late: int = 0
    by_topic: Counter = field(default_factory=Counter)

    @property
    def to_answer(self) -> int:
        return self.answered + self.open

    @property
    def elsewhere(self) -> int:
        return self.received - self.to_answer

    @property
    def percent(self) -> int | None:
        """Share that is answered, rounded down: 100 means all."""
        return 100 * self.answered // self.to_answer if self.to_answer else None

    @property
    def topics(self) -> list[TopicBar]:
        """The most frequent topics; the rest are one bar."""
        ranked = sorted(self.by_topic.items(), key=lambda pair: (-pair[1], pair[0]))
        bars, rest = ranked[:TOPICS_SHOWN], sum(n for _name, n in ranked[TOPICS_SHOWN:])
        if rest:
            bars = [*bars, (_("Other topics"), rest)]
        most = max((n for _name, n in bars), default=1)
        return [TopicBar(name, n, f"{100 * n / most:.1f}%") for name, n in bars]


def question_figures(events: Iterable, at=None) -> dict[int, QuestionFigures]:
    """The figures of each event that received something, by its id; one query."""
    today = clock.local_day(at)
    rows = (
        Question.objects.filter(event__in=[event.pk for event in events])
        .order_by()
        .values("event_id", topic_name=F("topic__name"))
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=Q(status=S.ANSWERED)),
            in_term=Count("pk", filter=Q(status=S.ANSWERED, closed_on__lte=F("due_on"))),
            open=Count("pk", filter=Q(status__in=S.OPEN)),
            late=Count("pk", filter=Q(status__in=S.RUNNING, due_on__lt=today)),
        )
    )
    found: dict[int, list[dict]] = {}
    for row in rows:
        found.setdefault(row["event_id"], []).append(row)
    return {pk: _added_up(parts) for pk, parts in found.items()}


def _added_up(rows: list[dict]) -> QuestionFigures:
    names = ("received", "answered", "in_term", "open", "late")
    sums = {name: sum(row[name] for row in rows) for name in names}
    topics = Counter({row["topic_name"]: row["received"] for row in rows})
    return QuestionFigures(**sums, by_topic=topics)


def figures_of(event, at=None) -> QuestionFigures:
    return question_figures([event], at).get(event.pk, QuestionFigures())
