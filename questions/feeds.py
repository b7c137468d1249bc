"""News of contributions: an answer was published, or corrected."""

from collections.abc import Iterator

from portal.base import news
from portal.base.language import default_path
from questions.models import Answer, Question


def newest(most: int) -> Iterator[news.News]:
    """The standing answers of published contributions; a correction is new again."""
    answers = Answer.objects.public().filter(question__in=Question.objects.public())
    seen = set()
    for answer in answers.select_related("question").order_by("-published_at", "-pk")[:most]:
        question = answer.question
        if question.pk in seen or answer.published_at is None:
            continue
        seen.add(question.pk)
        yield news.News(
            "answer",
            question.pk,
            answer.published_at,
            question.public_title,
            answer.summary,
            default_path(question),
        )


news.register("questions", newest)
