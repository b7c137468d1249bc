"""Text that people type: any script and emoji stay, control characters go."""

import re
import unicodedata

from django.utils.text import slugify

# Direction overrides can make a text read differently from what it says; the rest of the
# category Cf (joiners of emoji and of many scripts) stays.
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Two that are no characters and that no XML file (ODS, a feed) can hold; two rare line ends.
_ODD = {0xFFFE: None, 0xFFFF: None, 0x2028: "\n", 0x2029: "\n"}


def clean_text(text: str) -> str:
    """`text` with line ends as \\n, without control characters and direction overrides, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_OVERRIDES | _ODD)
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def clean_line(text: str) -> str:
    """One line of clean text: every run of white space is one space."""
    return " ".join(clean_text(text).split())


def short_slug(text: str, *, words: int = 8, fallback: str = "sin-titulo") -> str:
    """The address part for a title: ASCII, hyphens, at most `words` words."""
    return "-".join(slugify(text).split("-")[:words]) or fallback
