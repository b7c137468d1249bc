"""What looks like personal data in a text: offered for hiding, never hidden by itself.

ID numbers, telephones, e-mails, addresses and names of persons. Somebody decides about each; what
was written stays as it is. No pattern repeats a repetition, so a long or hostile text takes no
longer than its length asks for.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from questions import person_names

LONGEST = 40_000  # no text that comes in, by whatever channel, is longer


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    TAX_NUMBER = "nit"
    ID_NUMBER = "id"
    ADDRESS = "address"
    NAME = "name"


LABELS = {
    Kind.EMAIL: _("E-mail"),
    Kind.PHONE: _("Telephone"),
    Kind.TAX_NUMBER: _("Tax number (NIT)"),
    Kind.ID_NUMBER: _("ID number"),
    Kind.ADDRESS: _("Possible address"),
    Kind.NAME: _("Name of a person"),
}
# What stands in the public text instead. Spanish, as the text is.
MARKS = {
    Kind.EMAIL: "[correo oculto]",
    Kind.PHONE: "[teléfono oculto]",
    Kind.TAX_NUMBER: "[dato oculto]",
    Kind.ID_NUMBER: "[cédula oculta]",
    Kind.ADDRESS: "[dirección oculta]",
    Kind.NAME: "[nombre oculto]",
}

_BEFORE = r"(?<![\d.,$])(?<!\$ )"
# No more digits, and nothing that is counted: money, areas, people.
_AFTER = (
    r"(?![.,]?\d)(?! ?(?:de )?(?:pesos|millones|hect|metros|m2|m3|litros|habitantes|personas|"
    r"usuarios|[aá]rboles|toneladas|%))"
)
_EMAIL = r"(?<![\w.+-])[\w.+-]+ ?@ ?[a-z0-9-]+\.[a-z0-9-][a-z0-9.-]*[a-z0-9]"
_EMAIL_TOLD = (
    r"(?<![\w.+-])[\w.+-]+ ?(?:\(arroba\)|\barroba\b|\(at\)) ?"
    r"[a-z0-9-]+ ?(?:\.|\bpunto\b) ?[a-z]{2,6}"
)
_PHONE = _BEFORE + r"(?:\+? ?57[ -]?)?\(?(?:3\d\d|60[1-8])\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d" + _AFTER
_LANDLINE = (
    r"\b(?:tel|tels|tel[eé]fono|fijo|cel|celular|whatsapp|llamar|llame|ll[aá]meme|llamarme)"
    r"(?: al| es| el)?[ .:]{1,3}(?P<words>\d{3}[ -]?\d\d[ -]?\d\d)(?!\d)"
)
_TAX_NUMBER = r"\bnit[ .:]{1,3}(?P<words>\d[\d.]{5,12}\d(?:-\d)?)(?!\d)"
_TAX_NUMBER_ALONE = _BEFORE + r"\d{3}\.?\d{3}\.?\d{3}-\d(?!\d)"
_ID_NUMBER = (
    _BEFORE + r"(?:\d{6,10}|\d{1,3}\.\d{3}\.\d{3}(?:\.\d{3})?|\d \d{3} \d{3} \d{3})" + _AFTER
)
_ID_NUMBER_TOLD = (
    r"\b(?:c[eé]dula|c\.? ?c\.?|ciudadan[ií]a|documento|identificaci[oó]n)(?: es)?"
    r"[ .:]{1,3}(?:n[o°º.]{1,2} ?|n[uú]mero )?(?P<words>\d[\d .]{4,13}\d)(?!\d)"
)
_STREET = (
    r"\b(?:calle|carrera|transversal|diagonal|avenida|circular|cll?|cra?|kra?|tv|dg|av)\b\.? ?"
    r"(?:n[o°º]\.? ?)?\d{1,3} ?[a-z]?\b(?: bis)?"
)
_HOUSE = _STREET + r" ?(?:#|n[o°º]\.?|nro\.?|n[uú]mero) ?\d{1,3} ?[a-z]? ?(?:[-–] ?\d{1,3}\b)?"
_DOOR = (
    r"\b(?:casa|apartamento|apto|manzana|mz|interior|lote|torre) (?:n[o°º]\.? ?)?\d{1,4}[a-z]?\b"
)
_PLACE_NAME = r"(?:(?i:el|la|los|las) )?[A-ZÁÉÍÓÚÑ]\w+(?: [A-ZÁÉÍÓÚÑ]\w+)?"
_FARM = r"\b(?i:finca|predio|hacienda) " + _PLACE_NAME
# A street or a vereda is a place like any other, until somebody says that he lives there.
_LIVES = (
    r"\b(?i:vivo|vivimos|resido|residimos|residente|soy|somos|habito|mi casa|mi familia|"
    r"nuestra casa|direcci[oó]n|domicilio)\b[^.?!\n]{0,60}?"
)
_HOME_STREET = rf"{_LIVES}(?P<words>(?i:{_STREET}))"
_HOME_PLACE = rf"{_LIVES}(?P<words>\b(?i:vereda|barrio|conjunto|urbanizaci[oó]n) {_PLACE_NAME})"
_OFFICIAL = re.compile(r"[.@](?:gov|edu|mil)\.co$", re.IGNORECASE)


def _any_case(*patterns: str) -> list[re.Pattern]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]


# The surest first: what overlaps one before it is not another finding.
_PATTERNS = (
    (Kind.EMAIL, _any_case(_EMAIL, _EMAIL_TOLD)),
    (Kind.ADDRESS, _any_case(_HOUSE)),
    (Kind.TAX_NUMBER, _any_case(_TAX_NUMBER, _TAX_NUMBER_ALONE)),
    (Kind.PHONE, _any_case(_PHONE, _LANDLINE)),
    (Kind.ID_NUMBER, _any_case(_ID_NUMBER_TOLD, _ID_NUMBER)),
    (Kind.ADDRESS, [*_any_case(_DOOR), *map(re.compile, (_FARM, _HOME_STREET, _HOME_PLACE))]),
)
_SURE = {Kind.EMAIL, Kind.PHONE, Kind.ID_NUMBER}


@dataclass(frozen=True)
class Finding:
    """One place in a text. `is_sure`: hidden unless a person says otherwise."""

    number: int
    kind: Kind
    start: int
    end: int
    words: str
    is_sure: bool

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])

    @property
    def mark(self) -> str:
        return MARKS[self.kind]


def findings_in(text: str) -> list[Finding]:
    """What looks like personal data, in the order of the text.

    Words that stand in several places are one finding: they have one number, beginning with 1.
    """
    text = text[:LONGEST]
    taken = bytearray(len(text))
    found = []
    for kind, start, end, is_sure in _candidates(text):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, kind, is_sure))
    numbers: dict[str, int] = {}
    return [
        Finding(
            numbers.setdefault(text[start:end], len(numbers) + 1),
            kind, start, end, text[start:end], is_sure,
        )
        for start, end, kind, is_sure in sorted(found)
    ]  # fmt: skip


def holds_personal_number(text: str) -> bool:
    """Whether a text seems to hold an ID or a telephone number."""
    wanted = (Kind.PHONE, Kind.ID_NUMBER)
    return any(pattern.search(text) for k, found in _PATTERNS if k in wanted for pattern in found)


def stands_in(words: str, text: str) -> bool:
    """Whether these words stand in a text, and not only as a part of others."""
    return bool(_of(words).search(text))


def hidden(text: str, findings: Collection[Finding]) -> str:
    """`text` with the words of these findings replaced by their marks, wherever they stand."""
    for finding in sorted(findings, key=lambda f: -len(f.words)):
        text = _of(finding.words).sub(finding.mark, text)
    return text


def _of(words: str) -> re.Pattern:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _candidates(text: str) -> Iterator[tuple[Kind, int, int, bool]]:
    for kind, patterns in _PATTERNS:
        for pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span("words" if "words" in pattern.groupindex else 0)
                official = kind == Kind.EMAIL and _OFFICIAL.search(match.group())
                yield kind, start, end, kind in _SURE and not official
    for name in person_names.names_in(text):
        yield Kind.NAME, name.start, name.end, name.is_sure
