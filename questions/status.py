"""The one place that says in words where a contribution stands: page, admin, export and mail."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from entity.registry import working_calendar
from portal.base import clock
from portal.base.dates import long_day
from questions import terms
from questions.models import Question

S = Question.Status


@dataclass(frozen=True)
class PublicStatus:
    """Shape (`glyph`), word (`label`), colour (`tone`) and sentence of a state."""

    label: str
    sentence: str
    glyph: str
    tone: str
    is_late: bool = False


GLYPHS = {
    S.RECEIVED: ("state-waiting", "espera"),
    S.ASSIGNED: ("state-progress", "curso"),
    S.NEEDS_CLARIFICATION: ("state-paused", "espera"),
    S.ANSWERED: ("state-ok", "ok"),
    S.MERGED: ("state-ok", "ok"),
    S.TRANSFERRED: ("state-ok", "curso"),
    S.MOVED_TO_PQRSD: ("state-ok", "curso"),
    S.ARCHIVED: ("state-none", ""),
    S.WITHDRAWN: ("state-none", ""),
    S.LAPSED: ("state-none", ""),
}


def working_days(number: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", number) % {"n": number}


def time_left(left: int) -> str:
    """A deadline in words: "4 working days left", "due today", "6 working days late"."""
    if left > 0:
        return ngettext("%(n)s working day left", "%(n)s working days left", left) % {"n": left}
    if left == 0:
        return _("due today")
    return ngettext("%(n)s working day late", "%(n)s working days late", -left) % {"n": -left}


def is_late(question: Question, at=None) -> bool:
    return question.status in S.RUNNING and question.due_on < clock.local_day(at)


def answered_late(question: Question) -> bool:
    return question.status == S.ANSWERED and question.closed_on > question.due_on


def public_status(question: Question, at=None, *, own=False) -> PublicStatus:
    """Where a contribution stands at an instant; `own` speaks to its author."""
    glyph, tone = GLYPHS[question.status]
    if is_late(question, at):
        return PublicStatus(
            _("Answer is late"), _late(question, at), "state-late", "alerta", is_late=True
        )
    if answered_late(question):
        tone = "espera"
    return PublicStatus(_label(question, own), _sentence(question, at, own), glyph, tone)


def _label(question: Question, own: bool) -> str:
    """The word of a state, where the page says it otherwise than the desk does."""
    if was_answered_aloud(question):
        return _("Answered live")
    if question.status == S.RECEIVED and _is_published(question):
        return _("To be assigned")
    if question.status == S.NEEDS_CLARIFICATION and not own:
        return _("Waiting for the author's clarification")
    if question.status == S.WITHDRAWN and own:
        return pgettext("question", "Withdrawn")
    if answered_late(question):
        return _("Answered late")
    return str(question.get_status_display())


def was_answered_aloud(question: Question) -> bool:
    """Answered in the session, and not in writing yet; what was reopened asks for more."""
    is_open = question.status in S.RUNNING and not question.reopened_on
    return is_open and question.live_second is not None and _is_published(question)


def _is_published(question: Question) -> bool:
    return question.visibility == Question.Visibility.PUBLISHED


def _to_the_author(question: Question) -> str:
    """What only the author reads; empty where the public sentence says it."""
    return {
        S.NEEDS_CLARIFICATION: _("We asked you for one more piece of information. "
                                 "The clock stands still until you reply."),
        S.WITHDRAWN: _("You withdrew it."),
    }.get(question.status, "")  # fmt: skip


def _sentence(question: Question, at, own: bool) -> str:
    if own and (words := _to_the_author(question)):
        return words
    if was_answered_aloud(question):
        words = {"date": long_day(question.due_on), "left": _left(question, at)}
        return (
            _("It was answered in the event. The written answer comes by %(date)s: %(left)s.")
            % words
        )
    writer = {
        S.RECEIVED: _received,
        S.ASSIGNED: _assigned,
        S.ANSWERED: _answered,
        S.MERGED: _merged,
        S.TRANSFERRED: _transferred,
    }.get(question.status)
    if writer:
        return writer(question, at)
    return {
        S.NEEDS_CLARIFICATION: _("We asked the author for one more piece of information. "
                                 "The clock stands still until it comes."),
        S.MOVED_TO_PQRSD: _("It goes on in the PQRSD channel with number %(number)s.")
        % {"number": question.case_reference},
        S.ARCHIVED: _("It was archived because it was not respectful. Its trace stays."),
        S.WITHDRAWN: _("Its author withdrew it."),
        S.LAPSED: _("The clarification we asked for did not come in time."),
    }[question.status]  # fmt: skip


def _late(question, at) -> str:
    """On the weekend after the last day no working day has passed, and yet it is late."""
    left = terms.days_left(question.due_on, clock.local_day(at), working_calendar())
    words = {"date": long_day(question.due_on), "late": time_left(left)}
    if left == 0:
        sentence = _("The answer should have come on %(date)s.") % words
    else:
        sentence = _("The answer should have come on %(date)s: %(late)s.") % words
    if was_answered_aloud(question):
        sentence = _("It was answered in the event.") + " " + sentence
    if question.office:
        sentence += " " + _("Who answers it: %(office)s.") % {"office": question.office.name}
    return sentence


def _left(question, at) -> str:
    """Days left; what came on a Sunday has none fewer than its whole term until it is filed."""
    today = max(clock.local_day(at), question.filed_on)
    return time_left(terms.days_left(question.due_on, today, working_calendar()))


def _received(question, at) -> str:
    words = {"date": long_day(question.due_on), "left": _left(question, at)}
    if _is_published(question):
        return (
            _(
                "We published it and are choosing the office. "
                "The answer comes by %(date)s at the latest: %(left)s."
            )
            % words
        )
    answer = _("The answer comes by %(date)s at the latest: %(left)s.") % words
    if question.visibility == Question.Visibility.WITHHELD:
        return _("We do not publish it, but we do answer it.") + " " + answer
    review_by = working_calendar().add(question.filed_on, terms.REVIEW_DAYS)
    if clock.local_day(at) > review_by:
        return _("We are reviewing it.") + " " + answer
    reviewing = _("We are reviewing it. It is published by %(day)s at the latest.")
    return reviewing % {"day": long_day(review_by)} + " " + answer


def _assigned(question, at) -> str:
    sentence = _("%(office)s is answering it. Due on %(date)s: %(left)s.") % {
        "office": question.office.name if question.office else "",
        "date": long_day(question.due_on),
        "left": _left(question, at),
    }
    if question.reopened_on:
        sentence = _("Its author asked to complete the answer.") + " " + sentence
    return sentence


def _answered(question, at) -> str:
    taken = terms.days_taken(question, working_calendar())
    words = {"date": long_day(question.closed_on), "days": working_days(taken)}
    if question.live_second is None:
        sentence = _("On %(date)s, %(days)s after it was received.") % words
    else:
        sentence = (
            _(
                "It was answered in the event. The written answer came on %(date)s, "
                "%(days)s after it was received."
            )
            % words
        )
    return sentence + " " + _its_term(question)


def _its_term(question) -> str:
    """The term in days where it is the plain one of the law; else the day on which it was due."""
    days = question.petition.working_days
    is_plain = question.counted_days == days and question.due_on == question.legal_due_on
    if is_plain and question.counted_from == question.filed_on:
        return _("The term is %(term)s.") % {"term": days}
    return _("It was due on %(date)s.") % {"date": long_day(question.due_on)}


def _merged(question, at) -> str:
    return _("It asks the same as number %(number)s. The answer is there.") % {
        "number": question.merged_into.number
    }


def _transferred(question, at) -> str:
    return _(
        "We sent it to %(body)s, which is the competent entity, on %(date)s. Letter: %(letter)s."
    ) % {
        "body": question.transferred_to,
        "date": long_day(question.closed_on),
        "letter": question.case_reference,
    }
