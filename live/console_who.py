"""Who came first: the loser of a race is told what happened and by whom."""

from django.utils.translation import gettext as _

from evaluation.models import Survey
from portal.base.dates import clock
from portal.base.models import Transition
from questions.models import LiveTurn, Question

# A session names who was first by itself.
KINDS = {
    Question: "question",
    LiveTurn: "live_turn",
    Survey: "survey",
}
WARNED = ("on_air", "air_again")  # the acts that another question on air refuses


def named(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def with_who(refused, row, *, act: str, event, user) -> str:
    """The refusal, and who made the move that came first, where it was somebody else."""
    move = _last_move(_looked_at(row, act, event))
    if move is None or move.actor is None or move.actor == user:
        return str(refused)
    words = {"who": named(move.actor), "hour": clock(move.at)}
    # outside of the f-string: makemessages does not read within
    first = _("%(who)s did it at %(hour)s.") % words
    return f"{refused} {first}"


def _looked_at(row, act: str, event):
    """The row itself; for a question that could not go on air, the one that is."""
    if act not in WARNED:
        return row
    others = LiveTurn.objects.filter(event=event, status=LiveTurn.Status.ON_AIR)
    return others.first() or row


def _last_move(row) -> Transition | None:
    kind = KINDS.get(type(row))
    if kind is None:
        return None
    moves = Transition.objects.of(kind, row.pk).select_related("actor")
    return moves.last()
