"""Trusted HTML. The only file that marks a string as safe; each function says why it may."""

import json
import re
from functools import lru_cache
from pathlib import Path

import nh3
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4"} | {
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable("table")
_PATH = re.compile(r"[MhvHVz0-9 -]*")
_ICONS = Path(settings.BASE_DIR) / "templates" / "icons"


@lru_cache(maxsize=512)
def markdown(text: str) -> SafeString:
    """Staff's Markdown. Safe: HTML is off in the parser and nh3 keeps a short list of tags."""
    html = _markdown.render(text).replace("<h1>", "<h3>").replace("</h1>", "</h3>")
    html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    clean = clean.replace("<table>", '<div class="corre" tabindex="0"><table class="tabla">')
    return mark_safe(clean.replace("</table>", "</table></div>"))


@lru_cache(maxsize=128)
def icon(name: str, css_class: str = "ico") -> SafeString:
    """One of our own icons, drawn in the page. Safe: read from our files, the class is ours."""
    if not name.replace("-", "").isalnum():
        raise ValueError(f"not an icon's name: {name}")
    svg = (_ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    return mark_safe(svg.replace("<svg", f'<svg class="{escape(css_class)}" aria-hidden="true"', 1))


def marked(pieces: list[tuple[str, bool]]) -> SafeString:
    """A search snippet. Safe: every piece is escaped, only our own <mark> is added."""
    return mark_safe(
        "".join(f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in pieces)
    )


def redacted(text: str, mark) -> SafeString:
    """Public text whose marks, such as [nombre oculto], are drawn. Safe: escaped before drawing."""
    return mark_safe(mark.sub(r'<span class="tachado">\1</span>', escape(text)))


def drawing(path: str, side: int, title: str) -> SafeString:
    """A square drawing of ours (a QR). Safe: its path is letters and numbers, its title escaped."""
    if not _PATH.fullmatch(path):
        raise ValueError("not a path of ours")
    return mark_safe(
        f'<svg class="qr" role="img" viewBox="0 0 {int(side)} {int(side)}">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0 0h{int(side)}v{int(side)}H0z"/>'
        f'<path d="{path}"/></svg>'
    )


def json_ld(data: dict) -> SafeString:
    """A JSON-LD block. Safe: <, > and & are written as escapes, so it cannot close its element."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for raw, code in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(raw, code)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
