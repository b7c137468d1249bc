"""Numbers as people write them in Colombia, and as the portal says them."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.translation import get_language

CENT = Decimal("0.01")
# Wide enough for every number that LONGEST letters can say; the column says what is too long.
WIDE = Context(prec=200)
_PLAIN = re.compile(r"-?\d+(\.\d+)?(?:[eE]\+?\d{1,2})?")
_POINTS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")  # 1.234.567,50
_COMMAS = re.compile(r"-?[1-9]\d{0,2}((,\d{3}){2,}(\.\d+)?|(,\d{3})+\.\d+)")  # 1,234,567.50
_COMMA = re.compile(r"-?\d+,\d+")  # 12,5
_UNSURE = re.compile(r"-?[1-9]\d{0,2},\d{3}")  # 1,234: a thousand, or one and a bit?
_DRESS = re.compile(r"^\$|^COP\s|%$|\s|\u00a0", re.IGNORECASE)
LONGEST = 40


def read_number(text: str) -> Decimal | None:
    """The number of "$ 1.234.567,50", "60 %", "12.5"; None where there is none.

    A point before three digits parts thousands, as in Colombia. Raises ValueError where the text
    is no number, or one that could be read in two ways.
    """
    if len(text) > LONGEST:
        raise ValueError
    bare = _DRESS.sub("", text.strip()).strip()
    bare = _DRESS.sub("", bare)
    if not bare and not text.strip():
        return None
    return Decimal(_plain(bare)).quantize(CENT, ROUND_HALF_UP, WIDE)


def _plain(bare: str) -> str:
    if _POINTS.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    if _COMMAS.fullmatch(bare):
        return bare.replace(",", "")
    if _UNSURE.fullmatch(bare):
        raise ValueError
    if _COMMA.fullmatch(bare):
        return bare.replace(",", ".")
    if _PLAIN.fullmatch(bare) and bare.isascii():
        return bare
    raise ValueError


def said(value: Decimal) -> str:
    """1.234.567,5 in Spanish, 1,234,567.5 in English; no zeros at the end."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    if get_language() == "en":
        return text
    return text.translate(str.maketrans(",.", ".,"))


def pesos(value: Decimal) -> str:
    """$ 1.234.567.890: without cents, which nobody reads."""
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return f"$\u00a0{said(whole)}"
