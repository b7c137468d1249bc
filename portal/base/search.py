"""Full-text search: one table of stems, found through FTS5 (SQLite) or a GIN index (PostgreSQL).

The Spanish analyser is ours because the usual recipe (accents off, then Snowball) separates
"contratación" from "contrataciones"; here both give the same stem on both databases.
"""

import re
import unicodedata
from functools import lru_cache

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from snowballstemmer import stemmer

from portal.base.models import SearchEntry

MAX_QUERY = 200
_WORD = re.compile(r"\w+")
_SHORT_PLURAL = re.compile(r"^(\w{2,3}[aeo])s$")
_snowball = stemmer("spanish")

PG_VECTOR = (
    "(setweight(to_tsvector('simple', title_stems), 'A') || "
    "setweight(to_tsvector('simple', body_stems), 'B'))"
)


def fold(text: str) -> str:
    """Lower case without accents: "Cepitá" → "cepita". "ñ" becomes "n", for recall."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word. Accents of -ción and -sión are put back for Snowball."""
    word = _SHORT_PLURAL.sub(r"\1", word)
    if word.endswith(("cion", "sion")):
        word = word[:-2] + "ón"
    return fold(_snowball.stemWord(word))


def stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(fold(text))]


def index(kind: str, object_id: int, *, path, title, body="", label="", event_slug="", dated_on=None):
    """Write or replace the search row of one public thing, in the caller's transaction."""
    entry, _created = SearchEntry.objects.update_or_create(
        kind=kind,
        object_id=object_id,
        defaults={
            "path": path,
            "title": title[:300],
            "body": body,
            "label": label[:200],
            "event_slug": event_slug,
            "dated_on": dated_on,
            "title_stems": " ".join(stems(title)),
            "body_stems": " ".join(stems(body)),
        },
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM base_search_fts WHERE rowid = %s", [entry.pk])
            cursor.execute(
                "INSERT INTO base_search_fts(rowid, title_stems, body_stems) VALUES (%s, %s, %s)",
                [entry.pk, entry.title_stems, entry.body_stems],
            )


def remove(kind: str, object_id: int) -> None:
    """Take one thing out of the search, because it is no longer public."""
    entries = SearchEntry.objects.filter(kind=kind, object_id=object_id)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pk in entries.values_list("pk", flat=True):
                cursor.execute("DELETE FROM base_search_fts WHERE rowid = %s", [pk])
    entries.delete()


def find(query: str, *, kind: str = "") -> QuerySet[SearchEntry]:
    """Entries that hold every word of `query`, unordered. No word, nothing found."""
    words = list(dict.fromkeys(stems(query[:MAX_QUERY])))
    entries = SearchEntry.objects.all()
    if kind:
        entries = entries.filter(kind=kind)
    if not words:
        return entries.none()
    if connection.vendor == "sqlite":
        expression = " AND ".join(f'"{word}"' for word in words)
        rows = RawSQL("SELECT rowid FROM base_search_fts WHERE base_search_fts MATCH %s", [expression])
        return entries.filter(pk__in=rows)
    expression = " & ".join(f"'{word}'" for word in words)
    # Constant SQL; the visitor's words travel as a parameter.
    matches = RawSQL(  # noqa: S611
        f"{PG_VECTOR} @@ to_tsquery('simple', %s)", [expression], output_field=BooleanField()
    )
    return entries.filter(matches)


def marked_snippet(text: str, query: str, *, length: int = 240) -> list[tuple[str, bool]]:
    """Pieces of `text` around the first hit, each with whether it is a hit."""
    wanted = set(stems(query[:MAX_QUERY]))
    hits = [m for m in _WORD.finditer(text) if wanted & set(stems(m.group()))]
    start = max(0, hits[0].start() - length // 3) if hits else 0
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + length)
    pieces, position = [], start
    if start:
        pieces.append(("… ", False))
    for hit in hits:
        if hit.start() < position or hit.end() > end:
            continue
        pieces.append((text[position : hit.start()], False))
        pieces.append((hit.group(), True))
        position = hit.end()
    pieces.append((text[position:end], False))
    if end < len(text):
        pieces.append((" …", False))
    return pieces
