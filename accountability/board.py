"""The board of commitments: filters, balance, legend and page, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.utils.translation import pgettext

from accountability.figures import FILLS, Balance, balance, standing_case
from accountability.forms import CommitmentFilterForm
from accountability.models import Commitment
from accountability.selectors import Row, row
from accountability.status import Standing
from events.models import Event
from portal.base import clock, search

PER_PAGE = 20


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are, where they were counted already."""

    def __init__(self, object_list, per_page, total):
        super().__init__(object_list, per_page)
        self.count = total


def with_list_data(commitments):
    """`commitments` with what a line of a list says: office, event, places, changes of date."""
    listed = commitments.select_related("office", "event")
    return listed.prefetch_related("municipalities", "date_changes")


def events_with_commitments():
    """Public events that a commitment was made in, newest first."""
    made = Commitment.objects.public().filter(event=OuterRef("pk"))
    return Event.objects.public().filter(Exists(made)).order_by("-starts_at")


def overdue_first(commitments, today: date):
    """Overdue ones, then the unfinished, then the closed; each by date."""
    rank = Case(
        When(standing=Standing.LATE, then=Value(0)),
        When(status__in=Commitment.Status.UNFINISHED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return commitments.annotate(standing=standing_case(today)).order_by(rank, "due_on", "pk")


@dataclass(frozen=True)
class Option:
    """A state of the legend: its words, how many there are, and the address that shows them."""

    label: str
    count: int
    address: str
    is_current: bool
    fill: str = ""


class Board:
    """The board of commitments under some filters, at one instant."""

    def __init__(self, query, at=None):
        self.at = clock.now(at)
        self.today = clock.local_day(at)
        self.form = CommitmentFilterForm(query, events=events_with_commitments())
        self.is_valid = self.form.is_valid()
        self.chosen_standing = self.form.cleaned_data.get("estado", "") if self.is_valid else ""
        self._page_asked = query.get("pagina")

    @cached_property
    def _matching(self):
        """What the filters leave, whatever its state. Unknown values leave nothing."""
        if not self.is_valid:
            return Commitment.objects.none()
        data, commitments = self.form.cleaned_data, Commitment.objects.public()
        if data["q"]:
            found = search.find(data["q"], kind="commitment").values("object_id")
            commitments = commitments.filter(pk__in=found)
        if data["oficina"]:
            commitments = commitments.filter(office__code=data["oficina"])
        if data["municipio"]:
            commitments = commitments.filter(municipalities=data["municipio"])
        if data["jornada"]:
            commitments = commitments.filter(event__slug=data["jornada"])
        return commitments

    @cached_property
    def balance(self) -> Balance:
        return balance(self._matching, self.at)

    @property
    def total(self) -> int:
        """How many the page is about, with the state chosen."""
        chosen = self.chosen_standing
        return self.balance.counts[Standing(chosen)] if chosen else self.balance.total

    @property
    def is_empty_portal(self) -> bool:
        """No commitment was ever published."""
        return self.is_valid and not self.form.chosen and not self.total

    @cached_property
    def page(self):
        ordered = overdue_first(self._matching, self.today)
        if self.chosen_standing:
            ordered = ordered.filter(standing=self.chosen_standing)
        paginator = CountedPaginator(with_list_data(ordered), PER_PAGE, self.total)
        return paginator.get_page(self._page_asked)

    @cached_property
    def rows(self) -> list[Row]:
        return [row(commitment, self.at) for commitment in self.page.object_list]

    @property
    def page_range(self):
        return self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=1, on_ends=1
        )

    @property
    def legend(self) -> list[Option]:
        """All, then every state that has some or is a usual one."""
        counts, now, address = self.balance.counts, self.chosen_standing, self.form.address
        usual = (Standing.FULFILLED, Standing.IN_PROGRESS, Standing.LATE, Standing.PENDING)
        words = pgettext("commitments", "All")
        options = [Option(words, self.balance.total, address(estado=""), not now)]
        for state in Standing:
            if counts[state] or state in usual or state == now:
                label, link = str(state.label), address(estado=state.value)
                options.append(Option(label, counts[state], link, state == now, FILLS[state]))
        return options

    @property
    def removals(self) -> list[tuple[str, str]]:
        """Each filter in use: its words, and the address without it."""
        return [(words, self.form.address(**{name: ""})) for name, words in self.form.chosen]

    @property
    def words(self) -> str:
        """The filters in a line, for the title of the result."""
        return ", ".join(words for _name, words in self.form.chosen)
