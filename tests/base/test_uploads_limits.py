"""The upload gate against files that cost too much, and against PDFs readers do not agree about."""

import io
import os
import random
import subprocess
import sys
import threading
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from portal.base import apart, upload_checks, uploads
from tests.base import files
from tests.base.files import pdf

JS = "<< /S /JavaScript /JS (app.alert(1)) >>"
LINK = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
WEB = "<< /S /URI /URI (http://evil.example) >>"


def accept(data: bytes, name="anexo.pdf"):
    return uploads.accept(SimpleUploadedFile(name, data))


def chained_pdf(links=30, rows=3_000_000) -> bytes:
    """Some kilobytes of tables that point at each other; pypdf unfilters each byte in Python."""
    table = zlib.compress((b"\x04" + b"\x01" * 3) * rows, 9)
    body, place = bytearray(pdf().split(b"xref\n")[0]), 0
    for number in range(links):
        before = f"/Prev {place}" if place else ""
        place = len(body)
        body += (
            f"{number + 5} 0 obj\n<< /Type /XRef /W [1 1 1] /Size 1 /Root 1 0 R {before} "
            "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 3 >> "
            f"/Length {len(table)} >>\nstream\n"
        ).encode() + table + b"\nendstream\nendobj\n"  # fmt: skip
    return bytes(body + f"startxref\n{place}\n%%EOF\n".encode())


def png(mode: str, size: tuple[int, int], data: bytes | None = None, **options) -> bytes:
    drawn = Image.frombytes(mode, size, data) if data else Image.new(mode, size)
    out = io.BytesIO()
    drawn.save(out, "PNG", **options)
    return out.getvalue()


def says(refused, sentence: str) -> bool:
    return str(refused.value) == str(sentence)


def test_a_pdf_that_costs_too_much_of_the_processor_is_ended(monkeypatch):
    monkeypatch.setattr(uploads.CHECKS, "seconds", 1)
    with pytest.raises(uploads.FileRefused) as refused:
        accept(chained_pdf())
    assert says(refused, uploads._PDF_SAYS["heavy"])


@pytest.mark.parametrize(
    ("data", "told"), [(pdf(), "_PDF_SAYS"), (png("1", (9, 9)), "_PICTURE_SAYS")]
)
def test_a_file_that_takes_too_long_is_ended(monkeypatch, data, told):
    monkeypatch.setattr(uploads.CHECKS, "seconds", 0.005)
    with pytest.raises(uploads.FileRefused) as refused:
        accept(data)
    assert says(refused, getattr(uploads, told)["heavy"])


def test_a_picture_that_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(uploads.CHECKS, "memory", 160 * apart.MEGABYTE)
    with pytest.raises(uploads.FileRefused) as refused:
        accept(png("RGB", (7000, 5000), compress_level=1))
    assert says(refused, uploads._PICTURE_SAYS["heavy"])


@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("raise SystemExit(3)", "broken"),
        ("print()", "broken"),
        ("print('clean?')", "broken"),
        ("import os; os.abort()", "heavy"),  # what a library does that gets no memory
    ],
)
def test_a_check_that_breaks_is_a_refusal(monkeypatch, tmp_path, program, word):
    broken = tmp_path / "broken.py"
    broken.write_text(program)
    monkeypatch.setattr(uploads.CHECKS, "path", broken)
    with pytest.raises(uploads.FileRefused) as refused:
        accept(pdf())
    assert says(refused, uploads._PDF_SAYS[word])


def test_more_checks_than_places_wait_and_are_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(uploads.CHECKS, "_places", threading.BoundedSemaphore(1))
    with monkeypatch.context() as soon, uploads.CHECKS._places:
        soon.setattr(uploads.CHECKS, "seconds", 0.05)
        with pytest.raises(uploads.FileRefused, match="otros archivos"):
            accept(pdf())
    assert accept(pdf()) and accept(pdf())  # a place is given back


def test_a_refusal_gives_its_place_back(monkeypatch):
    monkeypatch.setattr(uploads.CHECKS, "_places", threading.BoundedSemaphore(1))
    with pytest.raises(uploads.FileRefused):
        accept(pdf(catalog=f"/OpenAction {JS}"))
    assert uploads.CHECKS._places.acquire(blocking=False)


def test_a_machine_without_room_for_a_process_asks_to_come_back(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/nowhere/python")
    with pytest.raises(uploads.FileRefused, match="otros archivos"):
        accept(pdf())


def test_the_child_knows_nothing_of_django_and_gets_no_environment(monkeypatch):
    code = (
        "import runpy, sys; runpy.run_path(sys.argv[1]);"
        "sys.exit(any(name.split('.')[0] in ('django', 'portal') for name in sys.modules))"
    )
    command = [sys.executable, "-I", "-c", code, upload_checks.__file__]
    subprocess.run(command, check=True)  # noqa: S603
    called = {}

    def run(_command, **options):
        called.update(options)
        return subprocess.CompletedProcess([], 0, b"clean\nx")

    monkeypatch.setattr(apart.subprocess, "run", run)
    assert accept(pdf()).data == b"x" and called["env"] == {}


ALSO_HOSTILE = {
    "a second OpenAction": pdf(catalog=f"/OpenAction [3 0 R /Fit] /OpenAction {JS}"),
    "a second kind of action": pdf(
        catalog="/OpenAction << /S /GoTo /D [3 0 R /Fit] /S /Launch /F (cmd.exe) >>"
    ),
    "a second key written otherwise": pdf(catalog=f"/OpenAction [3 0 R /Fit] /Open#41ction {JS}"),
    "a web page when it opens": pdf(catalog=f"/OpenAction {WEB}"),
    "a web page when it opens, shared with a link": pdf(
        f"{LINK} /A 5 0 R >>", WEB, page="/Annots [4 0 R]", catalog="/OpenAction 5 0 R"
    ),
    "a web page as a second step": pdf(
        f"{LINK} /A << /S /GoTo /D [3 0 R /Fit] /Next {WEB} >> >>", page="/Annots [4 0 R]"
    ),
    "a web page among second steps": pdf(
        f"{LINK} /A << /S /GoTo /D [3 0 R /Fit] /Next [{WEB}] >> >>", page="/Annots [4 0 R]"
    ),
    "a web page in the outline": pdf(f"<< /A {WEB} >>", catalog="/Outlines << /First 4 0 R >>"),
    "an action of no kind when it opens": pdf(catalog="/OpenAction << /D [3 0 R /Fit] >>"),
    "an action when a page opens": pdf(page="/AA << /O << /S /GoTo /D [3 0 R /Fit] >> >>"),
    "prints when it opens": pdf(catalog="/OpenAction << /S /Named /N /Print >>"),
    "prints from a link": pdf(
        f"{LINK} /A << /S /Named /N /Print >> >>", page="/Annots [4 0 R]"
    ),
    "a thread of another file": pdf(
        f"{LINK} /A << /S /Thread /F (x.pdf) /D 0 >> >>", page="/Annots [4 0 R]"
    ),
    "a sound": pdf(f"{LINK} /A << /S /Sound /Sound 3 0 R >> >>", page="/Annots [4 0 R]"),
    "a stream in another file": pdf(
        "<< /Length 0 /F << /FS /URL /F (http://evil.example) >> >>\nstream\n\nendstream",
        page="/Contents 4 0 R",
    ),
    "a page of another file": pdf(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F (x.pdf) /Page 0 >> /Length 0 "
        ">>\nstream\n\nendstream",
        page="/Resources << /XObject << /X 4 0 R >> >>",
    ),
    "a kind behind two references": pdf(
        "<< /S 5 0 R /F (cmd.exe) >>", "6 0 R", "/Launch", catalog="/OpenAction 4 0 R"
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", ALSO_HOSTILE.values(), ids=ALSO_HOSTILE.keys())
def test_a_pdf_that_acts_in_some_reader_is_refused(data):
    with pytest.raises(uploads.FileRefused):
        accept(data)


def test_what_a_table_hides_is_not_kept():
    hidden = pdf(JS)  # object 4, which nothing points at
    kept = accept(hidden).data
    assert b"alert" not in kept and b"JavaScript" not in kept
    assert len(PdfReader(io.BytesIO(kept)).pages) == 1


def test_links_and_turns_of_the_page_stay():
    data = pdf(
        f"{LINK} /A << /S /URI /URI (https://cas.example) >> >>",
        f"{LINK} /A << /S /Named /N /NextPage >> >>",
        page="/Annots [4 0 R 5 0 R]",
    )
    kept = PdfReader(io.BytesIO(accept(data).data)).pages[0]["/Annots"]
    assert [note.get_object()["/A"]["/S"] for note in kept] == ["/URI", "/Named"]


def test_a_scanned_pdf_comes_in_with_its_picture_as_it_was():
    scan = files.picture("JPEG", (600, 800)).decode("latin-1")
    data = pdf(
        "<< /Type /XObject /Subtype /Image /Width 600 /Height 800 /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(scan)} >>\nstream\n{scan}\nendstream",
        "<< /Length 29 >>\nstream\nq 300 0 0 200 0 0 cm /Im0 Do Q\nendstream",
        page="/Contents 5 0 R /Resources << /XObject << /Im0 4 0 R >> >>",
    )
    assert scan.encode("latin-1") in accept(data).data


def test_a_long_chain_of_references_comes_in():
    """Pages that link to the next page; more than Python would follow by itself."""
    steps = [f"<< /Title (t) /Next1 {number} 0 R >>" for number in range(5, 2004)] + ["<< >>"]
    assert b"2003 0 obj" in accept(pdf(*steps, page="/First 4 0 R")).data


def test_a_picture_of_one_bit_stays_one_and_small():
    sent = png("1", (3200, 2400), os.urandom(400 * 2400))
    kept = accept(sent, "a.png").data
    assert Image.open(io.BytesIO(kept)).mode == "1" and len(kept) < len(sent) * 1.1


@pytest.mark.parametrize(
    ("mode", "kept_as"),
    [("1", "1"), ("L", "L"), ("P", "P"), ("RGB", "RGB"), ("RGBA", "RGBA"), ("LA", "RGBA")],
)
def test_the_mode_of_a_png_stays(mode, kept_as):
    assert Image.open(io.BytesIO(accept(png(mode, (30, 20))).data)).mode == kept_as


def test_sixteen_bits_of_grey_become_eight_not_white():
    sent = png("I;16", (1, 1), (0x8000).to_bytes(2, "little"))
    kept = Image.open(io.BytesIO(accept(sent).data))
    assert kept.mode == "L" and kept.getpixel((0, 0)) == 128


def test_what_could_be_seen_through_stays_so():
    kept = Image.open(io.BytesIO(accept(png("P", (30, 20), transparency=0)).data))
    assert kept.info == {"transparency": 0}


@pytest.mark.parametrize("size", [(20_001, 1), (1, 20_001)])
def test_a_side_that_is_too_long_is_refused(size):
    with pytest.raises(uploads.FileRefused) as refused:
        accept(png("1", size))
    assert says(refused, uploads._PICTURE_SAYS["heavy"])


def test_a_picture_that_grows_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_STORED_BYTES", 1000)
    with pytest.raises(uploads.FileRefused) as refused:
        accept(png("L", (100, 100), random.Random(1).randbytes(10_000)))
    assert says(refused, uploads._PICTURE_SAYS["heavy"])
