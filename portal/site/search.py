"""Search over everything public."""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from portal.base import document_texts, safe_html, search_parts
from portal.base import search as index
from portal.base.document_texts import Place
from portal.base.models import SearchEntry
from portal.base.public_pages import MAX_PARAMETER, public_page

PER_PAGE = 20
TITLE_LETTERS = 300

# The word in the address, the kind of entry, what the filter says and what one result is.
KINDS = (
    ("eventos", "event", gettext_lazy("Events"), pgettext_lazy("search result", "Event")),
    (
        "preguntas",
        "question",
        gettext_lazy("Questions and answers"),
        pgettext_lazy("search result", "Question"),
    ),
    (
        "compromisos",
        "commitment",
        gettext_lazy("Commitments"),
        pgettext_lazy("search result", "Commitment"),
    ),
    (
        "actas",
        "minutes",
        pgettext_lazy("search filter", "Minutes"),
        pgettext_lazy("search result", "Minutes"),
    ),
    ("transcripciones", "record", gettext_lazy("Transcripts"), gettext_lazy("Transcript")),
    ("documentos", "document", gettext_lazy("Documents"), gettext_lazy("Document")),
)
_KIND_OF = {word: kind for word, kind, *_labels in KINDS}
_LABEL_OF = {kind: label for _word, kind, _plural, label in KINDS}


_LINK = re.compile(r"\[([^\[\]]*)\]\([^)\s]*\)")
# A line that ends without a stop, before a new sentence or before an item of a list.
_OPEN_LINE = re.compile(r"(?<![.!?:;,…\s])[ \t]*\n\s*(?=[«“\"¿¡(*_\[]*[A-ZÁÉÍÓÚÑ0-9#])")
_OPEN_ITEM = re.compile(r"(?<![.!?:;,…\s])[ \t]*\n\s*(?=[-*+] )")
_MARKUP = re.compile(r"[*`|#>]+|[-:]{3,}|^[^\S\n]*[-+] ", re.MULTILINE)


def plain(markdown: str) -> str:
    """Text for a snippet: without the marks of Markdown, and no sentence runs into another."""
    stopped = _OPEN_LINE.sub(". ", _OPEN_ITEM.sub(";\n", _LINK.sub(r"\1", markdown)))
    return " ".join(_MARKUP.sub(" ", stopped).split())


@dataclass(frozen=True)
class Result:
    """One found entry as the page shows it."""

    entry: SearchEntry
    query: str
    place: Place | None = None  # where the words stand, when they stand inside a document
    more: int = 0  # parts of the same text that are not shown

    @property
    def address(self) -> str:
        return f"/en{self.entry.path}" if get_language() == "en" else self.entry.path

    @property
    def kind(self) -> str:
        return _LABEL_OF.get(self.entry.kind, "")

    @property
    def kind_word(self) -> str:
        return next((word for word, kind, *_labels in KINDS if kind == self.entry.kind), "")

    @property
    def title(self):
        pieces = index.marked_snippet(self.entry.title, self.query, length=TITLE_LETTERS)
        return safe_html.marked(pieces)

    @property
    def snippet(self):
        if self.place:
            return safe_html.marked(index.marked_snippet(self.place.text, self.query))
        return safe_html.marked(index.marked_snippet(plain(self.entry.body), self.query))


def _results(keys: list[int], query: str, more: dict[int, int]) -> list[Result]:
    entries = index.entries_in_order(keys)
    places = document_texts.places(entries, query)
    return [Result(entry, query, places.get(entry.pk), more.get(entry.pk, 0)) for entry in entries]


@public_page(free=("q", "tipo", "pagina"))
def search(request):
    """One box, results by newest, a filter by kind. Odd input gives a sentence, never an error."""
    query = " ".join(request.GET.get("q", "").split())
    word = request.GET.get("tipo", "")
    found = search_parts.newest(query, kind=_KIND_OF.get(word, ""))
    paginator = Paginator(found.keys, PER_PAGE)
    page = paginator.get_page(request.GET.get("pagina"))
    context = {
        "title": _("Search"),
        "trail": [(_("Search"), "")],
        "query": query,
        "kinds": [(kind_word, label) for kind_word, _kind, label, _one in KINDS],
        "kind": word if word in _KIND_OF else "",
        "has_words": bool(index.searched_stems(query)),
        "is_cut": len(query) >= MAX_PARAMETER,
        "page": page,
        "more": found.is_cut,
        "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "results": _results(page.object_list, query, found.more),
    }
    return render(request, "site/search.html", context)
