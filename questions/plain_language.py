"""Hints for writing an answer that everybody understands. They advise and never stop anybody.

Everything here is read from the text alone: no database, no clock. What is flagged wrongly costs
the office a glance; what costs trust is a page that a citizen cannot read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONG_SENTENCE, LONG_PARAGRAPH, QUOTED = 25, 90, 8
MOST_ACRONYMS = 40  # each is looked for in the whole text
WORDS_A_MINUTE = 180

# Words of the desk, and what a neighbour would say. Add and take away lines freely.
LEGALESE = {
    "a efectos de": "para",
    "a la mayor brevedad": "una fecha",
    "acto administrativo": "decisión",
    "allegar": "enviar",
    "así las cosas": "por eso",
    "con el objeto de": "para",
    "con fundamento en": "por",
    "de conformidad con": "según",
    "el mencionado": "este",
    "el suscrito": "yo",
    "en aras de": "para",
    "en atención a": "por",
    "en mérito de lo expuesto": "por eso",
    "en virtud de": "por",
    "la suscrita": "yo",
    "los precitados": "estos",
    "mediante el cual": "con el que",
    "mediante la cual": "con la que",
    "no obstante lo anterior": "pero",
    "por medio de la presente": "con esta carta",
    "se procederá a": "haremos",
    "se procedió a": "hicimos",
    "sírvase": "por favor",
    "toda vez que": "porque",
}
# Short forms that nobody needs explained.
EVERYDAY = {"COVID", "GPS", "NIT", "ONU", "PDF", "SMS", "TV", "USB"}

_ACRONYM = re.compile(r"(?<![\w/@.-])[A-ZÁÉÍÓÚÑ]{2,6}(?![\w/@-])")
_SHOUTED = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,} +[A-ZÁÉÍÓÚÑ]{2,}[A-ZÁÉÍÓÚÑ ]*")
_ROMAN = re.compile(r"[IVX]+")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,4}[.)]|#{1,6}|>)\s+")
_WORD = re.compile(r"\w+(?:[.,:/’'-]\w+)*")
_SHORT = re.compile(
    r"\b(?:art|av|cra|cl|dr|dra|ej|ing|km|lic|no|nro|núm|pág|res|sr|sra|vda)\.", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[)»”\"]* +(?=[«“\"(¿¡]*[A-ZÁÉÍÓÚÑ0-9])")
_PASSIVE = re.compile(
    r"\b(?:(?:fue|fueron|será|serán|ha sido|han sido|había sido|habían sido)"
    r" \w+(?:ad|id)[oa]s?)\b",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:próximamente|en breve|en los próximos días|oportunamente|a la mayor brevedad)\b",
    re.IGNORECASE,
)
_MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    "|diciembre"
)
_DATE = re.compile(rf"\b(?:{_MONTHS})\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b", re.IGNORECASE)
_VERB_ENDING = re.compile(
    r"\w{2,}(?:[aei]mos|r[áé]n?|rían?|aban?|ían?|aron|ieron|ó|[aei]rse)", re.IGNORECASE
)
_COMMON_VERBS = (
    "es son era está están hay tiene tienen puede pueden debe deben va van fue hizo hace hacen"
    " sabe saben dio dice dicen existe existen falta faltan sigue siguen cumple cumplen abre abren"
    " exige exigen mide miden atiende atienden responde responden corresponde corresponden vigila"
    " vigilan controla controlan visita visitan publica publican revisa revisan envía envían"
    " entrega entregan informa informan inicia inician paga pagan invierte invierten queda quedan"
    " aprueba aprueban niega niegan otorga otorgan permite permiten prohíbe prohíben termina"
    " terminan empieza empiezan recibe reciben realiza realizan ejecuta ejecutan necesita"
    " necesitan vence vencen sanciona sancionan ordena ordenan trabaja trabajan estudia estudian"
    " muestra muestran autoriza autorizan adelanta adelantan"
)
_VERBS = set(_COMMON_VERBS.split())


@dataclass(frozen=True)
class Hint:
    """What to look at (`label`), what to do (`advice`), and the words it is about, cut short."""

    kind: str
    label: str
    advice: str
    quote: str = ""


@dataclass(frozen=True)
class Size:
    """How long a text is: words, and seconds to read it at 180 words a minute."""

    words: int
    seconds: int


def size_of(text: str) -> Size:
    words = sum(len(_WORD.findall(block)) for block in _blocks(text))
    return Size(words, round(words * 60 / WORDS_A_MINUTE))


def hints(text: str, *, summary: str = "", known: Iterable[str] = ()) -> list[Hint]:
    """What could be said more plainly in an answer, in the order of reading.

    `text` is its Markdown, `summary` its sentence, `known` names whose short forms need no
    explanation (the entity's own and its offices').
    """
    blocks, summary = _blocks(text), " ".join(summary.split())
    whole = " ".join([summary, *blocks])
    sentences = [sentence for block in blocks for sentence in _sentences(block)]
    return [
        *_summary(summary),
        *_long_sentences(sentences),
        *_acronyms(whole, known),
        *_desk_words(whole),
        *_passive(sentences),
        *_without_date([*_sentences(summary), *sentences]),
        *_long_paragraphs(blocks),
    ]


def _blocks(text: str) -> list[str]:
    """Paragraphs and list items, each in a line, without tables, addresses and signs."""
    blocks: list[list[str]] = [[]]
    for line in _LINK.sub(r"\1", text).splitlines():
        item = _ITEM.match(line)
        kept = re.sub(r"[*_`]+", "", line[item.end() :] if item else line).split()
        is_row = kept[:1] and kept[0].startswith("|")
        plain = " ".join(word for word in kept if not _is_address(word))
        if item or is_row or not plain:
            blocks.append([])
        if not is_row and re.search(r"\w", plain):
            blocks[-1].append(plain)
    return [" ".join(lines) for lines in blocks if lines]


def _is_address(word: str) -> bool:
    return "@" in word or "://" in word or word.lower().startswith("www.")


def _sentences(block: str) -> list[str]:
    """Cut at full stops, but not behind "Dr." nor inside "1.500"."""
    held = _SHORT.sub(lambda found: found.group()[:-1] + "\0", block)
    return [part.replace("\0", ".").strip() for part in _SENTENCE_END.split(held) if part.strip()]


def _quoted(text: str) -> str:
    words = text.split()
    return " ".join(words[:QUOTED]) + ("…" if len(words) > QUOTED else "")


def _summary(summary: str) -> Iterator[Hint]:
    words = re.findall(r"\w+", summary.lower())
    if words and not any(word in _VERBS or _VERB_ENDING.fullmatch(word) for word in words):
        advice = _("Say who does what: “We will visit the stream in January.”")
        yield Hint("summary", _("The summary has no verb."), advice, _quoted(summary))


def _long_sentences(sentences: list[str]) -> Iterator[Hint]:
    for sentence in sentences:
        number = len(_WORD.findall(sentence))
        if number > LONG_SENTENCE:
            label = _("Long sentence: %(n)s words.") % {"n": number}
            yield Hint("sentence", label, _("Cut it in two:"), _quoted(sentence))


def _acronyms(whole: str, known: Iterable[str]) -> Iterator[Hint]:
    """Each one once, unless words in parentheses explain it somewhere."""
    seen = EVERYDAY | {short for name in known for short in _ACRONYM.findall(name)}
    found = dict.fromkeys(_ACRONYM.findall(_SHOUTED.sub(" ", whole)))
    unknown = [short for short in found if short not in seen and not _ROMAN.fullmatch(short)]
    for short in unknown[:MOST_ACRONYMS]:
        if not _is_explained(short, whole):
            label = _("Unexplained acronym: %(short)s.") % {"short": short}
            yield Hint(
                "acronym", label, _("Write the whole name before it, and the acronym in brackets.")
            )


def _is_explained(short: str, whole: str) -> bool:
    """`Plan de Manejo (PM)`, or `PM (Plan de Manejo)`."""
    before = rf"\w \w[\w ,]{{0,120}}\({short}\)"
    after = rf"\b{short} \(\w+ [^)]{{0,200}}\)"
    return bool(re.search(before, whole) or re.search(after, whole))


def _desk_words(whole: str) -> Iterator[Hint]:
    folded = whole.lower()
    for words, better in LEGALESE.items():
        if re.search(rf"\b{words}\b", folded):
            advice = _("Better: “%(better)s”.") % {"better": better}
            yield Hint("legalese", _("Words of the desk."), advice, words)


def _passive(sentences: list[str]) -> Iterator[Hint]:
    for sentence in sentences:
        for found in _PASSIVE.finditer(sentence):
            yield Hint("passive", _("Passive voice."), _("Say who does it:"), found.group())


def _without_date(sentences: list[str]) -> Iterator[Hint]:
    for sentence in sentences:
        if _SOON.search(sentence) and not _DATE.search(sentence):
            yield Hint("date", _("A promise without a date."), _("Say when:"), _quoted(sentence))


def _long_paragraphs(blocks: list[str]) -> Iterator[Hint]:
    for block in blocks:
        number = len(_WORD.findall(block))
        if number > LONG_PARAGRAPH:
            label = _("Long paragraph: %(n)s words.") % {"n": number}
            yield Hint("paragraph", label, _("Cut it, or make a list of it:"), _quoted(block))
