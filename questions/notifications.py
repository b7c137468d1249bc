"""What authors are told, one short function for each step. Written in the step's transaction.

The key of a message names the case, the step and the revision, so no step is told twice. The text
never holds what a citizen wrote, nor the secret code: a link with its own token opens the case.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from entity.registry import registry, working_calendar
from portal.base import clock, outbox
from portal.base.dates import long_day
from questions import codes, terms
from questions.models import Author, FollowLink

LINK_DAYS = 180


def _address(question) -> str:
    return Author.objects.filter(question=question).values_list("email", flat=True).first() or ""


def _tell(question, step, compose, *, email=None, at=None) -> None:
    """Queue one message to the author, if there is an address. `compose` writes the letter."""
    email = _address(question) if email is None else email
    if not email:
        return
    token = secrets.token_urlsafe(24)
    FollowLink.objects.create(
        question=question,
        digest=codes.link_digest(token),
        expires_at=clock.now(at) + timedelta(days=LINK_DAYS),
    )
    link = settings.SITE_URL + _follow_path(question.language, token)

    def letter():
        subject, paragraphs = compose()
        return outbox.Letter(subject, paragraphs, _("See your contribution"), link, (token,))

    outbox.queue(
        f"question:{question.number}:{step}:{question.revision}",
        to=email,
        compose=letter,
        language=question.language,
        at=at,
    )


def _follow_path(language: str, token: str) -> str:
    with translation.override(language):
        return reverse("follow_link", kwargs={"token": token})


def _entity() -> str:
    return registry().entity.short_name


def received(question, *, email, at=None) -> None:
    """The receipt: filing number, when it is reviewed, when it is answered."""

    def compose():
        review = working_calendar().add(question.filed_on, terms.REVIEW_DAYS)
        return _("We received your contribution %(ref)s") % {"ref": question.reference}, [
            _(
                "Good day. %(entity)s received your contribution on %(date)s. "
                "Its filing number is %(ref)s."
            )
            % {
                "entity": _entity(),
                "date": long_day(timezone.localtime(question.submitted_at).date()),
                "ref": question.reference,
            },
            _("We review it by %(review)s and answer it by %(due)s at the latest.")
            % {"review": long_day(review), "due": long_day(question.due_on)},
        ]

    _tell(question, "received", compose, email=email, at=at)


def published(question, *, at=None) -> None:
    """It can be read by everybody."""

    def compose():
        paragraphs = [
            _("It is number %(number)s. Anybody can read it in the portal.")
            % {"number": question.number}
        ]
        if question.public_text != question.original_text:
            paragraphs.append(_("We hid or corrected a part of the text to protect people's data."))
        return _("Your contribution %(ref)s is published") % {"ref": question.reference}, paragraphs

    _tell(question, "published", compose, at=at)


def withheld(question, *, at=None) -> None:
    """Why it is not published, and that it is answered all the same."""

    def compose():
        return _("Why we did not publish %(ref)s") % {"ref": question.reference}, [
            _("Reason: %(reason)s.") % {"reason": question.get_withhold_reason_display()},
            _("We will answer you all the same, by %(due)s at the latest.")
            % {"due": long_day(question.due_on)},
        ]

    _tell(question, "withheld", compose, at=at)


def clarification_asked(question, clarification, *, at=None) -> None:
    """Something is missing; the question itself stands on the author's page."""

    def compose():
        return _("We need one more piece of information for %(ref)s") % {
            "ref": question.reference
        }, [
            _("Open the link and reply there. You have a month."),
            _("The clock of the answer stands still until then."),
        ]

    _tell(question, "clarification", compose, at=at)


def closed_elsewhere(question, *, at=None) -> None:
    """It was transferred or goes on in the PQRSD channel."""

    def compose():
        return _("Your contribution %(ref)s goes on elsewhere") % {"ref": question.reference}, [
            _("Open the link to see who has it now and under which number.")
        ]

    _tell(question, "elsewhere", compose, at=at)


def term_extended(question, *, at=None) -> None:
    """The answer needs longer."""

    def compose():
        return _("The answer to %(ref)s needs more time") % {"ref": question.reference}, [
            _("The new date is %(due)s.") % {"due": long_day(question.due_on)},
            _("Open the link to read the reason."),
        ]

    _tell(question, "extended", compose, at=at)


def term_recounted(question, before, *, at=None) -> None:
    """The due day moved, because a day does not count as a working day or the event changed."""

    def compose():
        return _("The date of the answer to %(ref)s changed") % {"ref": question.reference}, [
            _("It was %(before)s. Now it is %(due)s.")
            % {"before": long_day(before), "due": long_day(question.due_on)},
            _("Open the link to see how the days are counted."),
        ]

    _tell(question, "recounted", compose, at=at)


def lapsed(question, *, at=None) -> None:
    """No clarification came, so the case is closed; the same can be asked again."""

    def compose():
        return _("We closed your contribution %(ref)s") % {"ref": question.reference}, [
            _("We asked you for one more piece of information and it did not come in time."),
            _("You can send your question again whenever you want."),
        ]

    _tell(question, "lapsed", compose, at=at)


def answered(question, answer, *, at=None) -> None:
    """The answer is there; authors of contributions that were joined to this one are told too."""

    def compose():
        corrected = answer.edition > 1
        subject = _("We corrected the answer to %(ref)s") if corrected else _("We answered %(ref)s")
        return subject % {"ref": question.reference}, [
            _("In short: %(summary)s") % {"summary": answer.summary},
            _("Open the link to read the whole answer."),
        ]

    _tell(question, f"answered-{answer.edition}", compose, at=at)
    for merged in question.merged_questions.all():
        _tell(merged, f"answered-{answer.edition}", compose, at=at)
