"""The moves that stand. One that was undone stays on record for the desk, and readers see neither
the move nor its undoing."""

from collections.abc import Iterable

from portal.base.models import Transition

UNDO = "undo_move"


def standing(moves: Iterable[Transition]) -> list[Transition]:
    """`moves` of one object, oldest first, without those that were undone.

    The detail of an undoing names the moves that it took back, which are the last of its machine.
    """
    kept: list[Transition] = []
    for move in moves:
        if move.move != UNDO:
            kept.append(move)
            continue
        for name in move.detail.split():
            _drop_last(kept, move.machine, name)
    return kept


def _drop_last(kept: list[Transition], machine: str, name: str) -> None:
    for place in range(len(kept) - 1, -1, -1):
        if (kept[place].machine, kept[place].move) == (machine, name):
            del kept[place]
            return
