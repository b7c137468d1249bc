"""The legal calendar of one event: each duty with its last day, its light and its proofs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entity.registry import working_calendar
from events.legal_calendar import Duty, days_of
from events.models import DutyProof, Event
from portal.base import clock
from portal.base.dates import short_day
from portal.base.models import Transition

SOON_DAYS = 5
LABELS = {
    Duty.NOTICE: gettext_lazy("Notice issued"),
    Duty.NOTICE_POSTED: gettext_lazy("Notice posted and published"),
    Duty.REPORT: gettext_lazy("Report at hand for everybody"),
    Duty.SPEAKERS: gettext_lazy("Registration of those who will speak"),
    Duty.HEARING: gettext_lazy("Day of the event"),
    Duty.MINUTES: gettext_lazy("Minutes"),
    Duty.ANSWERS: gettext_lazy("Written answers"),
}
NORMS = {
    Duty.NOTICE: "Decreto 330 de 2007, art. 18",
    Duty.NOTICE_POSTED: "Decreto 330 de 2007, art. 18",
    Duty.REPORT: "Decreto 330 de 2007, art. 19",
    Duty.SPEAKERS: "Decreto 330 de 2007, art. 20",
    Duty.MINUTES: "Decreto 330 de 2007, art. 24",
    Duty.ANSWERS: "Ley 1757 de 2015, art. 56",
}
TELLS = {
    Duty.NOTICE: gettext_lazy("It must be issued on that day or before."),
    Duty.NOTICE_POSTED: gettext_lazy(
        "It stays posted until that day at least: the proof is that of taking it down."
    ),
    Duty.REPORT: gettext_lazy("At the head office, the regional ones, town halls and personerías."),
    Duty.SPEAKERS: gettext_lazy("It opens with the notice and closes on that day."),
    Duty.MINUTES: gettext_lazy("Signed by who presides."),
    Duty.ANSWERS: gettext_lazy("Each contribution is answered in writing and published."),
}
# A notice that is taken down too early was not posted long enough; other duties have a last day.
STAYS = (Duty.NOTICE_POSTED,)
OF_NOTICE = (Duty.NOTICE, Duty.NOTICE_POSTED)

Fact = Callable[[Event], date | None]
_facts: dict[Duty, Fact] = {}


def register_fact(duty: Duty, fact: Fact) -> None:
    """A room above knows from its own rows on which day a duty was done; None while it is not."""
    _facts[duty] = fact


@dataclass(frozen=True)
class Light:
    """Where a duty stands, as shape, word and colour."""

    tone: str
    glyph: str
    words: str
    small: str = ""


@dataclass(frozen=True)
class DutyRow:
    """One duty of one event. `done_on` is the day a proof or the portal itself gives."""

    duty: Duty
    last_day: date
    light: Light
    proofs: tuple[DutyProof, ...] = ()
    done_on: date | None = None
    norm: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.duty])

    @property
    def tells(self) -> str:
        return str(TELLS.get(self.duty, ""))

    @property
    def takes_proofs(self) -> bool:
        return self.duty != Duty.HEARING

    @property
    def is_known_here(self) -> bool:
        """Done by what the portal itself published, without a proof of anybody."""
        return bool(self.done_on) and not any(proof.wrong_at is None for proof in self.proofs)


def legal_panel(event: Event, at=None) -> list[DutyRow]:
    """Every duty of an event in the order of time; a constant number of queries."""
    proofs = list(event.proofs.select_related("recorded_by", "wrong_by", "stored"))
    since = _called_anew_on(event)
    days = _days_by_proofs(event, proofs, since)
    return [
        _row(event, duty, day, [p for p in proofs if p.duty == duty], since, at)
        for duty, day in days.items()
    ]


def _called_anew_on(event: Event) -> date | None:
    """The day on which it was last postponed: a new date wants a new notice (art. 15)."""
    moves = Transition.objects.filter(kind="event", object_id=event.pk, move="postpone")
    last = moves.aggregate(last=models.Max("at"))["last"]
    return clock.local_day(last) if last else None


def _counts(proof: DutyProof, since: date | None) -> bool:
    is_old = since and proof.duty in OF_NOTICE and proof.done_on < since
    return proof.wrong_at is None and not is_old


def _days_by_proofs(event, proofs, since) -> dict[Duty, date]:
    """The legal days; a notice that was issued earlier may be taken down earlier."""
    calendar = working_calendar()
    days = days_of(event, calendar)
    issued = [p.done_on for p in proofs if p.duty == Duty.NOTICE and _counts(p, since)]
    if issued and Duty.NOTICE_POSTED in days:
        days[Duty.NOTICE_POSTED] = calendar.add(min(issued), event.kind.posting_days)
    return dict(sorted(days.items(), key=lambda item: item[1]))


def _row(event, duty, day, proofs, since, at) -> DutyRow:
    if duty == Duty.HEARING:
        return DutyRow(duty, day, _light_of_event(event, day, at))
    done = [proof.done_on for proof in proofs if _counts(proof, since)]
    if not done and duty in _facts and (known := _facts[duty](event)):
        done = [known]
    done_on = (max if duty in STAYS else min)(done, default=None)
    norm = NORMS[duty] if event.kind.is_hearing or duty == Duty.ANSWERS else ""
    return DutyRow(duty, day, _light(duty, day, done_on, at), tuple(proofs), done_on, norm)


def _light_of_event(event, day, at) -> Light:
    if event.status == Event.Status.HELD:
        return Light("verde", "state-ok", _("It was held"))
    if event.status in Event.Status.BAD_NEWS:
        return Light("pausa", "state-paused", event.get_status_display())
    left = (day - clock.local_day(at)).days
    if left < 0:
        return Light("ambar", "state-waiting", _("It is past"), _("It is not marked as held yet."))
    words = ngettext("In %(n)s day", "In %(n)s days", left) % {"n": left}
    return Light("verde", "state-progress", words if left else _("It is today"))


def _light(duty, day, done_on, at) -> Light:
    """Done in time or late, n working days left, or late without a proof."""
    if done_on:
        return _light_of_done(duty, day, done_on)
    today = clock.local_day(at)
    left = working_calendar().count(today, day)
    if day == today:
        return Light("rojo", "state-late", _("Ends today"))
    if day < today:
        words = ngettext("Late %(n)s day", "Late %(n)s days", -left) % {"n": -left}
        return Light(
            "rojo", "state-late", words if left else _("Late"), _("There is no proof yet.")
        )
    words = ngettext("%(n)s working day to go", "%(n)s working days to go", left) % {"n": left}
    tone, glyph = ("ambar", "state-waiting") if left <= SOON_DAYS else ("verde", "state-none")
    return Light(tone, glyph, words)


def _light_of_done(duty, day, done_on) -> Light:
    small = short_day(done_on)
    if duty in STAYS and done_on < day:
        return Light("rojo", "state-late", _("Taken down too early"), small)
    if duty not in STAYS and done_on > day:
        return Light("rojo", "state-late", _("Done late"), small)
    return Light("verde", "state-ok", _("Done in time"), small)


@dataclass(frozen=True)
class Content:
    """One of the five contents of a notice, and whether the event says it."""

    label: str
    is_there: bool


def contents_of_notice(event: Event) -> list[Content]:
    """What the notice of a hearing must say (art. 18), checked against the data of the event."""
    places = [document for document in event.documents.all() if document.url or document.stored_id]
    found = (
        (_("Object of the hearing"), bool(event.about)),
        (_("Date, place and hour"), bool(event.venue)),
        (_("Call to those who wish to speak"), event.takes_speakers),
        (_("Where and until when to register"), event.takes_speakers and bool(event.ways.all())),
        (_("Where the report can be read"), bool(places)),
    )
    return [Content(label, there) for label, there in found]
