"""Attachments of an answer: added, described and taken away while it is a draft.

They are part of the edition: whoever touches one wrote in it, and with its approval they are
frozen. The file went through the upload gate before (`portal.base.uploads.accept`), outside of
any transaction.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base.machine import MoveRefused
from portal.base.texts import clean_line
from portal.base.uploads import CleanFile, forget
from questions.models import Answer, AnswerFile
from questions.workflow.answers import write_on
from questions.workflow.machines import demand_own_office

MOST_FILES = 5
MOST_TITLE, MOST_ALT = 120, 240


@transaction.atomic
def attach_file(
    answer: Answer, *, actor, file: CleanFile, words: str, small: CleanFile | None = None, at=None
) -> AnswerFile:
    """Add a file to a draft. `words` are the title of a document, or say what a picture shows.

    `small` is a picture's small copy for pages (`portal.base.pictures`). Tells nobody. Raises
    MoveRefused without words, for a sixth file, and where it is no draft.
    """
    demand_own_office(actor, answer.question)
    described = _described(file.content_type, words)
    if answer.files.count() >= MOST_FILES:
        most = ngettext("At most %(n)s attachment.", "At most %(n)s attachments.", MOST_FILES)
        raise MoveRefused(most % {"n": MOST_FILES})
    write_on(answer, actor=actor, at=at)
    return AnswerFile.objects.create(
        answer=answer, stored=file.store(), small=small.store() if small else None, **described
    )


@transaction.atomic
def describe_file(file: AnswerFile, *, actor, words: str, answer: Answer, at=None) -> AnswerFile:
    """Change the words of an attachment.

    Raises PermissionDenied to other offices, MoveRefused without words, or on no draft.
    """
    demand_own_office(actor, answer.question)
    described = _described(file.stored.content_type, words)
    if all(getattr(file, name) == value for name, value in described.items()):
        return file
    write_on(answer, actor=actor, at=at)
    AnswerFile.objects.filter(pk=file.pk, answer=answer).update(**described)
    file.refresh_from_db()
    return file


@transaction.atomic
def remove_file(file: AnswerFile, *, actor, answer: Answer, at=None) -> None:
    """Take an attachment off a draft; its bytes go too, unless another edition shows them.

    Raises PermissionDenied to other offices, MoveRefused on no draft.
    """
    demand_own_office(actor, answer.question)
    write_on(answer, actor=actor, at=at)
    AnswerFile.objects.filter(pk=file.pk, answer=answer).delete()
    for stored in filter(None, (file.stored, file.small)):
        forget(stored)


def _described(content_type: str, words: str) -> dict[str, str]:
    """Title and alternative text. Raises MoveRefused without words, or with too many of them."""
    words = clean_line(words)
    is_picture = content_type.startswith("image/")
    if not words and is_picture:
        raise MoveRefused(_("Say what the picture shows, for people who can't see it."))
    if not words:
        raise MoveRefused(_("Write the title of the document."))
    most = MOST_ALT if is_picture else MOST_TITLE
    if len(words) > most:
        raise MoveRefused(_("Write at most %(most)s letters.") % {"most": most})
    if is_picture:
        return {"title": words[:MOST_TITLE], "alt_text": words}
    return {"title": words, "alt_text": ""}
