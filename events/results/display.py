"""How one result is told: a bar and a sentence for what was reached, and one for the money."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from events.models import Result
from events.results.numbers import pesos, said


@dataclass(frozen=True)
class Measure:
    """A part of a whole: `percent` is None where there is nothing to compare with."""

    words: str
    percent: int | None

    @property
    def width(self) -> int:
        """Of the bar, in hundredths: more than the whole fills it."""
        return min(self.percent or 0, 100)


def percent_of(part: Decimal | None, whole: Decimal | None) -> int | None:
    """Whole per cents, cut and not rounded: 99.9 % of a goal is not the goal."""
    if part is None or not whole:
        return None
    return int(part * 100 / whole)


def progress(result: Result) -> Measure | None:
    """ "9 of 15 visits, 60 %"; None where no number was written."""
    if result.unit.strip() == "%" and result.reached is not None:
        return _per_cents(result)
    return _measure(result.planned, result.reached, said, f" {result.unit}" if result.unit else "")


def _per_cents(result: Result) -> Measure:
    reached = said(result.reached)
    if result.planned is None:
        return Measure(f"{reached}\u00a0%", int(result.reached))
    words = _("%(reached)s %% of %(planned)s %% planned") % {
        "reached": reached, "planned": said(result.planned),
    }  # fmt: skip
    return Measure(words, percent_of(result.reached, result.planned))


def money(result: Result) -> Measure | None:
    """ "$ 300 of $ 500, 60 %"; None where there is no money."""
    return _measure(result.money_planned, result.money_executed, pesos, "")


def _measure(planned, reached, spoken, unit) -> Measure | None:
    if planned is None and reached is None:
        return None
    if reached is None:
        words = _("Planned: %(planned)s. What was reached is not known yet.")
        return Measure(words % {"planned": spoken(planned) + unit}, None)
    if planned is None:
        return Measure(spoken(reached) + unit, None)
    percent = percent_of(reached, planned)
    words = _("%(reached)s of %(planned)s") % {
        "reached": spoken(reached), "planned": spoken(planned) + unit,
    }  # fmt: skip
    return Measure(words if percent is None else f"{words}, {percent}\u00a0%", percent)


@dataclass(frozen=True)
class Row:
    """One result as its row shows it."""

    result: Result
    progress: Measure | None
    money: Measure | None


def row_of(result: Result) -> Row:
    return Row(result, progress(result), money(result))
