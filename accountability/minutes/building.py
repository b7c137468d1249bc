"""Builds the sections of minutes from data, and never over what a person wrote."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.minutes import editing, texts
from accountability.minutes.workflow import edited
from accountability.models import Minutes, MinutesSection
from events.models import AgendaItem
from portal.base.machine import MoveRefused

K = MinutesSection.Kind
STEP = 100  # between the parts, so that items and parts of a person fit between them

# In the order of the document; the items of the agenda come after ITEM's place.
PARTS: tuple[tuple[str, Callable[[Minutes], list[str]]], ...] = (
    (K.OPENING, texts.opening),
    (K.ATTENDANCE, texts.attendance),
    (K.AGENDA, texts.agenda),
    (K.ITEM, lambda minutes: []),
    (K.ANSWERED, texts.answered_live),
    (K.WRITTEN, texts.answered_in_writing),
    (K.PENDING, texts.pending),
    (K.DOCUMENTS, texts.documents),
    (K.COMMITMENTS, texts.commitments),
    (K.EVALUATION, texts.evaluation),
    (K.ANNEXES, texts.annexes),
    (K.CLOSING, texts.closing),
)


@dataclass(frozen=True)
class Fresh:
    """A section as the data give it now."""

    kind: str
    order: int
    title: str
    body: str
    item: AgendaItem | None = None


@dataclass
class Told:
    """How many sections came, changed, and were kept as a person wrote them."""

    added: int = 0
    renewed: int = 0
    kept: int = 0


def fresh_sections(minutes: Minutes) -> list[Fresh]:
    """Every section of which the data say something; written in the portal's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        return [section for section in _sections(minutes) if section.body]


def _sections(minutes: Minutes) -> Iterator[Fresh]:
    for place, (kind, told) in enumerate(PARTS, 1):
        if kind == K.ITEM:
            yield from _items(minutes, place * STEP)
            continue
        yield Fresh(kind, place * STEP, str(K(kind).label), _joined(told(minutes)))


def _items(minutes: Minutes, first: int) -> Iterator[Fresh]:
    lines = texts.lines_of(minutes.event)
    for place, item in enumerate(minutes.event.agenda.select_related("office")[: STEP - 1]):
        body = _joined(texts.said_under(item, lines))
        yield Fresh(K.ITEM, first + place, item.title, body, item)


def _joined(paragraphs: list[str]) -> str:
    return "\n\n".join(text.strip() for text in paragraphs if text.strip())


@transaction.atomic
def build(minutes: Minutes, *, actor, at=None) -> Told:
    """Write what is missing and what nobody edited since it was built; the rest stays.

    Raises MoveRefused where the minutes cannot be edited any more, Overtaken where somebody
    changed them since they were read.
    """
    edited(minutes, actor=actor, at=at)
    told, known = Told(), {(s.kind, s.item_id): s for s in minutes.sections.all()}
    for fresh in fresh_sections(minutes):
        section = known.pop((fresh.kind, fresh.item.pk if fresh.item else None), None)
        _write(minutes, section, fresh, told)
    for section in known.values():
        if section.built and section.body == section.built and section.kind != K.OTHER:
            section.delete()  # the data that it told of are gone
            told.renewed += 1
    return told


def _write(minutes, section, fresh: Fresh, told: Told) -> None:
    if section is None:
        minutes.sections.create(
            kind=fresh.kind, order=fresh.order, title=fresh.title, body=fresh.body,
            built=fresh.body, item=fresh.item,
        )  # fmt: skip
        told.added += 1
    elif section.body != section.built:
        told.kept += 1
    elif section.body != fresh.body:
        section.body = section.built = fresh.body
        section.save(update_fields=["body", "built"])
        told.renewed += 1


@transaction.atomic
def renew(section: MinutesSection, *, actor, seen="", at=None) -> MinutesSection:
    """Take one section from the data again, whatever a person wrote: asked for by that person.

    Raises MoveRefused where the data say nothing of it, Overtaken where its words are not `seen`.
    """
    editing.demand_seen(section, seen)
    same = (section.kind, section.item_id)
    for fresh in fresh_sections(section.minutes):
        if (fresh.kind, fresh.item.pk if fresh.item else None) == same:
            edited(section.minutes, actor=actor, detail=section.title, at=at)
            section.body = section.built = fresh.body
            section.save(update_fields=["body", "built"])
            return section
    raise MoveRefused(_("The data say nothing of this section."))
