"""Rows of the filing, past `Model.save` and querysets: the same statement for a part of the time.

For rows whose models have no signals and no `save` of their own (the house has neither). What the
fields do to a value (defaults, JSON, time zones) is done here too.
"""

from functools import lru_cache
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def insert(row: Row) -> Row:
    """Write a new row and give it its key. Raises IntegrityError as `save` does."""
    return _insert(row, "")


def insert_once(row: Row, column: str) -> Row | None:
    """As `insert`; None, and nothing written, where the value of this unique column is taken.

    Asked so, a refusal needs no savepoint around it: two statements fewer for each message.
    """
    return _insert(row, f"ON CONFLICT ({connection.ops.quote_name(column)}) DO NOTHING")


def _insert(row, on_conflict):
    fields, sql = _insert_of(type(row), on_conflict)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        written = cursor.fetchone()
    if written is None:
        return None
    row.pk = written[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


@lru_cache
def _insert_of(model: type[models.Model], on_conflict: str) -> tuple[list[models.Field], str]:
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    sql = f"INSERT INTO {table} ({names}) VALUES ({places}) {on_conflict} RETURNING {key}"  # noqa: S608
    return fields, sql


def find(model: type[Row], key) -> Row | None:
    """The row of a key; None where there is none."""
    return next(iter(model._base_manager.raw(_select_of(model), [key])), None)


@lru_cache
def _select_of(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    return f"SELECT {names} FROM {table} WHERE {key} = %s"  # noqa: S608


def forget(row: models.Model) -> None:
    """Delete a row that nothing else names, by its key."""
    quote = connection.ops.quote_name
    table, key = quote(row._meta.db_table), quote(row._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [row.pk])  # noqa: S608
