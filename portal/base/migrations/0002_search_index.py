"""The full-text index: an FTS5 table on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE base_search_fts USING fts5(title_stems, body_stems)"
POSTGRESQL = """
CREATE INDEX base_search_gin ON base_searchentry USING GIN (
    (setweight(to_tsvector('simple', title_stems), 'A') ||
     setweight(to_tsvector('simple', body_stems), 'B'))
)
"""


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    else:
        schema_editor.execute(POSTGRESQL)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE base_search_fts")
    else:
        schema_editor.execute("DROP INDEX base_search_gin")


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
