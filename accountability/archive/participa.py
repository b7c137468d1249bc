"""The eight items of the menu "Participa → Rendición de cuentas", each with its links as proof.

They are the list of the DAFP's guidelines for the menu (Resolución 1519 de 2020, Anexo 2), which
ITA and FURAG ask for by address. Nothing is ticked here: an item has what the portal published, or
it is pending.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.archive.material import Material
from events.models import Document, Event
from events.process.workflow import is_open
from portal.base import clock

Kind = Document.Kind
KINDS = dict(Kind.choices)  # get_kind_display looks at all of them for each document
REPORTS = (Kind.MANAGEMENT_REPORT, Kind.ACTION_PLAN, Kind.GOALS, Kind.BUDGET)


@dataclass(frozen=True)
class Proof:
    """A public address that shows an item, and since when."""

    title: str
    address: str
    event: Event
    on: date | None = None
    note: str = ""
    is_data: bool = False  # the title is in Spanish, whatever the page's language


@dataclass(frozen=True)
class Item:
    """One item of the menu with its proofs; without any it is pending."""

    letter: str
    title: str
    about: str
    proofs: list[Proof]

    @property
    def is_pending(self) -> bool:
        return not self.proofs


def _of(event: Event, name: str) -> str:
    return reverse(name, kwargs={"event_slug": event.slug})


def _day(instant: datetime | None) -> date | None:
    return clock.local_day(instant) if instant else None


def _documents(material: Material, *kinds: str) -> Iterator[Proof]:
    for document in material.documents:
        if document.kind in kinds:
            event = material.by_id[document.event_id]
            yield Proof(
                document.title, address_of(document, event), event, document.published_on,
                str(KINDS.get(document.kind, "")), is_data=True,
            )  # fmt: skip


def address_of(document: Document, event: Event) -> str:
    """Its own address where the portal keeps the file, else where it stands."""
    if not document.stored_id:
        return document.url
    return reverse("event_document", kwargs={"event_slug": event.slug, "pk": document.pk})


def _topics(material: Material) -> Iterator[Proof]:
    for event in material.events:
        told = material.counts[event.pk]
        if told.topics_shown or is_open(event, material.at):
            note = (
                _("%(n)s published") % {"n": told.topics_shown}
                if told.topics_shown
                else _("Open now")
            )
            address = _of(event, "event_topics")
            yield Proof(_("Proposed topics"), address, event, _day(told.topic_at), note)


def _strategy(material: Material) -> Iterator[Proof]:
    yield from _documents(material, Kind.STRATEGY)


def _calendar(material: Material) -> Iterator[Proof]:
    """One page for each year: its newest announcement dates it."""
    for year, events in material.by_year.items():
        newest = max(events, key=material.announced_on)
        address = reverse("calendar_year", kwargs={"year": year})
        title = _("Calendar of %(year)s") % {"year": year}
        yield Proof(title, address, newest, material.announced_on(newest))
    yield from _documents(material, Kind.SCHEDULE)


def _reports(material: Material) -> Iterator[Proof]:
    yield from _documents(material, *REPORTS)


def _channel(material: Material) -> Iterator[Proof]:
    for event in material.events:
        on = material.announced_on(event)
        yield Proof(event.full_name, event.get_absolute_url(), event, on, is_data=True)
        if event.status in Event.Status.COMING:
            yield Proof(_("Write your question"), _of(event, "ask"), event, on)


def _answers(material: Material) -> Iterator[Proof]:
    for event in material.events:
        told = material.counts[event.pk]
        if told.questions_shown:
            numbers = {"n": told.questions_shown, "answered": told.questions_answered or 0}
            note = _("%(n)s published, %(answered)s answered") % numbers
            title, address = _("Questions and answers"), _of(event, "event_questions")
            yield Proof(title, address, event, told.answered_on, note)
        if told.matrix_at:
            title, on = _("Matrix of questions and answers"), _day(told.matrix_at)
            yield Proof(title, _of(event, "matrices"), event, on)


def _memories(material: Material) -> Iterator[Proof]:
    for event in material.events:
        told = material.counts[event.pk]
        if told.minutes_at:
            address = _of(event, "minutes")
            yield Proof(_("Minutes of the event"), address, event, _day(told.minutes_at))
        if told.record_at:
            address = event.get_absolute_url()
            yield Proof(_("Record of the event"), address, event, _day(told.record_at))
    yield from _documents(material, Kind.PRESENTATION)


def _improvements(material: Material) -> Iterator[Proof]:
    for event in material.events:
        if number := material.counts[event.pk].commitments_shown:
            note = _("%(n)s published") % {"n": number}
            address = f"{reverse('commitments')}?jornada={event.slug}"
            yield Proof(_("Commitments and how they go"), address, event, None, note)
    yield from _documents(material, Kind.EVALUATION_REPORT)


@dataclass(frozen=True)
class _Asked:
    """An item as the guidelines ask for it, and how its proofs are found."""

    letter: str
    title: str
    about: str
    proofs: Callable[[Material], Iterator[Proof]]


MENU = (
    _Asked(
        "A",
        gettext_lazy("Topics that citizens propose"),
        gettext_lazy("Where anybody may say what accounts have to be rendered about."),
        _topics,
    ),
    _Asked(
        "B",
        gettext_lazy("Strategy of communication"),
        gettext_lazy("How the entity tells people about its accounts during the year."),
        _strategy,
    ),
    _Asked(
        "C",
        gettext_lazy("Calendar of dialogue events"),
        gettext_lazy("On which days the entity talks with citizens."),
        _calendar,
    ),
    _Asked(
        "D",
        gettext_lazy("Reports, joined with the menu of Transparency"),
        gettext_lazy("What is read before the event: management, plan, goals and budget."),
        _reports,
    ),
    _Asked(
        "E",
        gettext_lazy("Channel for dialogue events"),
        gettext_lazy("Where each event is followed and where questions are asked."),
        _channel,
    ),
    _Asked(
        "F",
        gettext_lazy("Questions and answers of the events"),
        gettext_lazy("What people asked and what the entity answered."),
        _answers,
    ),
    _Asked(
        "G",
        gettext_lazy("Memory of each event"),
        gettext_lazy("What stays: minutes, recording and presentations."),
        _memories,
    ),
    _Asked(
        "H",
        gettext_lazy("Improvements that were taken in"),
        gettext_lazy("What the entity promised, how it goes, and what the evaluation said."),
        _improvements,
    ),
)


def items(material: Material) -> list[Item]:
    """A to H for the events of `material`; two queries, whatever their number."""
    return [
        Item(asked.letter, str(asked.title), str(asked.about), list(asked.proofs(material)))
        for asked in MENU
    ]
