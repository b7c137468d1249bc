"""What we draw is sound for PDF/UA; the reader that says so finds each fault that is put in."""

import io

import pikepdf
import pytest
from django.template import engines
from pikepdf import Dictionary, Name

from portal.base import pdf, qr
from tests import pdf_ua

pytestmark = pytest.mark.skipif(not pdf.is_available(), reason="pango is not installed")
PAGE = """{% extends "pdf/base.html" %}{% block title %}Acta{% endblock %}{% block sheet %}
<link rel="stylesheet" href="/static/css/pdf/minutes.css">{% endblock %}{% block page %}
<h1>Acta número 7</h1><h2>Una</h2><p>Año, <a href="https://portal.example/">portal</a>.</p>
{{ code }}<ul><li>Uno<ul><li>Dentro</li></ul></li><li>Dos</li></ul>
<h3>Otra</h3><dl><dt>A</dt><dd>B</dd></dl>
<table><thead><tr><th scope="col">Nombre</th><th scope="col">Cifra</th></tr></thead><tbody>
{% for n in rows %}<tr><th scope="row">Fila {{ n }}</th><td>{{ n }}</td></tr>{% endfor %}</tbody>
</table>{% endblock %}"""


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """A page of everything, long enough for a second one with its foot."""
    context = {"as_pdf": True, "code": qr.svg("https://x.example/", "Lleva"), "rows": range(60)}
    return pdf.drawn(engines["django"].from_string(PAGE).render(context))


def test_what_we_draw_is_sound(drawn):
    assert pdf_ua.faults(drawn) == []
    with pikepdf.open(io.BytesIO(drawn)) as read:
        assert len(read.pages) > 1


def test_feet_of_pages_are_artifacts_and_no_place_in_the_tree_is_theirs(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as read:
        for page in read.pages:
            marks = [
                operands
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and operands[0] == Name.Artifact
            ]
            assert [str(mark[1].Type) for mark in marks] == ["/Pagination"] * 2
            assert all("/MCID" not in mark[1] for mark in marks)


def test_headers_say_of_what_they_are(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as read:
        found = [
            one for one in read.objects if getattr(one, "get", None) and one.get("/S") == "/TH"
        ]
        scopes = [str(one.A.Scope) for one in found]
        heads = 2 * len(read.pages)  # drawn again on each page
    assert (scopes.count("/Column"), scopes.count("/Row")) == (heads, 60)


def element(read, tag):
    """The first element of a kind in the file."""
    return next(
        one for one in read.objects if isinstance(one, Dictionary) and one.get("/S") == Name(tag)
    )


def _no_language(read):
    del read.Root.Lang


def _untagged(read):
    read.Root.MarkInfo.Marked = False


def _name_of_the_file(read):
    read.Root.ViewerPreferences.DisplayDocTitle = False


def _no_identifier(read):
    data = read.Root.Metadata.read_bytes().replace(b"pdfuaid", b"pdfnoid")
    read.Root.Metadata = read.make_stream(data)


def _no_alternative(read):
    del element(read, "/Figure").Alt


def _heading_skipped(read):
    element(read, "/H2").S = Name.H4


def _unknown_element(read):
    element(read, "/P").S = Name.Parrafo


def _headers_of_nothing(read):
    for one in read.objects:
        if isinstance(one, Dictionary) and one.get("/S") == Name.TH:
            del one["/A"]["/Scope"]
            del one["/ID"]


def _loose_text(read):
    page = read.pages[0]
    page.contents_add(b"BT /F1 9 Tf (x) Tj ET")


def _no_parent(read):
    read.Root.StructTreeRoot.ParentTree.Nums[1][0] = None


def _wrong_parent(read):
    element(read, "/P").P = element(read, "/H2")


def _cell_in_a_list(read):
    element(read, "/LI").S = Name.TD


def _link_without_words(read):
    del read.pages[0].Annots[0]["/Contents"]


def _link_out_of_the_tree(read):
    del read.pages[0].Annots[0]["/StructParent"]


def _other_order(read):
    del read.pages[0].Tabs


def _font_outside(read):
    for one in read.objects:
        if isinstance(one, Dictionary) and "/FontFile3" in one:
            del one["/FontFile3"]
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            del one["/FontFile2"]


def _letters_without_meaning(read):
    for one in read.objects:
        if isinstance(one, Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]


def _tag_of_no_page(read):
    kid = element(read, "/P").K
    kid.append(Dictionary(Type=Name.MCR, MCID=900, Pg=read.pages[0].obj))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_no_language, "no language"),
        (_untagged, "it does not say that it is tagged"),
        (_name_of_the_file, "a reader shows the name of the file"),
        (_no_identifier, "do not say PDF/UA part 1"),
        (_no_alternative, "a /Figure without words"),
        (_heading_skipped, "H4 follows H1"),
        (_unknown_element, "/Parrafo is no kind of element"),
        (_headers_of_nothing, "a TH of which nothing says"),
        (_loose_text, "page 1: Tj shows something outside"),
        (_no_parent, "page 1: content 0 has no parent"),
        (_wrong_parent, "/P names another parent"),
        (_cell_in_a_list, "/TD stands straight in /L"),
        (_link_without_words, "page 1: a /Link without words"),
        (_link_out_of_the_tree, "page 1: a /Link that is no /Link of the tree"),
        (_other_order, "page 1: the keyboard does not follow"),
        (_font_outside, "is not inside"),
        (_letters_without_meaning, "have no meaning"),
        (_tag_of_no_page, "content 900 is in the tree and on no page"),
    ],
)
def test_each_fault_is_found(drawn, spoil, sentence):
    with pikepdf.open(io.BytesIO(drawn)) as read:
        spoil(read)
        written = io.BytesIO()
        read.save(written)
    assert any(sentence in fault for fault in pdf_ua.faults(written.getvalue()))
