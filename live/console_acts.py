"""What the buttons of the console do: one row for each, the workflow function that it calls.

`row` finds what the button is about, by the key that came with it; `form` checks what was typed,
and its fields are the arguments of the function. Only workflow functions write.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accountability.live import draft_commitment, fill_record
from evaluation import workflow as surveys
from events.models import LiveSession
from events.session import workflow as session
from live import console_forms as typed
from live import console_rows as rows
from questions.live import entry
from questions.live import workflow as queue
from questions.live.moments import recording_begins


@dataclass(frozen=True)
class Act:
    """A button: what it calls, on which row, with which form; `anchor` is where the page goes on.

    `done` is said when it worked, with the number of the contribution where there is one; moves
    that show by themselves say nothing.
    """

    do: Callable
    row: Callable
    anchor: str
    form: type[forms.Form] | None = None
    done: str = ""


@transaction.atomic
def _end(live, *, actor):
    """The end, with nothing left on air and its draft record: all or none.

    Its row is locked first, so that no question goes on air between the two.
    """
    LiveSession.objects.select_for_update().get(pk=live.pk)
    queue.return_on_air(live.event, actor=actor)
    ended = session.end_session(live, actor=actor)
    fill_record(live.event, actor=actor)
    return ended


def _promise(event, *, actor, question=None, **said):
    """What is promised answers the question that is on air, if the form names no other."""
    turn = None if question else rows.turn_on_air(event)
    question = turn.question if turn else question
    return draft_commitment(event, actor=actor, question=question, **said)


def _hide_question(turn, *, actor):
    """Off the screen and the live page; what to do about its own page is told."""
    return queue.after_hiding(queue.hide_now(turn, actor=actor))


def _hide_all(live, *, actor):
    """What is shown now goes at once: the screen, and the question on air with it."""
    session.hide_screen(live, actor=actor)
    if turn := rows.turn_on_air(live.event):
        return queue.after_hiding(queue.hide_now(turn, actor=actor))
    return None


def _enter(event, *, actor, form):
    """File what was said aloud. Why it could not be queued is told; it is filed all the same."""
    return entry.enter(form, event=event, actor=actor).queue_refusal


def _on(do, row, anchor, form=None, done=""):
    return Act(do, row, anchor, form, done)


ACTS: dict[str, Act] = {
    # The session itself
    "open": _on(session.open_session, rows.live, "c-cab", done=_("The session has started.")),
    "delay": _on(session.delay_session, rows.live, "c-cab", typed.DelayForm),
    "pause": _on(session.pause_session, rows.live, "c-cab", typed.PauseForm),
    "resume": _on(session.resume_session, rows.live, "c-cab"),
    "stream_down": _on(session.stream_down, rows.live, "c-cab"),
    "stream_up": _on(session.stream_up, rows.live, "c-cab"),
    "end": _on(_end, rows.live, "c-cab", done=_("The session is over.")),
    "recording": _on(
        recording_begins, rows.live, "c-cab", typed.RecordingForm,
        done=_("The seconds are counted from there."),
    ),
    "item": _on(session.next_item, rows.live, "c-cab", typed.ItemForm),
    "screen": _on(session.set_screen, rows.live_as_is, "c-cab", typed.ScreenForm),
    "hide_screen": _on(_hide_all, rows.live_as_is, "c-cab", done=_("The screen is hidden.")),
    "unhide_screen": _on(session.unhide_screen, rows.live_as_is, "c-cab"),
    # Lanes
    "approve": _on(queue.approve, rows.seen_question, "c-revisar"),
    "withhold": _on(queue.withhold, rows.seen_question, "c-revisar", typed.WithholdForm),
    "merge": _on(queue.merge, rows.seen_question, "c-revisar", typed.MergeForm),
    "queue": _on(queue.queue_question, rows.public_question, "c-cola"),
    "up": _on(queue.move_up, rows.turn, "c-cola"),
    "down": _on(queue.move_down, rows.turn, "c-cola"),
    "on_air": _on(queue.put_on_air, rows.turn, "c-aire"),
    "answered": _on(queue.mark_answered, rows.turn, "c-aire"),
    "written": _on(queue.needs_written, rows.turn, "c-aire"),
    "back": _on(queue.back_to_queue, rows.turn, "c-aire"),
    "air_again": _on(queue.back_on_air, rows.turn, "c-aire"),
    "hide": _on(_hide_question, rows.turn, "c-aire"),
    "hint": _on(queue.set_hint, rows.turn_and_hint, "c-aire", typed.HintForm),
    # The room
    "floor": _on(session.give_floor, rows.speaker, "c-palabra"),
    "floor_stop": _on(session.stop_floor, rows.event, "c-palabra"),
    "audience": _on(session.count_audience, rows.event, "c-asistencia", typed.AudienceForm),
    "survey_open": _on(surveys.open_survey, rows.survey, "c-luces"),
    "survey_close": _on(surveys.close_survey, rows.survey, "c-luces"),
    # What is written
    "line": _on(session.write_line, rows.event, "c-linea", typed.LineForm),
    "line_fix": _on(session.correct_line, rows.line, "c-bitacora", typed.LineForm),
    "commitment": _on(
        _promise, rows.event, "c-compromiso", typed.CommitmentForm,
        done=_("The commitment is kept as a draft."),
    ),
    "quick": _on(_enter, rows.event, "c-rapida", entry.QuickForm, done=_("The question is filed.")),
}  # fmt: skip
