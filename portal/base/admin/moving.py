"""Rows that are moved from the desk: one by one through the workflow, whatever their room.

What is refused is told with its sentence, and the others go on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.base.machine import MoveRefused

LONGEST = 9  # digits
NEVER = -1  # no row has it: what is no revision is refused like an old one


@dataclass
class Outcome:
    """What became of many rows: those that were moved, and the others with the reason."""

    moved: list = field(default_factory=list)
    refused: list[tuple[object, str]] = field(default_factory=list)


def move_each(rows: Iterable, move: Callable) -> Outcome:
    """Make `move(row)` for each; a refusal of one stops no other."""
    outcome = Outcome()
    for row in rows:
        try:
            move(row)
        except MoveRefused as refused:
            outcome.refused.append((row, str(refused)))
        except PermissionDenied as denied:
            outcome.refused.append((row, str(denied) or _("Your role may not do that.")))
        else:
            outcome.moved.append(row)
    return outcome


def revision_field(row) -> str:
    """The name of the hidden field that holds the revision a row was drawn with."""
    return f"revision-{row.pk}"


def as_drawn(request, row):
    """The row at the revision that this person saw: who comes second is told so."""
    drawn = request.POST.get(revision_field(row))
    if drawn is not None:
        row.revision = revision_of(drawn)
    return row


def revision_of(drawn: str) -> int:
    """The revision of a form as a number; what is none, or longer than any, is nobody's."""
    is_one = drawn.isascii() and drawn.isdigit() and len(drawn) <= LONGEST
    return int(drawn) if is_one else NEVER


class MoveMixin:
    """For a ModelAdmin whose actions are moves of a workflow."""

    def move_rows(self, request, rows, move: Callable, **told) -> list:
        """Move each row with what the move is told; gives those that were moved."""
        outcome = move_each(
            rows, lambda row: move(as_drawn(request, row), actor=request.user, **told)
        )
        for row, sentence in outcome.refused:
            self.message_user(request, f"{row}: {sentence}", messages.WARNING)
        return outcome.moved

    def ask_first(self, request, rows, form, title, back=""):
        """The page that asks for what a move must be told. It carries the revisions it shows."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "chosen": [(row, revision_field(row)) for row in rows],
            "action": request.POST.get("action", ""),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "back": back or request.get_full_path(),
            "opts": self.opts,
        }
        return render(request, "admin/move.html", context)
