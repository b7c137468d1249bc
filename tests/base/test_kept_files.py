"""Files that came by mail or on paper: kept whatever they are, and never handed out as pages."""

import pytest

from portal.base import uploads
from portal.base.models import StoredFile
from portal.base.uploads import FileRefused
from tests.base.files import pdf_with_object_stream, picture

pytestmark = pytest.mark.django_db


def test_any_type_is_kept_unchanged():
    stored = uploads.as_it_came("carta.docx", b"PK\x03\x04 no es un PDF").store()
    row = StoredFile.objects.get(pk=stored.pk)
    assert (row.name, row.content_type, row.is_checked) == (
        "carta.docx", "application/octet-stream", False,
    )  # fmt: skip
    assert row.content.read() == b"PK\x03\x04 no es un PDF"
    assert "carta" not in row.content.name


def test_only_its_size_can_refuse_it(settings):
    settings.PRIVATE_MAX_BYTES = 10
    with pytest.raises(FileRefused):
        uploads.as_it_came("audio.ogg", b"x" * 11).store()
    assert uploads.as_it_came("audio.ogg", b"x" * 10).store().size == 10


def test_an_empty_file_is_kept_too():
    assert uploads.as_it_came("vacio.txt", b"").store().size == 0


def test_what_passes_the_gate_is_cleaned():
    clean = uploads.clean_or_as_it_came("foto.jpg", picture("JPEG"))
    assert (clean.content_type, clean.is_checked) == ("image/jpeg", True)


def test_what_the_gate_refuses_is_kept_as_it_came():
    data = pdf_with_object_stream()
    kept = uploads.clean_or_as_it_came("formato.pdf", data)
    assert (kept.content_type, kept.is_checked) == ("application/octet-stream", False)
    assert kept.data == data


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Users\\ana\\carta.doc", "C Users ana carta.doc"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\r\nSet-Cookie: x.zip", "a Set-Cookie x.zip"),
        ("..", "archivo"),
        ("", "archivo"),
        ("\x00", "archivo"),
        ("n" * 300 + ".docx", "n" * 100 + ".docx"),
        ("n." + "x" * 300, "n." + "x" * 108),
    ],
)
def test_names_lose_what_a_path_reads_in_them(sent, kept):
    assert uploads.as_it_came(sent, b"x").store().name == kept
