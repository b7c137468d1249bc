"""State machines: a table of legal moves, one compare-and-set, one history row for each move.

Each room's `workflow.py` is the only writer of its status columns and goes through `move`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.base import clock, rows
from portal.base.models import Transition


class MoveRefused(Exception):
    """A move that may not be made; its text is a sentence to act on. Nothing was written."""


class Overtaken(MoveRefused):
    """Somebody else moved the row first; what was typed is still in the form."""


@dataclass(frozen=True)
class Machine:
    """One status column and its legal moves: `{move: (from states, to state)}`.

    A move whose `to` is None leaves the state as it is (an extension, an edit worth a trace).
    """

    kind: str
    column: str
    moves: Mapping[str, tuple[tuple[str, ...], str | None]]

    def move(self, obj, name: str, *, actor=None, at=None, reason="", detail="", to=None, **fields):
        """Make one move and write its history row; call it inside a transaction.

        `fields` are stored with the new state in the same UPDATE. `to` is given where the table
        leaves a choice. Raises MoveRefused when the move is not legal from the current state,
        Overtaken when the row changed since it was read.
        """
        sources, target = self.moves[name]
        before = getattr(obj, self.column)
        if before not in sources:
            raise MoveRefused(self._refusal(obj, before))
        after = to or target or before
        values = {**fields, self.column: after, "revision": obj.revision + 1}
        mine = type(obj).objects.filter(
            **{"pk": obj.pk, self.column: before, "revision": obj.revision}
        )
        if mine.update(**values) != 1:
            raise Overtaken(
                _("Somebody changed it a moment ago. Nothing was saved: open it again and look.")
            )
        for field, value in values.items():
            setattr(obj, field, value)
        record(
            self.kind, obj.pk, self.column, name,
            before=before, after=after, actor=actor, at=at, reason=reason, detail=detail,
        )  # fmt: skip
        return obj

    def allows(self, obj, name: str) -> bool:
        """Whether the move is legal from the present state (not whether this person may)."""
        return getattr(obj, self.column) in self.moves[name][0]

    def _refusal(self, obj, state) -> str:
        label = dict(type(obj)._meta.get_field(self.column).choices).get(state, state)
        return _("This can't be done now: its state is “%(state)s”.") % {"state": label}


def record(
    kind, object_id, machine, move, *, before="", after, actor=None, at=None, reason="", detail=""
) -> Transition:
    """One history row. `actor` is a user, or None for a citizen or the clock."""
    transition = Transition(
        kind=kind,
        object_id=object_id,
        machine=machine,
        move=move,
        from_state=before,
        to_state=after,
        actor=actor,
        reason=reason,
        detail=detail[:200],
        at=clock.now(at),
    )
    return rows.insert(transition)
