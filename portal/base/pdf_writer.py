"""Writes the PDF of a page, as a program of its own (`portal.base.apart`): HTML in, PDF out.

WeasyPrint takes two seconds to be imported and about 100 MB, which no web server has to keep. It
may read the static files of this portal and what a page holds itself, and nothing else.
"""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

TYPES = {
    ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml",
    ".png": "image/png", ".jpg": "image/jpeg",
}  # fmt: skip
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
    return page.write_pdf(pdf_variant="pdf/ua-1")


def main() -> None:
    """`pdf_writer.py STATIC_URL FOLDER…`: HTML on standard input, the PDF on standard output."""
    prefix, *names = sys.argv[1:]
    html = sys.stdin.buffer.read().decode()
    pdf = written(html, prefix, [Path(name).resolve() for name in names])
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
