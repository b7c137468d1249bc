"""Full-text search: one table of stems, found through FTS5 (SQLite) or a GIN index (PostgreSQL).

The Spanish analyser is ours because the usual recipe (accents off, then Snowball) separates
"contratación" from "contrataciones"; here both give the same stem on both databases.
"""

import math
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from snowballstemmer import stemmer

from portal.base import search_index
from portal.base.models import SearchEntry

MAX_QUERY = 200
LONGEST_STEM = 60  # PostgreSQL refuses a query whose word is longer than 2046 bytes
MOST_FOUND = 5000
COMMON = 5000  # a word of so many entries tells none of them apart
MOST_WORDS, MOST_LOOKED_UP = 60, 16
_WORD = re.compile(r"[^\W_]+")  # "_" parts words in both engines
_SHORT_PLURAL = re.compile(r"^(\w{2,3}[aeo])s$")
_snowball, _one_at_a_time = stemmer("spanish"), threading.Lock()

# Words that say nothing by themselves, folded; nearly every text holds them.
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a al ante como con cual de del desde e el ella en entre es esta este la las le les lo los "
        "mas mi muy ni no o para pero por porque que se si sin sobre su sus te tu u un una uno "
        "unos unas y ya",
    )
)

# What people write around a question; two texts are not alike because both are polite.
_COURTESY = frozenset(
    re.findall(
        r"\w+",
        "buenas buenos cordial cuando cuanta cuantas cuanto cuantos dia dias donde favor gracias "
        "hace hacen hacer han hay he noches pregunta quiero quisiera quien saber saludo senor "
        "senora senores ser son tardes tiene tienen van",
    )
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
    with _one_at_a_time:  # the stemmer keeps the word it is working on in itself
        stemmed = _snowball.stemWord(word)
    return fold(stemmed)[:LONGEST_STEM]


def stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(fold(text))]


def searched_stems(query: str) -> list[str]:
    """The stems that `query` is searched by, each once; words that say nothing are left out."""
    words = _WORD.findall(fold(query[:MAX_QUERY]))
    return list(dict.fromkeys(stem(word) for word in words if word not in _EMPTY_WORDS))


def index(
    kind: str, object_id: int, *,
    path, title, body="", label="", event_slug="", dated_on=None, body_stems=None,
):  # fmt: skip
    """Write or replace the search row of one public thing, in the caller's transaction.

    `body_stems` where the words to be found are more than the `body` that is kept with them.
    """
    SearchEntry.objects.update_or_create(
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
            "body_stems": " ".join(stems(body)) if body_stems is None else body_stems,
        },
    )


def remove(kind: str, object_id: int) -> None:
    """Take one thing out of the search, because it is no longer public."""
    SearchEntry.objects.filter(kind=kind, object_id=object_id).delete()


def find(query: str, *, kind: str = "") -> QuerySet[SearchEntry]:
    """Entries that hold every word of `query`, unordered. No word that says something: none."""
    words = searched_stems(query)
    return search_index.entries(words, kind) if words else SearchEntry.objects.none()


def objects(query: str, *, kind: str) -> list[int]:
    """`object_id` of the newest things of a kind that `find` gives; at most MOST_FOUND + 1."""
    words = searched_stems(query)
    return search_index.objects(words, kind, MOST_FOUND + 1) if words else []


@dataclass(frozen=True)
class Nearest:
    """What comes near a text: how much each of its words weighs, and what holds the heaviest."""

    weights: dict[str, float]
    object_ids: list[int]

    def overlap(self, *texts: str) -> float:
        """How alike the words of other texts are, 0 to 1; one word in common is nothing yet.

        The geometric mean of what it says of what is said here, weighted by rarity, and of how
        much of it is about that; a long text that also tells other things may still be alike.
        """
        theirs = frozenset().union(*map(_telling_stems, texts))
        shared = theirs & self.weights.keys()
        if len(shared) < min(2, len(theirs)) or not shared:
            return 0.0
        said = sum(self.weights[word] for word in shared) / sum(self.weights.values())
        return math.sqrt(said * len(shared) / min(len(theirs), 2 * len(self.weights)))


def closest(text: str, *, kind: str, limit: int = 40) -> Nearest:
    """Entries of `kind` that share the rarest words with `text`, the nearest first.

    Three queries at most, whatever the text. A word that no entry holds weighs most and finds
    nothing; a text of common words alone is near to everything, so nothing is found for it.
    """
    words = sorted(_telling_stems(text), key=lambda word: (-len(word), word))[:MOST_WORDS]
    if not words:
        return Nearest({}, [])
    total, documents = search_index.documents(words, COMMON)
    weights = {word: _rarity(documents.get(word, 0), total) for word in words}
    looked_up, hits = {}, 0
    for word in sorted(words, key=lambda word: documents.get(word, 0)):
        number = documents.get(word, 0)
        if not number or number >= COMMON:
            continue
        looked_up[word], hits = weights[word], hits + number
        if hits > COMMON or len(looked_up) == MOST_LOOKED_UP:
            break
    found = search_index.heaviest(looked_up, kind, limit) if looked_up else []
    return Nearest(weights, found)


@lru_cache(maxsize=2000)
def _telling_stems(text: str) -> frozenset[str]:
    """The stems by which texts are compared; public ones are compared again and again."""
    words = _WORD.findall(fold(text))
    telling = (word for word in words if word not in _EMPTY_WORDS and word not in _COURTESY)
    return frozenset(stem(word) for word in telling)


def _rarity(documents: int, total: int) -> float:
    """Weight of a word: 1 where every other entry has it, and more the fewer do."""
    if documents >= COMMON:
        return 1.0
    return math.log2(1 + max(total, 1) / max(documents, 0.5))


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
