"""Contributions that ask the same, found by the rarest words they share."""

from django.db.models import Q

from portal.base import search
from questions.models import Question

S, V = Question.Status, Question.Visibility

ALIKE = 0.3  # from here on two texts are worth showing side by side
MOST_COMPARED = 300  # what is not public is in no index: it is compared one by one


def similar_published(text: str, *, limit: int = 3, exclude: Question | None = None) -> list:
    """Published contributions that resemble `text`, the nearest first.

    Each has `similarity`, 0 to 1, and what a list shows. Five queries at most, whatever the text.
    """
    nearest = search.closest(text, kind="question")
    return _best(_published(nearest, exclude), limit)


def similar_for_desk(question: Question, user, limit: int = 5) -> list:
    """What resembles a contribution, for this person: what is published, and what is still open
    and may be opened by them, of the same event or of none. The nearest first, with `similarity`.
    """
    nearest = search.closest(question.original_text, kind="question")
    return _best([*_published(nearest, question), *_open(nearest, question, user)], limit)


def _published(nearest: search.Nearest, exclude: Question | None) -> list[Question]:
    """The published ones among the nearest; joined ones are found where they were joined to."""
    if not nearest.object_ids:
        return []
    found = Question.objects.public().filter(pk__in=nearest.object_ids).exclude(status=S.MERGED)
    if exclude is not None:
        found = found.exclude(pk=exclude.pk)
    alike = {
        pk: max(nearest.overlap(text), nearest.overlap(title, text))
        for pk, title, text in found.values_list("pk", "title", "public_text")
    }
    return _those(alike)


def _open(nearest: search.Nearest, question: Question, user) -> list[Question]:
    """The newest of what waits unpublished, compared in memory: the index is for everybody."""
    if not nearest.weights:
        return []
    texts = (
        Question.objects.visible_to(user)
        .filter(Q(event=question.event_id) | Q(event__isnull=True))
        .filter(visibility__in=(V.UNMODERATED, V.WITHHELD), status__in=S.OPEN)
        .exclude(pk=question.pk)
        .order_by("-number")
        .values_list("pk", "original_text")[:MOST_COMPARED]
    )
    alike = {pk: nearest.overlap(text) for pk, text in texts}
    return _those(alike)


def _those(alike: dict[int, float]) -> list[Question]:
    """The ones that are alike enough, with what is shown of them; of the rest only words were
    read."""
    wanted = [pk for pk, similarity in alike.items() if similarity >= ALIKE]
    shown = Question.objects.select_related("municipality", "office", "petition")
    questions = list(shown.filter(pk__in=wanted)) if wanted else []
    for found in questions:
        found.similarity = alike[found.pk]
    return questions


def _best(questions: list[Question], limit: int) -> list[Question]:
    return sorted(questions, key=lambda q: (-q.similarity, -q.number))[:limit]
