"""Which files of contributions search reads: those of published answers, of public cases alone."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal.base import clock, document_texts
from portal.base.document_texts import PublicDocument
from questions.models import Answer, AnswerFile, Question


def documents(event_slug: str) -> Iterator[PublicDocument]:
    """The attachments of published answers, the newest edition first; one query."""
    answers = Answer.objects.public().filter(question__in=Question.objects.public())
    files = AnswerFile.objects.filter(answer__in=answers).select_related("answer__question__event")
    found = files.filter(answer__question__event__slug=event_slug) if event_slug else files
    with translation.override(settings.LANGUAGE_CODE):
        for file in found.order_by("-answer__edition", "pk"):
            yield _public(file)


def _public(file: AnswerFile) -> PublicDocument:
    question = file.answer.question
    return PublicDocument(
        file.stored_id,
        reverse("answer_file", kwargs={"number": question.number, "pk": file.pk}),
        file.title,
        question.public_title,
        question.event.slug if question.event else "",
        clock.local_day(file.answer.published_at),
    )


def files_path(question: Question) -> str:
    """Where the addresses of a contribution's attachments begin."""
    return f"/preguntas/{question.number}/anexos/"


document_texts.register("answer", documents)
