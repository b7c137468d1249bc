"""Numbers in addresses, with a bound: Django's `int` takes any, and no database counts so far."""

from django.urls import register_converter
from django.urls.converters import IntConverter

MOST_DIGITS = 18
NO_ROW = 10**MOST_DIGITS  # a column holds it, and no row of ours has it


class Number(IntConverter):
    """A key or a number of ours. What is longer than any is that of no row, so its page is 404:
    were it no match, the desk would take it for an old address of a form."""

    def to_python(self, value):
        return int(value) if len(value) <= MOST_DIGITS else NO_ROW


class Year(IntConverter):
    """A year with its four digits, from 1000 on."""

    regex = "[1-9][0-9]{3}"


register_converter(Number, "number")
register_converter(Year, "year")
