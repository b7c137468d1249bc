"""Taking back a moderation move: for fifteen seconds, by the person who made it.

What a move tells waits as long in the outbox, so nobody hears of what is taken back. The history
keeps both moves; readers see neither (`questions.standing`).
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from functools import wraps

from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock, outbox
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import Transition
from questions import notifications, publishing
from questions.models import Question, UndoStep
from questions.standing import UNDO
from questions.workflow.machines import CASE, MODERATE, OWN_OFFICE, VISIBILITY, demand

NOT_PUT_BACK = {"id", "revision"}
_in_a_step: ContextVar[bool] = ContextVar("in_a_step", default=False)


def undoable(move: Callable) -> Callable:
    """A move of a person at the desk that leaves an UndoStep, which is put on the case too.

    A move inside another one belongs to the step of the outer one.
    """

    @wraps(move)
    def moved(question, *, actor, at=None, **details):
        if _in_a_step.get():
            return move(question, actor=actor, at=at, **details)
        token = _in_a_step.set(True)
        try:
            with transaction.atomic():
                at, before, revision = clock.now(at), _columns(question), question.revision
                move(question, actor=actor, at=at, **details)
                question.undo_step = _remember(question, actor, before, revision, at)
        finally:
            _in_a_step.reset(token)
        return question

    return moved


def _columns(question) -> dict:
    return {f.attname: f.value_from_object(question) for f in Question._meta.concrete_fields}


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def _remember(question, actor, before: dict, revision: int, at) -> UndoStep:
    after = _columns(question)
    changed = {
        name: _plain(value)
        for name, value in before.items()
        if value != after[name] and name not in NOT_PUT_BACK
    }
    return UndoStep.objects.create(
        question=question,
        actor=actor,
        moves={"columns": changed, "made": _made(question, question.revision - revision)},
        mail_keys=notifications.keys_for(question, revision),
        revision=question.revision,
        until=at + notifications.HOLD,
    )


def _made(question, number: int) -> dict[str, list[str]]:
    """The names of the last moves by machine; each one made the revision greater by one."""
    rows = Transition.objects.filter(
        kind="question", object_id=question.pk, machine__in=(CASE.column, VISIBILITY.column)
    )
    made: dict[str, list[str]] = {}
    for row in rows.order_by("-pk")[:number]:
        made.setdefault(row.machine, []).append(row.move)
    return made


def undo_last(question, *, actor, step: int | None = None, at=None) -> Question:
    """Put back what the last move changed and take back its messages.

    `step` is the key of the step that its author has seen; a later one is not undone in its place.
    Raises MoveRefused after fifteen seconds or to another person, Overtaken where somebody moved
    the case meanwhile.
    """
    demand(actor, MODERATE, OWN_OFFICE)
    with transaction.atomic():
        question.refresh_from_db()
        step = _step_of(question, step, actor, clock.now(at))
        others = {question.merged_into}
        _put_back(question, step, actor, at)
        outbox.cancel(step.mail_keys)
        step.delete()
        for changed in (question, *filter(None, others | {question.merged_into})):
            publishing.question_changed(changed)
    return question


def _step_of(question, seen: int | None, actor, at) -> UndoStep:
    step = question.undo_steps.order_by("-pk").first()
    if step is None or step.until <= at:
        raise MoveRefused(_("The 15 seconds are over, or it was undone already."))
    if step.actor_id != actor.pk:
        raise MoveRefused(_("Somebody else moved it. Only that person can undo it."))
    if step.revision != question.revision or seen not in (None, step.pk):
        raise Overtaken(_("It was moved again. Nothing was undone: open it and look."))
    return step


def _put_back(question, step, actor, at) -> None:
    """The reverse moves through the machines; what else was changed goes with the last of them."""
    made, columns = step.moves["made"], _read(step.moves["columns"])
    if "ask_for_clarification" in made.get(CASE.column, ()):
        question.clarifications.filter(replied_at__isnull=True).delete()
    machines = [machine for machine in (VISIBILITY, CASE) if machine.column in made]
    states = {m.column: columns.pop(m.column, getattr(question, m.column)) for m in machines}
    for machine in machines:
        rest = columns if machine is machines[-1] else {}
        machine.move(
            question, UNDO, actor=actor, at=at, to=states[machine.column],
            detail=" ".join(made[machine.column]), **rest,
        )  # fmt: skip


def _read(columns: dict) -> dict:
    """Values as the columns hold them."""
    return {name: Question._meta.get_field(name).to_python(v) for name, v in columns.items()}


def forget_old(at) -> int:
    """Delete the steps that nobody can undo any more; a chore of the worker."""
    return UndoStep.objects.filter(until__lt=at).delete()[0]
