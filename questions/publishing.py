"""What follows when the public side of a contribution changes: versions and its search row."""

from portal.base import document_texts, search, versions
from portal.base.language import default_path
from questions import document_search
from questions.models import Answer, Question


def question_changed(question: Question) -> None:
    """Move the versions and write (or take away) the search row, in the move's transaction."""
    versions.content_changed(question.event.slug if question.event_id else "")
    if question.visibility != Question.Visibility.PUBLISHED:
        search.remove("question", question.pk)
        if question.published_at:
            document_texts.forget(document_search.files_path(question))
        return
    answer = standing_answer(question)
    search.index(
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
