"""PDFs read back with pypdf, what may be read while they are drawn, a machine without pango."""

import io
import re

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.http import HttpResponse
from django.template import engines
from pypdf import PdfReader

from portal.base import apart, pdf, qr

PAGE = """{% extends "pdf/base.html" %}{% block title %}Acta de la reunión{% endblock %}
{% block page %}<h1>Acta número 7</h1><p>Año, agüero, ¿qué?</p>BODY{% endblock %}"""


@pytest.fixture
def drawn():
    """Draw a page with this body; gives the reader of its PDF."""

    def draw(body="", **context):
        html = (
            engines["django"]
            .from_string(PAGE.replace("BODY", body))
            .render({"as_pdf": True, **context})
        )
        return PdfReader(io.BytesIO(pdf.drawn(html)))

    return draw


def tags_of(reader) -> set[str]:
    """The kinds of all elements of the structure tree."""
    found, stack = set(), [reader.trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        item = stack.pop().get_object()
        if isinstance(item, list):
            stack.extend(item)
        elif hasattr(item, "keys"):
            found.add(str(item.get("/S", "")))
            if "/K" in item:
                stack.append(item.raw_get("/K"))
    return found


def figures_of(reader) -> list[str]:
    words, stack = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        item = stack.pop().get_object()
        if isinstance(item, list):
            stack.extend(item)
        elif hasattr(item, "keys"):
            if item.get("/S") == "/Figure":
                words.append(str(item.get("/Alt", "")))
            if "/K" in item:
                stack.append(item.raw_get("/K"))
    return words


def test_words_title_and_language(drawn):
    reader = drawn()
    assert "Año, agüero, ¿qué?" in reader.pages[0].extract_text()
    assert reader.metadata.title == "Acta de la reunión"
    assert reader.trailer["/Root"]["/Lang"] == "es-CO"


def test_it_is_tagged_and_says_so(drawn):
    reader = drawn()
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/Document", "/H1", "/P"} <= tags_of(reader)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_every_font_is_inside(drawn):
    fonts = drawn().pages[0]["/Resources"]["/Font"].values()
    names = set()
    for font in fonts:
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        names.add(str(inner["/BaseFont"]).split("+")[-1].split("-")[0])
        descriptor = inner["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert "Archivo" in names


def test_a_drawing_has_its_words(drawn):
    reader = drawn("{{ code }}", code=qr.svg("https://portal.example/", "Lleva a la página"))
    assert figures_of(reader) == ["Lleva a la página"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "/etc/passwd", "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml", "/static//etc/passwd", "file://host/static/css/pdf/base.css",
    ],
)  # fmt: skip
def test_no_file_but_the_static_ones_is_read(address):
    from portal.base import pdf_writer

    folder = pdf_writer.Path(str(pdf.settings.STATICFILES_DIRS[0])).resolve()
    fetcher = pdf_writer.StaticFilesOnly("/static/", [folder])
    whole = address if address.startswith("file:") else f"file://{address}"
    with pytest.raises((ValueError, KeyError, OSError)):
        fetcher.fetch(whole)
    assert b"Archivo" in fetcher.fetch("file:///static/css/pdf/base.css").read()


def test_no_other_host_is_asked(drawn, httpserver_hits):
    address, hits = httpserver_hits
    reader = drawn(
        f'<img src="{address}/x.png" alt="Foto"><link rel="stylesheet" href="{address}/y.css">'
    )
    assert "Acta número 7" in reader.pages[0].extract_text()
    assert hits == []


@pytest.fixture
def httpserver_hits():
    """A server of this machine that remembers what it was asked for."""
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    hits = []

    class Remember(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments):
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Remember)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()


def test_what_takes_too_long_is_ended(tmp_path):
    program = tmp_path / "loop.py"
    program.write_text("while True: pass")
    with pytest.raises(apart.TooHeavy):
        apart.Program(program, seconds=1, memory=200 * apart.MEGABYTE).run(b"")


def test_what_takes_too_much_memory_is_ended(tmp_path):
    program = tmp_path / "grow.py"
    program.write_text("grown = bytearray(400 * 1024 * 1024)\nprint('done')")
    with pytest.raises(apart.Failed):
        apart.Program(program, seconds=5, memory=200 * apart.MEGABYTE).run(b"")


def test_a_program_apart_has_no_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for it")
    program = tmp_path / "say.py"
    program.write_text("import os, sys\nprint(dict(os.environ), sys.argv[1:])")
    said = apart.Program(program, seconds=5, memory=200 * apart.MEGABYTE).run(b"", "one")
    assert b"SECRET" not in said and b"['one']" in said


def test_without_pango_nothing_is_drawn_and_a_check_says_so(monkeypatch):
    assert [w.id for w in run_checks() if w.id == "portal.W001"] == []
    monkeypatch.setattr(pdf, "LIBRARIES", ("pango-that-nobody-has",))
    assert pdf.is_available() is False
    with pytest.raises(pdf.NotAvailable):
        pdf.render("pdf/base.html", {})
    assert [w.id for w in run_checks() if w.id == "portal.W001"] == ["portal.W001"]
    call_command("check", fail_level="ERROR")


def test_what_is_kept_is_drawn_once(monkeypatch):
    first = pdf.render("pdf/base.html", {"n": 1}, keep=True)
    monkeypatch.setattr(pdf.WRITER, "seconds", 0)
    assert pdf.render("pdf/base.html", {"n": 1}, keep=True) == first


@pytest.mark.parametrize("text", ["https://portal.example/pregunte/", "x" * 200])
def test_a_qr_is_the_one_of_its_text(text):
    """Drawn back into squares, it is the matrix of the library."""
    import segno

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    drawn = [[0] * len(row) for row in rows]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr.svg(text, "t")):
        for column in range(int(x), int(x) + int(width)):
            drawn[int(y) - qr.QUIET][column - qr.QUIET] = 1
    assert drawn == rows


def test_the_title_of_a_qr_is_no_html():
    assert "<title>&lt;b&gt;</title>" in HttpResponse(qr.svg("x", "<b>")).content.decode()
