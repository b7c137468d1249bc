"""The only writer of a turn's state: the queue, the question on air, and what became of it.

Every move tells the pages of the event, which the public follows live. What is published, withheld
or joined goes through the workflow of contributions and its own permission.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.models import LiveSession, LogLine
from events.publishing import session_changed
from events.session import log
from events.session.state import live_of, second_at
from portal.base import clock
from portal.base.dates import long_day
from portal.base.machine import MoveRefused, Overtaken, record
from portal.base.texts import clean_line
from questions.live import order
from questions.live.machine import LIVE_TURN, RUN, T
from questions.live.reviewing import NeedsReview, approve, merge, take_out, withhold
from questions.live.words import is_read
from questions.models import LiveTurn, Question
from questions.workflow.live_moment import note_live_moment
from questions.workflow.machines import demand, is_of_office

__all__ = [
    "LIVE_TURN", "RUN", "NeedsReview", "after_hiding", "approve", "approve_and_queue",
    "back_on_air", "back_to_queue", "hide_now", "mark_answered", "merge", "move_down", "move_up",
    "needs_written", "put_on_air", "queue_question", "return_on_air", "set_hint", "withhold",
]  # fmt: skip

Kind = LogLine.Kind


@transaction.atomic
def queue_question(question, *, actor, hint="", at=None) -> LiveTurn:
    """Put a published question at the end of the queue of its event, or put it back there.

    Raises PermissionDenied, MoveRefused for what is not public, not open, or not of an event whose
    session may still read it, Overtaken where somebody queued it in the same moment.
    """
    demand(actor, RUN)
    at = clock.now(at)
    _demand_readable(question)
    _demand_not_over(question.event)
    turn = LiveTurn.objects.filter(question=question).first()
    place = {"order": order.tail(question.event), "queued_at": at, "queued_by": actor}
    if turn is None:
        turn = _new_turn(question, hint=_checked_hint(hint), **place)
        record("live_turn", turn.pk, "status", "queue_question", after=T.QUEUED, actor=actor, at=at)
    else:
        kept = {"hint": _checked_hint(hint)} if hint else {}
        LIVE_TURN.move(
            turn, "queue_question", actor=actor, at=at, on_air_at=None, ended_at=None,
            **place, **kept,
        )  # fmt: skip
    session_changed(question.event)
    return turn


def _demand_readable(question) -> None:
    """The queue takes what is public and still waits for its answer."""
    number = {"number": question.number}
    if question.event_id is None:
        raise MoveRefused(_("Number %(number)s belongs to no event.") % number)
    if question.status == Question.Status.MERGED:
        words = {**number, "other": question.merged_into.number}
        raise MoveRefused(_("Number %(number)s was joined to %(other)s. Queue that one.") % words)
    if question.visibility != Question.Visibility.PUBLISHED:
        raise MoveRefused(_("Number %(number)s is not published. Approve its text first.") % number)
    if not question.is_open:
        words = {**number, "state": question.get_status_display()}
        raise MoveRefused(_("Number %(number)s is closed (%(state)s).") % words)


def _demand_not_over(event) -> None:
    """The session's row is locked until this is stored: the end and a question never both win."""
    live = LiveSession.objects.select_for_update().filter(event=event).first()
    if live and live.ended_at:
        raise MoveRefused(_("The session is over. What was not read is answered in writing."))


def _new_turn(question, **fields) -> LiveTurn:
    try:
        with transaction.atomic():
            return LiveTurn.objects.create(question=question, event=question.event, **fields)
    except IntegrityError as taken:
        raise Overtaken(_("Somebody queued it a moment ago.")) from taken


@transaction.atomic
def approve_and_queue(question, *, actor, hint="", at=None) -> LiveTurn:
    """Publish the proposed text and queue it: both or none. Raises what each of them raises."""
    demand(actor, RUN)
    approve(question, actor=actor, at=at)
    return queue_question(question, actor=actor, hint=hint, at=at)


@transaction.atomic
def put_on_air(turn, *, actor, at=None) -> LiveTurn:
    """Show the question to the room and on the live page, and write it into the minute log.

    Raises PermissionDenied, MoveRefused while another one is on air, where it is not public any
    more, or after the end of the session; Overtaken where somebody moved it first.
    """
    demand(actor, RUN)
    at = clock.now(at)
    _demand_readable(turn.question)
    _demand_not_over(turn.event)
    _demand_free_air(turn.event)
    _take_air(turn, "put_on_air", actor=actor, at=at, on_air_at=at)
    _log(turn, Kind.ON_AIR, is_read(turn.question), actor, at)
    return turn


def _take_air(turn, name, **fields) -> None:
    try:
        with transaction.atomic():
            LIVE_TURN.move(turn, name, **fields)
    except IntegrityError as taken:  # the other operator's went on air since we looked
        raise Overtaken(_occupied(turn.event)) from taken


def _demand_free_air(event) -> None:
    if LiveTurn.objects.filter(event=event, status=T.ON_AIR).exists():
        raise MoveRefused(_occupied(event))


def _occupied(event) -> str:
    on_air = LiveTurn.objects.filter(event=event, status=T.ON_AIR).select_related("question")
    number = on_air.values_list("question__number", flat=True).first()
    return _(
        "Question %(number)s is on air. Mark it as answered, in writing, or back to the queue."
    ) % {"number": number or ""}


@transaction.atomic
def mark_answered(turn, *, actor, at=None) -> LiveTurn:
    """It was answered aloud: its page leads to the moment of the recording in which it was read.

    The case stays open until its short written edition. Raises PermissionDenied, MoveRefused
    where it is not on air, Overtaken.
    """
    demand(actor, RUN)
    at = clock.now(at)
    LIVE_TURN.move(turn, "mark_answered", actor=actor, at=at, ended_at=at)
    live = live_of(turn.event)
    # where the answer begins, not where it ended: that is what a reader wants to hear
    second = second_at(live, turn.on_air_at or at) if live else None
    if second is not None:
        note_live_moment(turn.question, actor=actor, second=second, at=at)
    words = {"number": turn.question.number}
    _log(turn, Kind.ANSWERED, _("Question %(number)s was answered.") % words, actor, at)
    return turn


@transaction.atomic
def back_on_air(turn, *, actor, at=None) -> LiveTurn:
    """It was marked as answered by mistake: it is on air again, since the hour it was read.

    Its page leads no more to the recording until it is answered. Raises PermissionDenied,
    MoveRefused as `put_on_air` does and for what was not answered, Overtaken.
    """
    demand(actor, RUN)
    at = clock.now(at)
    _demand_readable(turn.question)
    _demand_not_over(turn.event)
    _demand_free_air(turn.event)
    _take_air(
        turn, "back_on_air", actor=actor, at=at, on_air_at=turn.on_air_at or at, ended_at=None
    )
    note_live_moment(turn.question, actor=actor, second=None, at=at)
    words = {"number": turn.question.number}
    _log(turn, Kind.NOTE, _("Question %(number)s is on air again.") % words, actor, at)
    return turn


@transaction.atomic
def needs_written(turn, *, actor, at=None) -> LiveTurn:
    """The session does not answer it: its case goes on by its own clock, and the log says so.

    Raises PermissionDenied, MoveRefused where it does not wait any more, Overtaken.
    """
    demand(actor, RUN)
    at = clock.now(at)
    LIVE_TURN.move(turn, "needs_written", actor=actor, at=at, ended_at=at)
    words = {"number": turn.question.number, "date": long_day(turn.question.due_on)}
    text = _("Question %(number)s will be answered in writing, by %(date)s at the latest.") % words
    question = turn.question
    is_awaited = question.is_open and question.visibility == Question.Visibility.PUBLISHED
    _log(turn, Kind.WRITTEN, text, actor, at, is_public=is_awaited)
    return turn


@transaction.atomic
def back_to_queue(turn, *, actor=None, at=None) -> LiveTurn:
    """Take it off the air and put it at the head of the queue.

    `actor` is None for the end of the session. Raises PermissionDenied, MoveRefused, Overtaken.
    """
    if actor is not None:
        demand(actor, RUN)
    place = order.head(turn.event)
    LIVE_TURN.move(turn, "back_to_queue", actor=actor, at=at, order=place, on_air_at=None)
    session_changed(turn.event)
    return turn


def return_on_air(event, *, actor=None, at=None) -> LiveTurn | None:
    """At the end of the session nothing stays on air; what is answered later is never lost."""
    turn = LiveTurn.objects.filter(event=event, status=T.ON_AIR).select_related("event").first()
    return back_to_queue(turn, actor=actor, at=at) if turn else None


@transaction.atomic
def hide_now(turn, *, actor, at=None) -> LiveTurn:
    """Off the screen and the live page at once, even if somebody else changed its row meanwhile.

    Its own page stays public: `after_hiding` says what to do about that. Raises PermissionDenied,
    MoveRefused where it does not wait any more.
    """
    demand(actor, RUN)
    at = clock.now(at)
    hidden = take_out(turn.question_id, actor=actor, at=at)
    turn.refresh_from_db()
    if hidden is None:
        LIVE_TURN.move(turn, "hide_now", actor=actor, at=at)  # refuses, with its state
    words = {"number": turn.question.number}
    text = _("Question %(number)s was taken off the screen.") % words
    _log(turn, Kind.NOTE, text, actor, at, is_public=False)
    return turn


def after_hiding(turn) -> str:
    """What the operator reads after hiding a question."""
    return _(
        "Question %(number)s is off the screen and the live page. Its own page is still public: "
        "withhold it if nobody may read it, or queue it again."
    ) % {"number": turn.question.number}


@transaction.atomic
def move_up(turn, *, actor, at=None) -> LiveTurn:
    """One place nearer the air. Raises PermissionDenied, Overtaken, MoveRefused for the first."""
    return _moved(turn, "move_up", actor=actor, at=at)


@transaction.atomic
def move_down(turn, *, actor, at=None) -> LiveTurn:
    """One place back. Raises PermissionDenied, MoveRefused for the last one, Overtaken."""
    return _moved(turn, "move_down", actor=actor, at=at)


def _moved(turn, name, *, actor, at) -> LiveTurn:
    demand(actor, RUN)
    LIVE_TURN.move(turn, name, actor=actor, at=at)  # refuses what is not queued before any order
    order.swap(turn, up=name == "move_up")
    session_changed(turn.event)
    return turn


@transaction.atomic
def set_hint(turn, *, actor, hint, at=None) -> LiveTurn:
    """What the presenter reads beside the question; never public.

    Its own office may, and who runs the session. Not part of the revision: a hint that comes while
    somebody presses "on air" overtakes nobody. Raises PermissionDenied, MoveRefused for a long
    one or where the turn is over, Overtaken where another hint was written meanwhile.
    """
    if not is_of_office(actor, turn.question.office):
        demand(actor, RUN)
    hint = _checked_hint(hint)
    waiting = LiveTurn.objects.filter(pk=turn.pk, status__in=T.WAITING)
    if not waiting.filter(hint=turn.hint).update(hint=hint):
        raise Overtaken(
            _("Another hint was written meanwhile.")
            if waiting.exists()
            else _("Its turn is over: nobody would read the hint.")
        )
    turn.hint = hint
    record("live_turn", turn.pk, "hint", "set_hint", after=turn.status, actor=actor, at=at)
    return turn


def _checked_hint(hint: str) -> str:
    hint = clean_line(hint)
    most = LiveTurn._meta.get_field("hint").max_length
    if len(hint) > most:
        raise MoveRefused(_("The hint may have %(most)s letters at most.") % {"most": most})
    return hint


def _log(turn, kind, text, actor, at, *, is_public=True) -> None:
    log.add(
        turn.event, kind, text, actor=actor, at=at,
        about_kind="question", about_id=turn.question_id, is_public=is_public,
    )  # fmt: skip
