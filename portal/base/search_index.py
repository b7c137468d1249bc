"""The two engines behind the search: FTS5 on SQLite, a GIN index on PostgreSQL.

Both follow the table of entries by themselves (migration 0004 of the base). What is asked here is
bounded: a common word costs no more than a rare one by much, however many entries there are.
"""

import json

from django.db import connection
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from portal.base.models import SearchEntry

# A row number of FTS5 is the day and, in its lower half, the key.
KEY_BITS = 0xFFFFFFFF
# Stands for "all entries" among counted words: keys are given in order, few are ever taken back.
LAST_KEY = "SELECT '', (SELECT max(id) FROM base_searchentry)"
# What ANALYZE counted, as it did for the shares; -1 before the first time.
ANALYZED = (
    "SELECT '', coalesce((SELECT nullif(greatest(reltuples, 0), 0)::bigint FROM pg_class "
    "WHERE oid = 'base_searchentry'::regclass), (SELECT max(id) FROM base_searchentry))"
)
# The expression of the index, letter by letter: only then it is used.
PG_VECTOR = "to_tsvector('simple', title_stems || ' ' || body_stems)"


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def entries(words: list[str], kind: str) -> QuerySet[SearchEntry]:
    """Entries that hold every one of `words` (stems), unordered."""
    if is_sqlite():
        hits = RawSQL(
            "SELECT rowid & %s FROM base_search_fts WHERE base_search_fts MATCH %s",
            [KEY_BITS, _every(words, kind)],
        )
        return SearchEntry.objects.filter(pk__in=hits)
    found = SearchEntry.objects.filter(_holds(words))
    return found.filter(kind=kind) if kind else found


def newest_told(
    words: list[str], kind: str, most: int, kinds: tuple[str, ...]
) -> tuple[list[int], dict[int, tuple[str, int]]]:
    """Keys of at most `most` entries that hold every word, newest first, without a day last; and
    by their key kind and `object_id` of those of one of `kinds`.

    One statement. SQLite tells of every entry of these kinds, which stand in an index: to open
    thousands of found ones would cost more than to find them.
    """
    if is_sqlite():
        sql = (
            "SELECT rowid & %s, NULL, NULL FROM (SELECT rowid FROM base_search_fts "
            "WHERE base_search_fts MATCH %s ORDER BY rowid DESC LIMIT %s) UNION ALL "
            "SELECT id, kind, object_id FROM base_searchentry "
            "WHERE kind IN (SELECT value FROM json_each(%s))"
        )
        rows = _rows(sql, [KEY_BITS, _every(words, kind), most, json.dumps(kinds)])
        keys = [key for key, told, _number in rows if told is None]
    else:
        holds = _holds(words)
        sql = (
            "SELECT id, CASE WHEN kind = ANY(%s) THEN kind END, object_id "  # noqa: S608 - constant
            f"FROM base_searchentry WHERE {holds.sql} AND (%s = '' OR kind = %s) "
            "ORDER BY dated_on DESC NULLS LAST, id DESC LIMIT %s"
        )
        rows = _rows(sql, [list(kinds), *holds.params, kind, kind, most])
        keys = [key for key, _told, _number in rows]
    return keys, {key: (told, number) for key, told, number in rows if told}


def objects(words: list[str], kind: str, most: int) -> list[int]:
    """`object_id` of at most `most` entries of a kind that hold every word, newest first."""
    if is_sqlite():
        sql = (
            "SELECT object_id FROM (SELECT rowid AS place FROM base_search_fts "
            "WHERE base_search_fts MATCH %s ORDER BY rowid DESC LIMIT %s) AS hits "
            "JOIN base_searchentry ON id = place & %s ORDER BY place DESC"
        )
        return [row[0] for row in _rows(sql, [_every(words, kind), most, KEY_BITS])]
    ordered = entries(words, kind).order_by(F("dated_on").desc(nulls_last=True), "-pk")
    return list(ordered.values_list("object_id", flat=True)[:most])


def among(keys: list[int]) -> RawSQL:
    """Thousands of keys as one parameter, for `pk__in`."""
    if is_sqlite():
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])
    return RawSQL("SELECT unnest(%s::bigint[])", [keys])


def _every(words: list[str], kind: str) -> str:
    """FTS5's expression for "all of these", of one kind or of all."""
    wanted = " AND ".join(f'"{word}"' for word in words)
    wanted = f"{{title_stems body_stems}} : ({wanted})"
    return f'kind : "{kind}" AND {wanted}' if kind else wanted


def _holds(words: list[str]) -> RawSQL:
    """PostgreSQL's condition for "all of these"; the words travel as a parameter."""
    expression = " & ".join(f"'{word}'" for word in words)
    # Constant SQL.
    return RawSQL(  # noqa: S611
        f"{PG_VECTOR} @@ to_tsquery('simple', %s)",
        [expression],
        output_field=BooleanField(),
    )


def documents(words: list[str], most: int) -> tuple[int, dict[str, int]]:
    """About how many entries there are, and how many hold each word, counted up to `most`."""
    if is_sqlite():
        one = (
            "SELECT %s, (SELECT count(*) FROM (SELECT 1 FROM base_search_fts "
            "WHERE base_search_fts MATCH %s LIMIT %s))"
        )
        sql = " UNION ALL ".join([one] * len(words) + [LAST_KEY])
        rows = _rows(sql, [p for word in words for p in (word, _every([word], ""), most)])
        counted = dict(rows)
        return counted.pop("") or 0, counted
    known = _sampled(words)
    others = [word for word in words if word not in known]
    sql = (
        "SELECT word, (SELECT count(*) FROM base_searchentry "  # noqa: S608 - constant SQL
        f"WHERE {PG_VECTOR} @@ to_tsquery('simple', quote_literal(word))) "
        f"FROM unnest(%s::text[]) AS word UNION ALL {ANALYZED}"
    )
    counted = dict(_rows(sql, [others]))
    total = counted.pop("") or 0
    counted |= {word: round(share * total) for word, share in known.items()}
    return total, {word: min(number, most) for word, number in counted.items()}


def _sampled(words: list[str]) -> dict[str, float]:
    """The share of entries that hold each word, for the most common ones.

    PostgreSQL keeps it from its last ANALYZE; to count them anew would take a scan of each.
    """
    return dict(
        _rows(
            "SELECT word, share FROM pg_stats, unnest(most_common_elems::text::text[], "
            "most_common_elem_freqs) AS common(word, share) WHERE tablename = 'base_search_gin' "
            "AND schemaname = current_schema() AND word = ANY(%s)",
            [words],
        )
    )


def heaviest(weights: dict[str, float], kind: str, most: int) -> list[int]:
    """`object_id` of the entries of a kind whose words of `weights` weigh most together."""
    if is_sqlite():
        one = (
            "SELECT rowid & %s AS key, %s AS weight FROM base_search_fts "
            "WHERE base_search_fts MATCH %s"
        )
        hits = " UNION ALL ".join([one] * len(weights))
        params = [p for w, weight in weights.items() for p in (KEY_BITS, weight, _every([w], kind))]
    else:
        hits = (
            "SELECT id AS key, weight "  # noqa: S608 - constant SQL
            "FROM unnest(%s::text[], %s::float[]) AS wanted(word, weight) "
            f"JOIN base_searchentry ON {PG_VECTOR} @@ to_tsquery('simple', quote_literal(word)) "
            "WHERE kind = %s"
        )
        params = [list(weights), list(weights.values()), kind]
    sql = (
        f"SELECT object_id FROM (SELECT key, sum(weight) AS total FROM ({hits}) AS hits "  # noqa: S608
        "GROUP BY key ORDER BY total DESC, key DESC LIMIT %s) AS best "
        "JOIN base_searchentry ON base_searchentry.id = best.key ORDER BY total DESC, key DESC"
    )
    return [row[0] for row in _rows(sql, [*params, most])]


def _rows(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
