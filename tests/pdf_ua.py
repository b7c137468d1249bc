"""Reads PDFs as a screen reader would have to: what PDF/UA-1 wants and a machine can see.

`faults(data)` gives a sentence for each fault; none for a sound file. Two readers look: our own,
over the whole structure tree and every content stream, and `pdfua`, whose rules are those of the
Matterhorn protocol that it covers.
"""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pdfua
import pikepdf
from pikepdf import Array, Dictionary, Name

SHOWS = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "BI"}
STANDARD = set(
    re.findall(
        r"\w+",
        "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 "
        "H4 H5 H6 P L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference "
        "BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form",
    )
)
UA_PART = re.compile(rb"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=[\"']1[\"']")
# Where these stand, no other thing stands between: a list holds its items, a row its cells.
CHILDREN = {
    "/L": {"/LI", "/Caption", "/L"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}


def faults(data: bytes) -> list[str]:
    """What is wrong with a PDF, for people who cannot see it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        reader = _Reader(pdf)
        found = [
            *reader.document(), *reader.elements(), *reader.headings(), *reader.tables(),
            *reader.pages(), *reader.fonts(),
        ]  # fmt: skip
    return found + _by_pdfua(data)


def _by_pdfua(data: bytes) -> list[str]:
    report = pdfua.validate(io.BytesIO(data))
    return [f"pdfua {one.rule_id}: {one.message}" for one in report.findings]


class _Reader:
    """One open file: its structure tree, read once, as elements in reading order."""

    def __init__(self, pdf: pikepdf.Pdf):
        self.pdf, self.root = pdf, pdf.Root
        self.tree = self.root.get("/StructTreeRoot", Dictionary())
        self.order: list[tuple[str, Dictionary]] = []
        self.wrong: list[str] = []
        self.marked: dict[tuple, tuple] = {}  # page and number of a content -> its element
        self.objects: dict[tuple, str] = {}  # annotation -> the tag of its element
        for child in _list(self.tree.get("/K")):
            self._walk(child, self.tree, None)
        self.parents = dict(_numbers(self.tree.get("/ParentTree", Dictionary())))

    def _walk(self, node, parent, page) -> None:
        if isinstance(node, int):
            self._content(page, int(node), parent)
        elif node.get("/Type") == Name.MCR:
            self._content(node.get("/Pg", page), int(node.MCID), parent)
        elif node.get("/Type") == Name.OBJR:
            self.objects[node.Obj.objgen] = str(parent.S)
        else:
            self._element(node, parent, page)

    def _element(self, node, parent, page) -> None:
        tag = str(node.get("/S"))
        self.order.append((tag, node))
        if node.get("/P") is None or node.P.objgen != parent.objgen:
            self.wrong.append(f"{tag} names another parent than the one it stands in")
        inside = str(parent.get("/S", ""))
        if inside in CHILDREN and tag not in CHILDREN[inside]:
            self.wrong.append(f"{tag} stands straight in {inside}")
        for child in _list(node.get("/K")):
            self._walk(child, node, node.get("/Pg", page))

    def _content(self, page, number: int, element) -> None:
        if page is None:
            self.wrong.append(f"content {number} of {element.S} names no page")
        elif (place := (page.objgen, number)) in self.marked:
            self.wrong.append(f"content {number} stands in two elements")
        else:
            self.marked[place] = element.objgen

    def document(self) -> Iterator[str]:
        if not self.root.get("/MarkInfo", Dictionary()).get("/Marked"):
            yield "it does not say that it is tagged"
        if self.root.get("/MarkInfo", Dictionary()).get("/Suspects"):
            yield "it says that its tags are not to be trusted"
        if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(self.root.get("/Lang", ""))):
            yield "no language"
        if not self.root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
            yield "a reader shows the name of the file, not its title"
        metadata = self.root.get("/Metadata")
        if metadata is None or not UA_PART.search(metadata.read_bytes()):
            yield "its metadata do not say PDF/UA part 1"
        with self.pdf.open_metadata() as told:
            if not str(told.get("dc:title", "")).strip():
                yield "no title in its metadata"
        if self.pdf.is_encrypted:
            yield "it is encrypted"
        yield from self.wrong

    def elements(self) -> Iterator[str]:
        roles = {str(key)[1:] for key in self.tree.get("/RoleMap", Dictionary())}
        if not self.order:
            yield "no structure tree"
        for tag, node in self.order:
            if tag[1:] not in STANDARD | roles:
                yield f"{tag} is no kind of element"
            words = str(node.get("/Alt", "")) or str(node.get("/ActualText", ""))
            if tag in ("/Figure", "/Formula") and not words.strip():
                yield f"a {tag} without words"

    def headings(self) -> Iterator[str]:
        levels = [int(tag[2:]) for tag, _node in self.order if re.fullmatch(r"/H[1-6]", tag)]
        if not levels or levels[0] != 1:
            yield "its first heading is no H1"
        for before, after in pairwise(levels):
            if after > before + 1:
                yield f"H{after} follows H{before}"

    def tables(self) -> Iterator[str]:
        """A header says what it is of, or each cell names its headers."""
        cells = [node for tag, node in self.order if tag == "/TD"]
        named = {str(one) for cell in cells for one in _attribute(cell, "/Headers") or ()}
        for node in (node for tag, node in self.order if tag == "/TH"):
            if not _attribute(node, "/Scope") and str(node.get("/ID", "")) not in named:
                yield "a TH of which nothing says what it is the header of"
        tags = {tag for tag, _node in self.order}
        if "/Table" in tags and "/TH" not in tags:
            yield "a table without headers"

    def pages(self) -> Iterator[str]:
        seen = set()
        for number, page in enumerate(self.pdf.pages, 1):
            yield from (f"page {number}: {fault}" for fault in self._page(page, seen))
        for _page, content in sorted(self.marked.keys() - seen):
            yield f"content {content} is in the tree and on no page"

    def _page(self, page, seen) -> Iterator[str]:
        parents = self.parents.get(int(page.obj.get("/StructParents", -1)))
        for content in self._contents(page):
            if isinstance(content, str):
                yield content
                continue
            place = (page.obj.objgen, content)
            seen.add(place)
            parent = parents[content] if parents and content < len(parents) else None
            if parent is None or self.marked.get(place) != parent.objgen:
                yield f"content {content} has no parent in the tree"
        annotations = _list(page.obj.get("/Annots"))
        if annotations and page.obj.get("/Tabs") != Name.S:
            yield "the keyboard does not follow the structure"
        for one in annotations:
            yield from self._annotation(one)

    @staticmethod
    def _contents(page) -> Iterator[int | str]:
        """The numbers of what is tagged; a sentence for what is neither tag nor artifact."""
        around: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                what = "artifact" if operands[0] == Name.Artifact else "other"
                if name == "BDC" and isinstance(operands[1], Dictionary):
                    number = operands[1].get("/MCID")
                    what = what if number is None else "tag"
                    if number is not None:
                        yield int(number)
                if {what, *around} >= {"tag", "artifact"}:
                    yield "a tag and an artifact stand one in the other"
                around.append(what)
            elif name == "EMC":
                around.pop()
            elif name in SHOWS and not {"tag", "artifact"} & set(around):
                yield f"{name} shows something outside of tags and artifacts"
        if around:
            yield "marked content that does not end"

    def _annotation(self, one) -> Iterator[str]:
        kind = str(one.get("/Subtype"))
        if not str(one.get("/Contents", "")).strip():
            yield f"a {kind} without words"
        element = self.parents.get(int(one.get("/StructParent", -1)))
        wanted = {"/Link": "/Link", "/Widget": "/Form"}.get(kind, "/Annot")
        if element is None or str(element.get("/S")) != wanted:
            yield f"a {kind} that is no {wanted} of the tree"
        if self.objects.get(one.objgen) != wanted:
            yield f"no {wanted} of the tree holds a {kind}"

    def fonts(self) -> Iterator[str]:
        for font in self._all_fonts():
            name = str(font.get("/BaseFont", "?"))
            if font.get("/Subtype") != Name.Type3 and not _is_inside(font):
                yield f"the font {name} is not inside"
            if "/ToUnicode" not in font:
                yield f"letters of the font {name} have no meaning"

    def _all_fonts(self) -> Iterator[Dictionary]:
        """Those that text is written with, not the parts of composed ones."""
        for thing in self.pdf.objects:
            if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font:
                is_part = str(thing.get("/Subtype", "")).startswith("/CIDFont")
                yield from () if is_part else (thing,)


def _is_inside(font) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", Dictionary())
    return any(f"/FontFile{which}" in descriptor for which in ("", "2", "3"))


def _attribute(element, name: str):
    return next((one[name] for one in _list(element.get("/A")) if name in one), None)


def _list(value) -> list:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _numbers(tree) -> Iterator[tuple[int, object]]:
    """The pairs of a number tree."""
    pairs = list(tree.get("/Nums", ()))
    yield from ((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=True))
    for child in tree.get("/Kids", ()):
        yield from _numbers(child)
