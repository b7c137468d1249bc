"""The balance of the event before: what was promised there, and how it goes today."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accountability.board import overdue_first, with_list_data
from accountability.figures import Balance, balance
from accountability.models import Commitment
from accountability.selectors import Row, row
from events.models import Event
from portal.base import clock


def held_before(event: Event) -> Event | None:
    """The last event that was held before this one."""
    return Event.objects.held().filter(starts_at__lt=event.starts_at).first()


@dataclass
class LastBalance:
    """How the commitments of the event before go, for the people of this one."""

    event: Event
    at: object = None

    @cached_property
    def before(self) -> Event | None:
        return held_before(self.event)

    @property
    def day(self) -> date:
        return clock.local_day(self.at)

    @cached_property
    def _made(self):
        if self.before is None:
            return Commitment.objects.none()
        return Commitment.objects.public().filter(event=self.before)

    @cached_property
    def balance(self) -> Balance:
        return balance(self._made, self.at)

    @cached_property
    def rows(self) -> list[Row]:
        """Every one of them, the overdue first."""
        ordered = with_list_data(overdue_first(self._made, self.day))
        return [row(commitment, self.at) for commitment in ordered]
