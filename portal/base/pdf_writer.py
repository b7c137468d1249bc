"""Writes the PDF of a page, as a program of its own (`portal.base.apart`): HTML in, PDF out.

WeasyPrint takes two seconds to be imported and about 100 MB, which no web server has to keep. It
may read the static files of this portal and what a page holds itself, and nothing else.
"""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pydyf
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

TYPES = {
    ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml",
    ".png": "image/png", ".jpg": "image/jpeg",
}  # fmt: skip
PAGINATION = {"Type": "/Pagination"}
IN_THE_PAGE = ("data:image/", "data:text/css,")


class StaticFilesOnly(URLFetcher):
    """Addresses under `prefix` are files of `folders`; what stands in the page itself is read."""

    def __init__(self, prefix: str, folders: list[Path]):
        super().__init__(allowed_protocols=["data"])
        self.prefix, self.folders = prefix, folders

    def fetch(self, url, headers=None):
        if url.startswith(IN_THE_PAGE):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc or not parts.path.startswith(self.prefix):
            raise ValueError("a page that is printed reads static files only")
        name = unquote(parts.path.removeprefix(self.prefix))
        content = self._file(name).read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": TYPES[Path(name).suffix]})

    def _file(self, name: str) -> Path:
        for folder in self.folders:
            path = (folder / name).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return path
        raise ValueError("no such static file")


def written(html: str, prefix: str, folders: list[Path]) -> bytes:
    """A tagged PDF/UA-1: language and title come from the page, every font is inside."""
    page = HTML(string=html, base_url="file:///", url_fetcher=StaticFilesOnly(prefix, folders))
    return page.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)


def finish(_document, pdf) -> None:
    """What WeasyPrint 70 leaves open: heads and feet of pages as artifacts, scopes of headers."""
    tree = _object(pdf, pdf.catalog["StructTreeRoot"])
    elements = _reached(pdf, tree)
    for element in elements.values():
        if element.get("S") == "/TH":
            group = _object(pdf, _object(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"
    pairs = _object(pdf, tree["ParentTree"])["Nums"]
    parents = dict(zip(pairs[::2], pairs[1::2], strict=True))
    for reference in pdf.page_references:
        page = _object(pdf, reference)
        loose = _loose(parents[page["StructParents"]], elements)
        _as_artifacts(_object(pdf, page["Contents"]).stream, loose)


def _object(pdf, reference: bytes):
    return pdf.objects[int(reference.split()[0])]


def _reached(pdf, tree) -> dict[int, dict]:
    """The elements that a reader comes to, by their number."""
    found, waiting = {}, [tree]
    while waiting:
        element = waiting.pop()
        found[element.number] = element
        waiting += [_object(pdf, kid) for kid in element.get("K", ()) if isinstance(kid, bytes)]
    return found


def _loose(contents: list, elements: dict) -> set[int]:
    """Contents of a page whose element hangs nowhere in the tree; their places become empty."""
    loose = {n for n, parent in enumerate(contents) if int(parent.split()[0]) not in elements}
    for number in loose:
        contents[number] = b"null"
    return loose


def _as_artifacts(stream: list, loose: set[int]) -> None:
    for place, said in enumerate(stream):
        if isinstance(said, dict) and said.get("MCID") in loose and stream[place + 1] == b"BDC":
            stream[place - 1], stream[place] = "/Artifact", pydyf.Dictionary(PAGINATION)


def main() -> None:
    """`pdf_writer.py STATIC_URL FOLDER…`: HTML on standard input, the PDF on standard output."""
    prefix, *names = sys.argv[1:]
    html = sys.stdin.buffer.read().decode()
    pdf = written(html, prefix, [Path(name).resolve() for name in names])
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
