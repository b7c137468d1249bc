"""What people type: every script stays, what deceives or breaks goes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.base.texts import clean_line, clean_text, short_slug


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Hola\r\nmundo\rfin \n", "Hola\nmundo\nfin"),
        ("uno\n\n\n\n\ndos", "uno\n\ndos"),
        ("nulo\x00 campana\x07 escape\x1b[31m", "nulo campana escape[31m"),
        ("factura\u202efdp.exe", "facturafdp.exe"),
        ("aísla\u2066do\u2069", "aíslado"),
        ("niñez 👩‍👩‍👧 ওকে", "niñez 👩‍👩‍👧 ওকে"),
        ("tab\tqueda", "tab\tqueda"),
        ("no es nada\ufffe\uffff", "no es nada"),
        ("uno\u2028dos\u2029tres", "uno\ndos\ntres"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨🏽‍🌾 ❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨🏽‍🌾 ❤️"),
        (
            "שלום\u200f العربية\u061c नमस्ते 你好 Wayuunaiki",
            "שלום\u200f العربية\u061c नमस्ते 你好 Wayuunaiki",
        ),
        ("\u202epdf.exe\u202c \u2067x\u2069", "pdf.exe x"),
        ("medio par \ud83d", "medio par"),
        ("", ""),
    ],
)
def test_clean_text(typed, kept):
    assert clean_text(typed) == kept


def test_a_line_has_no_line_ends():
    assert clean_line(" Ana\n María\t\u00a0 Ruiz\r\nBcc: x@evil.example ") == (
        "Ana María Ruiz Bcc: x@evil.example"
    )


@given(st.text())
def test_clean_text_is_clean_and_stays_so(text):
    clean = clean_text(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in clean)
    assert clean_text(clean) == clean
    clean.encode("utf-8")


@given(st.text())
def test_a_slug_is_part_of_an_address(text):
    slug = short_slug(text)
    assert slug and set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("¿Qué pasó con la quebrada Curití?", "que-paso-con-la-quebrada-curiti"),
        ("a b c d e f g h i", "a-b-c-d-e-f-g-h"),
        ("ওকে", "sin-titulo"),
        ("—", "sin-titulo"),
    ],
)  # fmt: skip
def test_short_slug(title, slug):
    assert short_slug(title) == slug
