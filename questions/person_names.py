"""Names of persons in a text: after a title, after "me llamo", or rows of capitalised words.

A row is no person where a word in it, or the word before it, says that it is a place or an
institution ("el parque Antonio Nariño"), or where it is the name of a municipality, an office or
a topic.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entity.registry import Registry, registry
from portal.base.search import fold

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_ROW = 6
_DATA = Path(__file__).parent / "data"
_PARTICLES = frozenset(["de", "del", "la", "las", "los"])
_PRESENTED = re.compile(r"\b(?:me llamo|mi nombre es|atentamente|firma)\b[\s:,]{1,4}", re.I)


@dataclass(frozen=True)
class Row:
    """Some words in a row, by their places in the list of words of a text."""

    first: int
    last: int


@dataclass(frozen=True)
class Name:
    """A name. `is_sure`: a title, "me llamo" or a usual first name says that it is one."""

    start: int
    end: int
    is_sure: bool


@dataclass(frozen=True)
class Words:
    """Folded words that tell names of persons from other rows of capitalised words."""

    given_names: frozenset[str]
    little: frozenset[str]
    titles: frozenset[str]
    places: frozenset[str]
    institutions: frozenset[str]


@cache
def words() -> Words:
    """The lists of `data/`, read once."""
    lists = tomllib.loads((_DATA / "name_words.toml").read_text(encoding="utf-8"))
    names = (_DATA / "given_names.txt").read_text(encoding="utf-8")
    sets = {name: frozenset(text.split()) for name, text in lists.items()}
    return Words(given_names=frozenset(names.split()), **sets)


def names_in(text: str) -> Iterator[Name]:
    """The names of a text, in its order; one pass over its words."""
    return _Reader(text).names()


class _Reader:
    def __init__(self, text: str):
        self.text = text
        self.words = list(_WORD.finditer(text))
        self.folded = [fold(word.group()) for word in self.words]
        self.presented = {match.end() for match in _PRESENTED.finditer(text)}
        self.known = _known(registry())
        self.lists = words()

    def names(self) -> Iterator[Name]:
        place = 0
        while place < len(self.words):
            row = self._row(place)
            if row is None:
                place += 1
                continue
            name = self._name(row)
            if name:
                yield name
            place = row.last + 1

    def _row(self, first: int) -> Row | None:
        """The capitalised words from this one on; particles only between two of them."""
        shouted = self.words[first].group().isupper()
        if not self._begins(first, shouted):
            return None
        last, place = first, first + 1
        while place < min(len(self.words), first + _LONGEST_ROW) and self._touches(place):
            if self._begins(place, shouted):
                last = place
            elif self.folded[place] not in _PARTICLES:
                break
            place += 1
        return Row(first, last)

    def _begins(self, place: int, shouted: bool) -> bool:
        word, folded = self.words[place].group(), self.folded[place]
        if len(word) < 2 or folded in self.lists.little or folded in self.lists.titles:
            return False
        return word.isupper() if shouted else word[0].isupper() and word[1:].islower()

    def _touches(self, place: int, between=(" ", "  ")) -> bool:
        """Whether nothing but spaces part this word from the one before it."""
        return self.text[self.words[place - 1].end() : self.words[place].start()] in between

    def _name(self, row: Row) -> Name | None:
        titled = self._title_before(row)
        start, end = self.words[row.first].start(), self.words[row.last].end()
        if titled is not None or start in self.presented:
            if self._says_institution(row.first) or self._is_known(row):
                return None
            return Name(start if titled is None else titled, end, True)
        row = self._without_beginning(row)
        if row is None or self._is_place(row) or self._is_known(row):
            return None
        usual = self.folded[row.first] in self.lists.given_names
        if self.words[row.first].group().isupper() and not usual:
            return None
        return Name(self.words[row.first].start(), end, usual)

    def _title_before(self, row: Row) -> int | None:
        """Where the title before a row begins ("señor don" is two)."""
        place, start = row.first - 1, None
        while place >= 0 and self.folded[place] in self.lists.titles:
            if not self._touches(place + 1, (" ", ". ", ".")):
                break
            start = self.words[place].start()
            place -= 1
        return start

    def _without_beginning(self, row: Row) -> Row | None:
        """Every sentence begins with a capital: its first word counts only if it is a first name.

        None where less than two words are left.
        """
        first = row.first
        start = self.words[first].start()
        before = self.text[max(0, start - 6) : start].rstrip(" «“\"'(*-")[-1:]
        if before in ".!?¿¡:;\n" and self.folded[first] not in self.lists.given_names:
            first += 1
        while first < row.last and self.folded[first] in _PARTICLES:
            first += 1
        return Row(first, row.last) if first < row.last else None

    def _is_place(self, row: Row) -> bool:
        if any(map(self._says_institution, range(row.first, row.last + 1))):
            return True
        place = row.first - 1
        while (
            place >= 0
            and self.folded[place] in ("el", "la", "los", "las")
            and self._touches(place + 1)
        ):
            place -= 1
        return place >= 0 and self.folded[place] in self.lists.places and self._touches(place + 1)

    def _says_institution(self, place: int) -> bool:
        word, lists = self.folded[place], self.lists
        return word in lists.institutions or word in lists.places or word in self.known.words

    def _is_known(self, row: Row) -> bool:
        """Whether the whole row is made of names of places and offices: "San Gil Santander"."""
        words = self.folded[row.first : row.last + 1]
        while words:
            taken = next(
                (n for n in range(len(words), 0, -1) if " ".join(words[:n]) in self.known.names), 0
            )
            if not taken:
                return False
            words = words[taken:]
        return True


@dataclass(frozen=True)
class Known:
    """Names of the territory and the entity, folded; and words only institutions have."""

    names: frozenset[str]
    words: frozenset[str]


_read: tuple[Registry, Known] | None = None


def _known(snapshot: Registry) -> Known:
    """Read once for a snapshot."""
    global _read
    if _read is None or _read[0] is not snapshot:
        _read = (snapshot, _known_of(snapshot))
    return _read[1]


def _known_of(snapshot: Registry) -> Known:
    entity = snapshot.entity
    places = {fold(m.name) for m in snapshot.municipalities}
    places |= {fold(name) for name in (entity.city, entity.department, entity.region_name)}
    own = [fold(o.name) for o in snapshot.offices] + [fold(o.short_name) for o in snapshot.offices]
    own += [fold(t.name) for t in snapshot.topics] + [fold(entity.name), fold(entity.short_name)]
    places |= {re.sub(r"^(?:el|la|los|las) ", "", place) for place in places}
    of_places = {word for place in places for word in place.split()}
    words = {word for name in own for word in _WORD.findall(name) if len(word) > 3} - of_places
    return Known(frozenset(places | set(own)), frozenset(words))
