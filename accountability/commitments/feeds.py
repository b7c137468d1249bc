"""News of commitments: all of them, or those of one."""

import heapq
from collections.abc import Iterator

from accountability.models import Commitment, CommitmentDateChange, CommitmentUpdate
from portal.base.language import default_path
from portal.base.models import Transition
from portal.base.news import News

# In the history of a commitment: what is news of itself, and of no update.
MOVES = ("publish_commitment", "change_date", "fulfil_commitment", "close_partly",
         "withdraw_commitment")  # fmt: skip


def newest(most: int, commitments=None) -> list[News]:
    """The newest of public `commitments` (all of them), newest first, in four queries."""
    shown = Commitment.objects.public() if commitments is None else commitments
    every = [*_moves(shown, most), *_updates(shown, most)]
    return heapq.nlargest(most, every, key=lambda item: (item.at, item.kind, item.pk))


def _moves(shown, most: int) -> Iterator[News]:
    """Publication, changes of date and ends, as the history has them."""
    keys = shown.values("pk")
    rows = Transition.objects.filter(kind="commitment", move__in=MOVES, object_id__in=keys)
    moves = list(rows.order_by("-at", "-pk")[:most])
    by_key = shown.in_bulk({move.object_id for move in moves})
    for move in moves:
        commitment = by_key[move.object_id]
        title, summary = _said(commitment, move)
        if move.move == "publish_commitment":  # as the news of the whole portal know it
            yield _news("commitment", commitment.pk, move.at, commitment, title, summary)
        else:
            yield _news("commitment-move", move.pk, move.at, commitment, title, summary)


def _said(commitment, move) -> tuple[str, str]:
    if move.move == "publish_commitment":
        return commitment.title, commitment.promised
    if move.move == "change_date":
        return f"{CommitmentDateChange._meta.verbose_name}: {commitment.title}", move.reason
    return f"{commitment.get_status_display()}: {commitment.title}", move.reason


def _updates(shown, most: int) -> Iterator[News]:
    rows = CommitmentUpdate.objects.public().filter(commitment__in=shown)
    dated = rows.exclude(published_at=None).select_related("commitment")
    for update in dated.order_by("-published_at", "-pk")[:most]:
        summary = update.body or update.commitment.title
        yield _news(
            "update", update.pk, update.published_at, update.commitment, update.title, summary
        )


def _news(kind, pk, at, commitment, title, summary) -> News:
    title = f"{commitment.reference}. {title}"
    return News(kind, pk, at, title, summary, default_path(commitment))
