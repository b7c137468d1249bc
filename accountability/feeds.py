"""News of what stays: minutes, commitments, and what was done for them."""

from collections.abc import Iterator

from accountability.models import Commitment, CommitmentUpdate, Minutes
from portal.base import news
from portal.base.language import default_path
from portal.base.models import Transition


def newest(most: int) -> Iterator[news.News]:
    yield from _minutes(most)
    yield from _commitments(most)
    yield from _updates(most)


def _minutes(most: int) -> Iterator[news.News]:
    """Every edition is a news of its own: later ones say what they change."""
    editions = Minutes.objects.public().exclude(published_at=None).select_related("event")
    for minutes in editions.order_by("-published_at", "-pk")[:most]:
        summary = minutes.change_note or minutes.event.full_name
        yield news.News(
            "minutes", minutes.pk, minutes.published_at, str(minutes), summary,
            default_path(minutes),
        )  # fmt: skip


def _commitments(most: int) -> Iterator[news.News]:
    """When each was published stands in its history alone."""
    moves = Transition.objects.filter(kind="commitment", move="publish_commitment")
    published = dict(moves.order_by("-at", "-pk").values_list("object_id", "at")[:most])
    for commitment in Commitment.objects.public().filter(pk__in=published):
        yield news.News(
            "commitment",
            commitment.pk,
            published[commitment.pk],
            f"{commitment.reference}. {commitment.title}",
            commitment.promised,
            default_path(commitment),
        )


def _updates(most: int) -> Iterator[news.News]:
    updates = CommitmentUpdate.objects.public().filter(commitment__in=Commitment.objects.public())
    rows = updates.exclude(published_at=None).select_related("commitment")
    for update in rows.order_by("-published_at", "-pk")[:most]:
        commitment = update.commitment
        yield news.News(
            "update",
            update.pk,
            update.published_at,
            f"{commitment.reference}. {update.title}",
            update.body or commitment.title,
            default_path(commitment),
        )


news.register("accountability", newest)
