"""What is told on the way: from the receipt to the answer."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entity.registry import working_calendar
from portal.base import follows
from portal.base.dates import long_day
from questions import terms
from questions.notifications.delivery import (
    HOLD,
    is_told,
    tell_author,
    tell_followers,
    where_to_complain,
)


def received(question, *, email, is_told_of_event=False, at=None) -> None:
    """The receipt: filing number, when it is reviewed, when it is answered.

    An author who consented to be told hears of the event too, should its day change.
    """

    def compose(case):
        review = working_calendar().add(case.filed_on, terms.REVIEW_DAYS)
        by_mail = case.channel == case.Channel.EMAIL
        return _("We received your contribution %(ref)s") % {"ref": case.reference}, [
            _("Good day. We received your contribution on %(date)s. Its filing number is %(ref)s.")
            % {
                "date": long_day(timezone.localtime(case.submitted_at).date()),
                "ref": case.reference,
            },
            _("We review it by %(review)s and answer it by %(due)s at the latest.")
            % {"review": long_day(review), "due": long_day(case.due_on)},
            *([_how_data_are_treated()] if by_mail else ()),
        ]

    tell_author(question, "received", compose, email=email, at=at)
    if email and question.event and is_told_of_event:
        follows.add(f"event:{question.event.slug}", email, question.language, at=at)


def _how_data_are_treated() -> str:
    """Who writes a mail saw no notice before: it comes with the receipt (Law 1581, art. 12)."""
    link = settings.SITE_URL + reverse("personal_data")
    return _(
        "Your name and your address are not published; we use them to answer you. How we treat "
        "your data: %(link)s"
    ) % {"link": link}


def published(question, *, at=None) -> None:
    """It can be read by everybody."""

    def compose(case):
        paragraphs = [
            _("It is number %(number)s. Anybody can read it in the portal.")
            % {"number": case.number}
        ]
        if case.public_text != case.original_text:
            paragraphs.append(_("We hid or corrected a part of the text to protect people's data."))
        if case.office:
            paragraphs.append(_("Who answers it: %(office)s.") % {"office": case.office.name})
        return _("Your contribution %(ref)s is published") % {"ref": case.reference}, paragraphs

    def to_followers():
        words = {"number": question.number}
        return _("Contribution %(number)s is published") % words, [
            _("Contribution %(number)s, which you follow, can be read in the portal.") % words
        ]

    tell_author(question, "published", compose, hold=HOLD, at=at)
    tell_followers(question, "published", to_followers, hold=HOLD, at=at)


def withheld(question, *, at=None) -> None:
    """Why it is not published, and that it is answered all the same."""

    def compose(case):
        paragraphs = [_("Reason: %(reason)s.") % {"reason": case.get_withhold_reason_display()}]
        if case.is_open:
            paragraphs.append(
                _("We will answer you all the same, by %(due)s at the latest.")
                % {"due": long_day(case.due_on)}
            )
        paragraphs.append(
            _("If you do not agree, tell us here: %(where)s") % {"where": where_to_complain()}
        )
        return _("Why we did not publish %(ref)s") % {"ref": case.reference}, paragraphs

    tell_author(question, "withheld", compose, hold=HOLD, at=at)


def clarification_asked(question, clarification, *, at=None) -> None:
    """Something is missing; the question itself stands on the author's page."""

    def compose(case):
        return _("We need one more piece of information for %(ref)s") % {"ref": case.reference}, [
            _("Open the link, read what we ask and reply there by %(date)s.")
            % {"date": long_day(clarification.reply_by)},
            _("The clock of the answer stands still until then."),
            _("If you need more time, ask for it before that day: you get one month more."),
        ]

    tell_author(question, "clarification", compose, hold=HOLD, at=at)


def clarification_extended(question, clarification, *, at=None) -> None:
    """The author has a second month to reply."""

    def compose(case):
        return _("You have more time to reply about %(ref)s") % {"ref": case.reference}, [
            _("You can reply by %(date)s.") % {"date": long_day(clarification.reply_by)},
            _("The clock of the answer stands still until then."),
        ]

    tell_author(question, "more-time", compose, at=at)


def clarified(question, *, at=None) -> None:
    """The reply came: the clock runs again."""

    def compose(case):
        return _("We received your clarification of %(ref)s") % {"ref": case.reference}, [
            _("Thank you. The term runs again from the next working day."),
            _("We answer it by %(due)s at the latest.") % {"due": long_day(case.due_on)},
        ]

    tell_author(question, "clarified", compose, at=at)


def message_received(question, note, *, at=None) -> None:
    """A mail of the author was put beside the case; an answered one is not reopened by it."""

    def compose(case):
        paragraphs = [_("Your message is beside your contribution. Who works on it can read it.")]
        if case.status == case.Status.ANSWERED and not case.reopened_on:
            paragraphs.append(
                _("We answered it already. If something is missing, open the link and ask there.")
            )
        return _("We received your message about %(ref)s") % {"ref": case.reference}, paragraphs

    tell_author(question, f"message-{note.pk}", compose, at=at)


def merged(question, *, at=None) -> None:
    """It asks the same as another one and is answered there."""
    into = question.merged_into

    def compose(case):
        words = {"ref": case.reference, "number": into.number}
        return _("We joined %(ref)s to contribution %(number)s") % words, [
            _("Both ask the same. One answer is given to both, and nothing of yours is lost."),
            _("We will tell you when it comes: by %(due)s at the latest.")
            % {"due": long_day(into.due_on)},
        ]

    def to_followers():
        words = {"number": question.number, "other": into.number}
        return _("Contribution %(number)s was joined to %(other)s") % words, [
            _("Contribution %(number)s, which you follow, asks the same as number %(other)s.")
            % words,
            _("They are answered together. We will tell you."),
        ]

    tell_author(question, "merged", compose, hold=HOLD, at=at)
    tell_followers(question, "merged", to_followers, hold=HOLD, at=at)


def split(question, *, at=None) -> None:
    """It goes on by itself again."""

    def compose(case):
        return _("Your contribution %(ref)s gets an answer of its own") % {"ref": case.reference}, [
            _("We had joined it to another one. Now it goes on by itself."),
            _("We answer it by %(due)s at the latest.") % {"due": long_day(case.due_on)},
        ]

    def to_followers():
        words = {"number": question.number, "due": long_day(question.due_on)}
        return _("Contribution %(number)s gets an answer of its own") % words, [
            _("Contribution %(number)s, which you follow, goes on by itself again.") % words,
            _("It is answered by %(due)s at the latest.") % words,
        ]

    tell_author(question, "split", compose, hold=HOLD, at=at)
    tell_followers(question, "split", to_followers, hold=HOLD, at=at)


def term_extended(question, *, at=None) -> None:
    """The answer needs longer."""

    def compose(case):
        return _("The answer to %(ref)s needs more time") % {"ref": case.reference}, [
            _("The new date is %(due)s.") % {"due": long_day(question.due_on)},
            _("Open the link to read the reason."),
        ]

    def to_followers():
        words = {"number": question.number, "due": long_day(question.due_on)}
        return _("The answer to contribution %(number)s needs more time") % words, [
            _("The new date is %(due)s.") % words,
            _("Open the link to read the reason."),
        ]

    tell_author(question, "extended", compose, and_joined=True, at=at)
    tell_followers(question, "extended", to_followers, and_joined=True, at=at)


def term_recounted(question, before, *, at=None) -> None:
    """The due day moved, because a day does not count as a working day or the event changed."""

    def what_changed():
        return [
            _("It was %(before)s. Now it is %(due)s.")
            % {"before": long_day(before), "due": long_day(question.due_on)},
            _("Open the link to see how the days are counted."),
        ]

    def compose(case):
        subject = _("The date of the answer to %(ref)s changed")
        return subject % {"ref": case.reference}, what_changed()

    def to_followers():
        subject = _("The date of the answer to contribution %(number)s changed")
        return subject % {"number": question.number}, what_changed()

    tell_author(question, "recounted", compose, and_joined=True, at=at)
    tell_followers(question, "recounted", to_followers, and_joined=True, at=at)


def late(question, *, at=None) -> None:
    """The due day passed without an answer: the author may complain, and is told where.

    Once for each due day, whatever the case went through meanwhile.
    """
    step = f"late-{question.due_on:%Y%m%d}"
    if is_told(question, step):
        return

    def compose(case):
        return _("The answer to %(ref)s is late") % {"ref": case.reference}, [
            _("It should have come on %(due)s. We are sorry.") % {"due": long_day(question.due_on)},
            _("We go on working on it. You will get it here as soon as it is ready."),
            _("You can complain here: %(where)s") % {"where": where_to_complain()},
        ]

    tell_author(question, step, compose, and_joined=True, at=at)


def reopened(question, *, at=None) -> None:
    """Its author asked for the answer to be completed."""

    def compose(case):
        return _("We reopened your contribution %(ref)s") % {"ref": case.reference}, [
            _("The office completes the answer by %(due)s at the latest.")
            % {"due": long_day(question.due_on)},
            _("The answer you have stays where it is."),
        ]

    def to_followers():
        words = {"number": question.number, "due": long_day(question.due_on)}
        return _("Contribution %(number)s was reopened") % words, [
            _("Its author asked for the answer to be completed."),
            _("The office completes the answer by %(due)s at the latest.") % words,
        ]

    tell_author(question, "reopened", compose, and_joined=True, at=at)
    tell_followers(question, "reopened", to_followers, and_joined=True, at=at)
