"""What a button of the console is about: a row of this event, as the operator's page showed it."""

from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404

from evaluation.models import Survey
from events.models import LiveSession, LogLine, Speaker
from events.session.workflow import session_for
from portal.base.admin import NEVER, revision_of
from questions.models import LiveTurn, Question


def event(asked):
    return asked.event


def live(asked) -> LiveSession:
    """The session with the revision that the page showed, so that two operators never both win."""
    return _as_shown(session_for(asked.event), asked)


def live_as_is(asked) -> LiveSession:
    """As it stands now: the screen waits for no look at what else changed meanwhile."""
    return session_for(asked.event)


def turn_on_air(event) -> LiveTurn | None:
    on_air = LiveTurn.objects.filter(event=event, status=LiveTurn.Status.ON_AIR)
    return on_air.select_related("event", "question").first()


def seen_question(asked) -> Question:
    """One that this person may open at the desk; that of another office does not exist for it."""
    return _question(Question.objects.visible_to(asked.user), asked)


def public_question(asked) -> Question:
    return _question(Question.objects.public(), asked)


def _question(rows, asked) -> Question:
    rows = rows.filter(event=asked.event).with_list_data()
    return _as_shown(get_object_or_404(rows, pk=_key(asked)), asked)


def turn(asked) -> LiveTurn:
    """A turn of this event; its event is the one in hand, not another copy of it."""
    related = LiveTurn.objects.select_related(
        "question__municipality", "question__office", "question__merged_into"
    )
    found = get_object_or_404(related, event=asked.event, pk=_key(asked))
    found.event = found.question.event = asked.event
    return _as_shown(found, asked)


def turn_and_hint(asked) -> LiveTurn:
    """With the hint that the page showed: it overtakes only another hint."""
    found = turn(asked)
    found.hint = asked.data.get("hint_before", found.hint)
    return found


def speaker(asked) -> Speaker:
    return get_object_or_404(Speaker, event=asked.event, pk=_key(asked))


def line(asked) -> LogLine:
    """A line as the page showed it: who corrected it meanwhile is not overwritten."""
    found = get_object_or_404(LogLine, event=asked.event, pk=_key(asked))
    found.event = asked.event
    found.text = asked.data.get("text_before", "")
    found.is_public = asked.data.get("public_before") == "yes"
    return found


def survey(asked) -> Survey:
    surveys = Survey.objects.select_related("event")
    return _as_shown(get_object_or_404(surveys, event=asked.event, pk=_key(asked)), asked)


def _key(asked) -> int:
    key = asked.data.get("row", "")
    if not (key.isascii() and key.isdecimal()) or len(key) > 18:
        raise BadRequest
    return int(key)


def _as_shown(row, asked):
    """The row with the revision that the form was drawn with. One without it is none of ours."""
    revision = revision_of(asked.data.get("revision", ""))
    if revision == NEVER:
        raise BadRequest
    row.revision = revision
    return row
