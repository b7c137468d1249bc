"""Hiding personal data on the review page: a choice for each finding, and the text that follows.

The numbers of the findings tie the original, the choice and the public text. What somebody typed
into the public text is looked through too, and numbered after what was written.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from questions import findings
from questions.findings import Finding

HIDE, LEAVE = "o", "d"
READ = ("public_text", "title", "room_summary")  # the fields that others than the desk read
MOST_TOLD = 5
_NEAR = 16  # letters before a mark that tell which one it is


@dataclass(frozen=True)
class Choice:
    """One finding and what was chosen for it: hidden ("o"), left ("d"), or nothing yet."""

    number: int
    finding: Finding
    value: str

    @property
    def name(self) -> str:
        """The field of the choice: of its words, so that it stays theirs when the text changes."""
        return _field_of(self.finding.words)

    @property
    def is_hidden(self) -> bool:
        return self.value == HIDE

    @property
    def is_left(self) -> bool:
        return self.value == LEAVE


def _field_of(words: str) -> str:
    return f"hallazgo-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


class Marking:
    """What was found in a contribution, with the choices that were sent."""

    def __init__(self, question, data=None):
        self.original = question.original_text
        self._decided, self._data = question.public_text, data
        self._written = findings.findings_in(self.original)
        found = {finding.words: finding for finding in self._written}
        if data is not None:
            typed = "\n".join(data.get(name, "") for name in READ)
            for finding in findings.findings_in(typed):
                found.setdefault(finding.words, finding)
        self.choices = [
            Choice(number, finding, self._value(finding))
            for number, finding in enumerate(found.values(), 1)
        ]

    def _value(self, finding) -> str:
        """What was chosen. To begin with: as it was published once, else hidden when sure."""
        if self._data is not None:
            sent = self._data.get(_field_of(finding.words), "")
            return sent if sent in (HIDE, LEAVE) else ""
        if self._decided:
            return LEAVE if findings.stands_in(finding.words, self._decided) else HIDE
        return HIDE if finding.is_sure else ""

    @property
    def first_text(self) -> str:
        """The public text to begin with: the original with the marks of what is sure."""
        return self.hidden(self.original)

    def hidden(self, text: str) -> str:
        """`text` with a mark in the place of everything that was chosen to be hidden."""
        return findings.hidden(text, [c.finding for c in self.choices if c.is_hidden])

    def applied(self, typed: str) -> str:
        """The public text with the choices of now: marks are set, and taken back where "leave"
        was chosen for what had one. What was corrected by hand stays."""
        typed = "\n".join(typed.splitlines()).strip()
        return self.hidden(self._taken_back(typed))

    def _taken_back(self, typed: str) -> str:
        drawn, position = [], 0
        for plain, finding in self._cut():
            if not typed.startswith(plain, position):
                return self._near_taken_back(typed)
            position += len(plain)
            drawn.append(plain)
            if finding is None:
                continue
            stands = next(
                (w for w in (finding.words, finding.mark) if typed.startswith(w, position)), None
            )
            if stands is None:
                return self._near_taken_back(typed)
            position += len(stands)
            drawn.append(finding.words if self._is_left(finding) else stands)
        return "".join(drawn) if position == len(typed) else self._near_taken_back(typed)

    def _near_taken_back(self, typed: str) -> str:
        """In a text that was corrected by hand, a mark is known by the letters before it."""
        for plain, finding in self._cut():
            if finding is None or not self._is_left(finding):
                continue
            before = plain[-_NEAR:]
            if typed.count(before + finding.mark) == 1:
                typed = typed.replace(before + finding.mark, before + finding.words)
        return typed

    def _is_left(self, finding) -> bool:
        return any(c.is_left for c in self.choices if c.finding.words == finding.words)

    def problem(self, text: str) -> str:
        """Why a public text may not go out as it is; empty when it may."""
        open_ones = [
            c for c in self.choices if not c.is_left and findings.stands_in(c.finding.words, text)
        ]
        if not open_ones:
            return ""
        told = ", ".join(f"{c.number} «{c.finding.words}»" for c in open_ones[:MOST_TOLD])
        told += "…" if len(open_ones) > MOST_TOLD else ""
        return _("Nobody decided about finding %(findings)s yet: hide it or leave it.") % {
            "findings": told
        }

    def _cut(self) -> list[tuple[str, Finding | None]]:
        """The original in order: plain words, and the finding after them."""
        cut, position = [], 0
        for finding in self._written:
            cut.append((self.original[position : finding.start], finding))
            position = finding.end
        return [*cut, (self.original[position:], None)]

    @property
    def pieces(self) -> list[tuple[str, int | None]]:
        """The original in pieces: plain ones, and findings with their number."""
        numbers = {choice.finding.words: choice.number for choice in self.choices}
        return [
            piece
            for plain, finding in self._cut()
            for piece in (
                (plain, None),
                (finding.words, numbers[finding.words]) if finding else None,
            )
            if piece
        ]
