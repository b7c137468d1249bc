"""What is told when a case ends: with the answer, elsewhere, or without one."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.base.dates import long_day
from questions.models import Question
from questions.notifications.delivery import (
    HOLD,
    entity_name,
    tell_author,
    tell_followers,
    where_to_complain,
)

REASON_WORDS = 50


def answered(question, answer, *, at=None) -> None:
    """The answer is there, or a corrected edition; whose case was joined to this one hears too."""
    corrected = answer.edition > 1

    def compose(case):
        subject = _("We corrected the answer to %(ref)s") if corrected else _("We answered %(ref)s")
        paragraphs = [_("In short: %(summary)s") % {"summary": answer.summary}]
        if case.pk != question.pk:
            paragraphs.append(
                _("It is the answer to contribution %(number)s, to which yours was joined.")
                % {"number": question.number}
            )
        if corrected:
            paragraphs.append(_("What changed: %(note)s") % {"note": answer.correction_note})
        paragraphs.append(_("Open the link to read the whole answer."))
        paragraphs.append(_("There you can tell us whether it answered you."))
        return subject % {"ref": case.reference}, paragraphs

    def to_followers():
        words = {"number": question.number, "entity": entity_name()}
        if corrected:
            subject = _("The answer to contribution %(number)s was corrected")
        else:
            subject = _("%(entity)s answered contribution %(number)s")
        return subject % words, [
            _("In short: %(summary)s") % {"summary": answer.summary},
            _("Open the link to read the whole answer."),
        ]

    step = f"answered-{answer.edition}"
    tell_author(question, step, compose, and_joined=True, at=at)
    tell_followers(question, step, to_followers, and_joined=True, at=at)


def closed_elsewhere(question, *, at=None) -> None:
    """It was transferred (art. 21), or goes on in the PQRSD channel."""
    transferred = question.status == Question.Status.TRANSFERRED
    words = {"body": question.transferred_to, "number": question.case_reference}

    def who_has_it():
        if transferred:
            return [
                _("We sent it to %(body)s, which is competent, with letter %(number)s.") % words,
                _("That entity answers it. Its term counts from the day it gets it."),
            ]
        return [_("It goes on in the PQRSD channel with number %(number)s.") % words]

    def compose(case):
        subject = _("Your contribution %(ref)s goes on elsewhere")
        return subject % {"ref": case.reference}, who_has_it()

    def to_followers():
        subject = _("Contribution %(number)s goes on elsewhere")
        return subject % {"number": question.number}, who_has_it()

    tell_author(question, "elsewhere", compose, and_joined=True, hold=HOLD, at=at)
    tell_followers(question, "elsewhere", to_followers, and_joined=True, hold=HOLD, at=at)


def lapsed(question, *, at=None) -> None:
    """No clarification came, so the case is closed; the same can be asked again (art. 17)."""

    def compose(case):
        return _("We closed your contribution %(ref)s") % {"ref": case.reference}, [
            _("We asked you for one more piece of information and it did not come in time."),
            _("You can send your question again whenever you want."),
        ]

    def to_followers():
        words = {"number": question.number}
        return _("Contribution %(number)s was closed without an answer") % words, [
            _("The clarification that was asked of its author did not come in time.")
        ]

    tell_author(question, "lapsed", compose, hold=HOLD, at=at)
    tell_followers(question, "lapsed", to_followers, hold=HOLD, at=at)


def archived(question, *, at=None) -> None:
    """Two people found it disrespectful (art. 19): why, and what its author can do."""

    def compose(case):
        reason = Truncator(case.archive_proposal).words(REASON_WORDS)
        return _("We archived your contribution %(ref)s") % {"ref": case.reference}, [
            _("Reason: %(reason)s") % {"reason": reason},
            _("Two people reviewed it. Its trace stays, and nothing was deleted."),
            _("You can send it again with respectful words: then we answer it."),
            _("If you do not agree, tell us here: %(where)s") % {"where": where_to_complain()},
        ]

    tell_author(question, "archived", compose, at=at)


def restored(question, *, at=None) -> None:
    """It came out of the archive and is answered."""

    def compose(case):
        return _("We took up your contribution %(ref)s again") % {"ref": case.reference}, [
            _("It is no longer archived: it will be answered."),
            _("We answer it by %(due)s at the latest.") % {"due": long_day(case.due_on)},
        ]

    tell_author(question, "restored", compose, at=at)


def withdrawn(question, *, was_public: bool, at=None) -> None:
    """A receipt for who withdrew it; who followed it hears that nothing more comes."""

    def compose(case):
        return _("You withdrew your contribution %(ref)s") % {"ref": case.reference}, [
            _("We do not answer it any more, and its text is not public."),
            _("If it was not you, tell us here: %(where)s") % {"where": where_to_complain()},
            _("You can send your question again whenever you want."),
        ]

    def to_followers():
        words = {"number": question.number}
        return _("Contribution %(number)s was withdrawn") % words, [
            _("Its author withdrew it. There will be no more news of it.")
        ]

    tell_author(question, "withdrawn", compose, at=at)
    tell_followers(question, "withdrawn", to_followers, was_public=was_public, at=at)
