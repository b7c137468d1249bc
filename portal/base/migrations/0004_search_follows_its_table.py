"""The full-text index follows its table by itself, in the order in which results are shown.

PostgreSQL keeps the vectors in the index alone: a stored column would tempt its planner to read
them row by row. Long columns go out of line, so that many hits lie on few pages.

SQLite keeps an FTS5 table whose row numbers are the day and the key: walked backwards it gives the
newest first, and can stop early. It holds no text of its own; triggers write it. A later migration that makes `base_searchentry` anew on SQLite (an altered
column) drops the triggers and must make them again: the tests of the search fail until it does.
"""

from django.db import migrations

# The proleptic ordinal of the day as Python counts it, 0 without one; then the key.
PLACE = (
    "((CASE WHEN {row}.dated_on IS NULL THEN 0 "
    "ELSE CAST(julianday({row}.dated_on) - 1721424.5 AS INTEGER) END << 32) | {row}.id)"
)
COLUMNS = "rowid, kind, title_stems, body_stems"
VALUES = f"{PLACE}, {{row}}.kind, {{row}}.title_stems, {{row}}.body_stems"
PUT = f"INSERT INTO base_search_fts({COLUMNS}) VALUES ({VALUES.format(row='new')});"
TAKE = (
    f"INSERT INTO base_search_fts(base_search_fts, {COLUMNS}) "
    f"VALUES ('delete', {VALUES.format(row='old')});"
)
SQLITE = [
    "DROP TABLE base_search_fts",
    "CREATE VIRTUAL TABLE base_search_fts USING fts5(kind, title_stems, body_stems, content='')",
    f"INSERT INTO base_search_fts({COLUMNS}) "  # noqa: S608 - constant SQL
    f"SELECT {VALUES.format(row='e')} FROM base_searchentry e",
    f"CREATE TRIGGER base_search_put AFTER INSERT ON base_searchentry BEGIN {PUT} END",
    f"CREATE TRIGGER base_search_take AFTER DELETE ON base_searchentry BEGIN {TAKE} END",
    f"CREATE TRIGGER base_search_move AFTER UPDATE ON base_searchentry BEGIN {TAKE} {PUT} END",
]
SQLITE_BACK = [
    "DROP TRIGGER base_search_put",
    "DROP TRIGGER base_search_take",
    "DROP TRIGGER base_search_move",
    "DROP TABLE base_search_fts",
    "CREATE VIRTUAL TABLE base_search_fts USING fts5(title_stems, body_stems)",
    "INSERT INTO base_search_fts(rowid, title_stems, body_stems) "
    "SELECT id, title_stems, body_stems FROM base_searchentry",
]
VECTOR = "to_tsvector('simple', title_stems || ' ' || body_stems)"
POSTGRESQL = [
    "DROP INDEX base_search_gin",
    "ALTER TABLE base_searchentry SET (toast_tuple_target = 128)",
    f"CREATE INDEX base_search_gin ON base_searchentry USING GIN ({VECTOR}) "
    "WITH (fastupdate = off)",
]
POSTGRESQL_BACK = [
    "DROP INDEX base_search_gin",
    "ALTER TABLE base_searchentry RESET (toast_tuple_target)",
    "CREATE INDEX base_search_gin ON base_searchentry USING GIN ("
    "(setweight(to_tsvector('simple', title_stems), 'A') || "
    "setweight(to_tsvector('simple', body_stems), 'B')))",
]


def build(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def back(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0003_contributions")]
    operations = [migrations.RunPython(build, back)]
