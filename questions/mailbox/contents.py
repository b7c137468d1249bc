"""What of a mail is kept with the case: its words, and its files. Nothing of it is lost."""

import time

from django.conf import settings
from django.utils.translation import gettext as _

from portal.base import uploads
from portal.base.uploads import CleanFile
from questions.mailbox.parsing import Mail, is_visible

MAX_TEXT = 20_000
MAX_FILES = 20
CLEANING_SECONDS = 30
WHOLE_MAIL = "correo.eml"


def words_of(mail: Mail) -> str:
    """Subject and text. A mail that is too long or broken says so, and is attached whole."""
    parts = [part for part in (mail.subject, mail.text) if is_visible(part)]
    if not is_visible(mail.text) and not mail.is_whole:
        parts.append(_("(mail that could not be read; it is attached)"))
    return shortened("\n\n".join(parts) or _("(mail without a text)"))


def shortened(text: str) -> str:
    if len(text) <= MAX_TEXT:
        return text
    return text[:MAX_TEXT].rstrip() + "\n\n" + _("(it goes on in the attached mail)")


def needs_whole_mail(mail: Mail) -> bool:
    """Whether something of the mail would be lost if it were not kept as a file too."""
    return (
        not mail.is_whole
        or not mail.address
        or len(mail.subject) + len(mail.text) > MAX_TEXT
        or len(mail.files) > MAX_FILES
    )


def files_of(mail: Mail) -> list[CleanFile]:
    """Its files, those that pass the gate cleaned. Takes seconds: call it in no transaction.

    What is not checked within half a minute is kept as it came.
    """
    end = time.monotonic() + CLEANING_SECONDS
    kept = []
    for name, data in mail.files[:MAX_FILES]:
        clean = time.monotonic() < end
        keep = uploads.clean_or_as_it_came if clean else uploads.as_it_came
        kept.append(keep(name, data))
    if needs_whole_mail(mail):
        kept.append(uploads.as_it_came(WHOLE_MAIL, mail.raw))
    return kept


def size_note(size: int) -> str:
    """For the desk, beside a mail of which only the beginning was read."""
    return _(
        "The mail has %(size)s MB; the portal takes %(most)s. Its files are still in the mailbox."
    ) % {
        "size": uploads.megabytes(size),
        "most": uploads.megabytes(settings.PRIVATE_MAX_BYTES),
    }
