"""What follows when the public side of a contribution changes: versions and its search row."""

from portal.base import document_texts, search, search_rebuild, versions
from portal.base.language import default_path
from questions import document_search
from questions.models import Answer, Question


def question_changed(question: Question) -> None:
    """Move the versions and write (or take away) the search row, in the move's transaction."""
    versions.content_changed(question.event.slug if question.event_id else "")
    if question.visibility != Question.Visibility.PUBLISHED and question.published_at:
        document_texts.forget(document_search.files_path(question))
    _index(question)


def _index(question: Question) -> None:
    if question.visibility != Question.Visibility.PUBLISHED:
        return search.remove("question", question.pk)
    answer = standing_answer(question)
    return search.index(
        "question",
        question.pk,
        path=default_path(question),
        title=question.public_title,
        body="\n".join([question.public_text, *([answer.summary, answer.body] if answer else [])]),
        label=f"{question.place} · {question.topic.name}",
        event_slug=question.event.slug if question.event_id else "",
        dated_on=question.local_day,
    )


def standing_answer(question: Question) -> Answer | None:
    """The newest published edition."""
    return question.answers.public().order_by("-edition").first()


def _put(key: int) -> None:
    # Columns that may be empty are read after the lock: PostgreSQL locks no outer join.
    _index(Question.objects.select_for_update().get(pk=key))


def _keys():
    return Question.objects.values_list("pk", flat=True)


search_rebuild.register("question", search_rebuild.Kind(_keys, _put))
