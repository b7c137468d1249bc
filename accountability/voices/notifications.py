"""What the author of a remark or a note is told, if they left an address; none of their text."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.base import mail_words, outbox
from portal.base.language import default_path

mail_words.register("remark", lambda parts: _("What became of a remark, to its author"))
mail_words.register("note", lambda parts: _("What became of a note, to its author"))


def _tell(kind, row, step, email, compose, at) -> None:
    if email:
        key = f"{kind}:{row.pk}:{step}:{row.revision}:author"
        outbox.queue(key, to=email, compose=compose, at=at)


def _minutes_link(remark) -> str:
    minutes = remark.minutes
    name = "minutes" if minutes.status == minutes.Status.PUBLISHED else "minutes_draft"
    return settings.SITE_URL + reverse(name, kwargs={"event_slug": minutes.event.slug})


def remark_answered(remark, email, *, at=None) -> None:
    def letter():
        subject = _("Your remark %(number)s was answered") % {"number": remark}
        said = [
            _("Your remark %(number)s about the draft minutes has its reply: %(outcome)s.")
            % {"number": remark, "outcome": remark.get_outcome_display().lower()},
            _("Remark and reply can be read beside the minutes."),
        ]
        return outbox.Letter(subject, said, _("Read the reply"), _minutes_link(remark))

    _tell("remark", remark, "answered", email, letter, at)


def remark_withheld(remark, email, *, at=None) -> None:
    def letter():
        subject = _("Your remark %(number)s is not published") % {"number": remark}
        said = [
            _("Your remark %(number)s about the draft minutes is not published.")
            % {"number": remark},
            _("Reason: %(reason)s") % {"reason": remark.status_reason},
        ]
        return outbox.Letter(subject, said)

    _tell("remark", remark, "withheld", email, letter, at)


def note_published(note, email, *, at=None) -> None:
    def letter():
        reference = note.commitment.reference
        subject = _("Your note about %(reference)s is published") % {"reference": reference}
        said = [
            _("Your note %(number)s about commitment %(reference)s is published. Thank you.")
            % {"number": note, "reference": reference}
        ]
        link = settings.SITE_URL + default_path(note.commitment)
        return outbox.Letter(subject, said, _("See the commitment"), link)

    _tell("note", note, "published", email, letter, at)


def note_withheld(note, email, *, at=None) -> None:
    def letter():
        reference = note.commitment.reference
        subject = _("Your note about %(reference)s is not published") % {"reference": reference}
        said = [
            _("Your note %(number)s about commitment %(reference)s is not published.")
            % {"number": note, "reference": reference},
            _("Reason: %(reason)s") % {"reason": note.status_reason},
        ]
        return outbox.Letter(subject, said)

    _tell("note", note, "withheld", email, letter, at)
