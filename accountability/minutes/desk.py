"""What the desk shows of minutes in the making: where each section comes from, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability.minutes import building, editing
from accountability.models import Commitment, Minutes, MinutesSection
from questions.findings import findings_in

MOST_WORDS = 3  # of what looks like personal data in one section


@dataclass(frozen=True)
class Row:
    """A section, its numbered paragraphs, and the text that the data would give now."""

    section: MinutesSection
    paragraphs: list[tuple[int, str]]
    fresh: str

    @property
    def mark(self) -> str:
        return editing.mark(self.section)

    @property
    def state(self) -> str:
        """`empty`, `written` by a person, `behind` the data, or `built` from them."""
        if not self.paragraphs:
            return "empty"
        if self.section.body != self.section.built:
            return "written"
        return "behind" if self.fresh and self.fresh != self.section.body else "built"

    @property
    def other_words(self) -> str:
        """What the data say, where the section says something else."""
        return self.fresh if self.fresh != self.section.body else ""


class MinutesDesk:
    """One document at the desk. The data are asked only while it may change."""

    def __init__(self, minutes: Minutes):
        self.minutes = minutes
        self.event = minutes.event

    @cached_property
    def rows(self) -> list[Row]:
        number, fresh = count(1), self._fresh
        return [
            Row(
                section,
                [(next(number), text) for text in section.paragraphs],
                fresh.get((section.kind, section.item_id), ""),
            )
            for section in self.minutes.sections.all()
        ]

    @cached_property
    def _fresh(self) -> dict:
        if self.minutes.status not in Minutes.Status.EDITABLE:
            return {}
        return {
            (s.kind, s.item.pk if s.item else None): s.body
            for s in building.fresh_sections(self.minutes)
        }

    @property
    def missing(self) -> int:
        """Sections of which the data say something and the document nothing."""
        known = {(row.section.kind, row.section.item_id) for row in self.rows}
        return len(self._fresh.keys() - known)

    @property
    def editions(self):
        return self.minutes.event.minutes_editions.order_by("-edition")

    @cached_property
    def warnings(self) -> list[tuple[str, str]]:
        """(sentence, anchor): what to look at before it is approved. They stop nothing."""
        return list(self._warnings())

    def _warnings(self) -> Iterator[tuple[str, str]]:
        if not self.rows:
            yield _("It has no section yet: bring them from the data."), ""
        for row in self.rows:
            yield from _of_section(row)
        if not self.minutes.signatories.exists():
            yield _("Say who signs."), ""
        for name in ("president", "secretary"):
            if not getattr(self.minutes, name):
                label = Minutes._meta.get_field(name).verbose_name
                yield _("Write in the head: %(what)s.") % {"what": label}, ""
        yield from self._of_others()

    def _of_others(self) -> Iterator[tuple[str, str]]:
        drafts = Commitment.objects.filter(event=self.event, status=Commitment.Status.DRAFT).count()
        if drafts:
            words = ngettext(
                "%(n)s commitment is not published yet.",
                "%(n)s commitments are not published yet.",
                drafts,
            )
            yield words % {"n": drafts}, ""
        waiting = self.minutes.remarks.waiting().count()
        if waiting:
            words = ngettext(
                "%(n)s remark waits for its reply.", "%(n)s remarks wait for their reply.", waiting
            )
            yield words % {"n": waiting}, ""


def _of_section(row: Row) -> Iterator[tuple[str, str]]:
    anchor, told = f"#s-{row.section.pk}", {"title": row.section.title}
    if row.state == "empty":
        yield _("“%(title)s” is empty.") % told, anchor
    if row.state == "behind":
        yield _("“%(title)s”: the data changed since they were brought.") % told, anchor
    seen = dict.fromkeys(found.words for found in findings_in(row.section.body))
    if seen:
        words = ", ".join(list(seen)[:MOST_WORDS])
        said = _("“%(title)s” may name a person or tell personal data: %(words)s.")
        yield said % {**told, "words": words}, anchor
