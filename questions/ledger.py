"""What contributions put into the publication log: every published edition, and its files."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.base import ledger
from portal.base.language import default_path
from portal.base.ledger import Standing
from portal.base.models import PublicationEntry
from questions.models import Answer, AnswerFile, Question

ANSWER, FILE = "answer", "answer_file"


def _reference(answer: Answer) -> str:
    return f"{answer.question.reference}/{answer.edition}"


def _content(answer: Answer) -> bytes:
    """The words of an edition; its files have entries of their own."""
    return ledger.canonical(
        reference=answer.question.reference,
        edition=answer.edition,
        office=answer.office.name,
        summary=answer.summary,
        body=answer.body,
        correction=answer.correction_note,
    )


def _file_reference(file: AnswerFile) -> str:
    return f"{_reference(file.answer)}/{file.pk}"


def answer_published(answer: Answer, *, at=None) -> None:
    """Append an edition and its files, in the transaction that publishes it."""
    question = answer.question
    is_public = question.visibility == Question.Visibility.PUBLISHED
    path = default_path(question) if is_public else ""
    ledger.append(ANSWER, _reference(answer), ledger.digest(_content(answer)), path=path, at=at)
    for file in answer.files.select_related("stored"):
        file.answer = answer
        ledger.append(FILE, _file_reference(file), file.stored.sha256, path=path, at=at)


def entry_of(answer: Answer) -> PublicationEntry | None:
    """Where the log says what this edition holds."""
    reference = _reference(answer)
    return ledger.newest(ANSWER, [reference]).get(reference)


def _published():
    published = Answer.objects.filter(status=Answer.Status.PUBLISHED)
    return published.select_related("question", "office")


def _answers() -> Iterator[Standing]:
    for answer in _published().iterator(ledger.CHUNK):
        yield Standing(_reference(answer), ledger.digest(_content(answer)))


def _files() -> Iterator[Standing]:
    files = AnswerFile.objects.filter(answer__status=Answer.Status.PUBLISHED)
    for file in files.select_related("stored", "answer__question").iterator(ledger.CHUNK):
        yield Standing(_file_reference(file), file.stored.sha256)


def content_of(reference: str) -> bytes | None:
    """The words behind a reference while its contribution is public; None else."""
    case, _slash, edition = reference.rpartition("/")
    if not edition.isdecimal():
        return None
    found = _published().filter(
        question__in=Question.objects.public(), question__reference=case, edition=int(edition[:6])
    )
    return next((_content(answer) for answer in found), None)


ledger.register(ANSWER, ledger.Kind(lambda: _("Answer"), _answers, content_of))
ledger.register(FILE, ledger.Kind(lambda: _("Attachment of an answer"), _files))
