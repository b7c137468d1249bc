"""Full-text search: one table of stems, found through FTS5 (SQLite) or a GIN index (PostgreSQL).

The Spanish analyser is ours because the usual recipe (accents off, then Snowball) separates
"contratación" from "contrataciones"; here both give the same stem on both databases.
"""

import re
import unicodedata
from functools import lru_cache

from django.db import connection
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL
from snowballstemmer import stemmer

from portal.base.models import SearchEntry

MAX_QUERY = 200
LONGEST_STEM = 60  # PostgreSQL refuses a query whose word is longer than 2046 bytes
MOST_FOUND = 5000
_WORD = re.compile(r"[^\W_]+")  # "_" parts words in both engines
_SHORT_PLURAL = re.compile(r"^(\w{2,3}[aeo])s$")
_snowball = stemmer("spanish")

# Words that say nothing by themselves, folded; nearly every text holds them.
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a al ante como con cual de del desde e el ella en entre es esta este la las le les lo los "
        "mas mi muy ni no o para pero por porque que se si sin sobre su sus te tu u un una uno "
        "unos unas y ya",
    )
)

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
    elif word.endswith(("amos", "emos", "imos")):
        # Nouns first: Snowball takes "paramos" and "reclamos" for verbs ("par", "recl").
        word = word[:-1]
    return fold(_snowball.stemWord(word))[:LONGEST_STEM]


def stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(fold(text))]


def searched_stems(query: str) -> list[str]:
    """The stems that `query` is searched by, each once; words that say nothing are left out."""
    words = _WORD.findall(fold(query[:MAX_QUERY]))
    return list(dict.fromkeys(stem(word) for word in words if word not in _EMPTY_WORDS))


def index(
    kind: str, object_id: int, *, path, title, body="", label="", event_slug="", dated_on=None
):
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
    """Entries that hold every word of `query`, unordered. No word that says something: none."""
    words = searched_stems(query)
    entries = SearchEntry.objects.filter(kind=kind) if kind else SearchEntry.objects.all()
    if not words:
        return entries.none()
    if connection.vendor == "sqlite":
        return entries.filter(pk__in=_hits(words))
    expression = " & ".join(f"'{word}'" for word in words)
    # Constant SQL; the visitor's words travel as a parameter.
    matches = RawSQL(  # noqa: S611
        f"{PG_VECTOR} @@ to_tsquery('simple', %s)", [expression], output_field=BooleanField()
    )
    return entries.filter(matches)


def newest(query: str, *, kind: str = "") -> list[int]:
    """Keys of what `find` gives, newest first and without a day last; at most MOST_FOUND + 1.

    One scan answers both "how many" and "which": a second one would cost as much again.
    """
    most, words = MOST_FOUND + 1, searched_stems(query)
    entries = find(query, kind=kind)
    if connection.vendor == "sqlite" and words:
        entries = _bounded(words, kind, most)
    ordered = entries.order_by(F("dated_on").desc(nulls_last=True), "-pk")
    return list(ordered.values_list("pk", flat=True)[:most])


def _bounded(words: list[str], kind: str, most: int) -> QuerySet[SearchEntry]:
    """What `find` gives on SQLite, at a price that does not grow with how common a word is.

    Within a kind its index is walked by day (`pk + 0` keeps SQLite from looking each hit up in
    the wide table). Over all kinds only the hits that became public last are looked at.
    """
    if not kind:
        return SearchEntry.objects.filter(pk__in=_hits(words, most))
    walked = SearchEntry.objects.filter(kind=kind).alias(key=F("pk") + 0)
    return walked.filter(key__in=_hits(words))


def _hits(words: list[str], most: int = -1) -> RawSQL:
    """The keys that SQLite's index has for all of `words`; -1 is no limit."""
    return RawSQL(
        "SELECT rowid FROM base_search_fts WHERE base_search_fts MATCH %s "
        "ORDER BY rowid DESC LIMIT %s",
        [" AND ".join(f'"{word}"' for word in words), most],
    )


def entries_in_order(keys: list[int]) -> list[SearchEntry]:
    """The entries of `keys`, in that order; one query."""
    by_key = SearchEntry.objects.in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def marked_snippet(text: str, query: str, *, length: int = 240) -> list[tuple[str, bool]]:
    """Pieces of `text` around the first hit, each with whether it is a hit."""
    wanted = set(searched_stems(query))

    def is_hit(word) -> bool:
        return not wanted.isdisjoint(stems(word.group()))

    first = next(filter(is_hit, _WORD.finditer(text)), None)
    start = max(0, first.start() - length // 3) if first else 0
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), first.end() if first else 0, start + length // 2)
    pieces, position = [], start
    if start:
        pieces.append(("… ", False))
    for hit in filter(is_hit, _WORD.finditer(text, start, end) if first else ()):
        pieces.append((text[position : hit.start()], False))
        pieces.append((hit.group(), True))
        position = hit.end()
    pieces.append((text[position:end], False))
    if end < len(text):
        pieces.append((" …", False))
    return pieces
