"""The decisions of the review page: who may take which one when, and the workflow behind each.

What a page does not offer is refused by the workflow too; this table only spares the attempt.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entity.models import Office
from portal.base import clock
from portal.base.machine import MoveRefused
from questions import workflow
from questions.admin import classifying
from questions.models import Question
from questions.selectors_staff import may_send_back
from questions.workflow.machines import APPROVE, CASE, MODERATE, VISIBILITY, demand
from questions.workflow.undo import undoable

S = Question.Status


@dataclass(frozen=True)
class Decision:
    """One named button. `fields` are those it reads; a refusal stands beside the first of them.

    `run(question, actor, data)` calls the workflow. `goes_on` leads to the next
    contribution, where this one was waiting for its review.
    """

    name: str
    label: str
    done: str
    fields: tuple[str, ...]
    may: Callable
    run: Callable
    goes_on: bool = False


def _moderator(user, question) -> bool:
    return user.has_perm(MODERATE)


def _approver(user, question) -> bool:
    return user.has_perm(APPROVE)


def _case(move: str, role=_moderator):
    """Open where the case's machine allows the move and the role may make it."""
    return lambda user, question: question.status in CASE.moves[move][0] and role(user, question)


def _may_publish(user, question) -> bool:
    """A text that its author took back, or that is archived, does not come (back) to the public."""
    closed = question.status in (S.WITHDRAWN, S.ARCHIVED)
    legal = question.visibility in VISIBILITY.moves["publish_text"][0]
    return legal and not closed and _moderator(user, question)


def _may_publish_and_assign(user, question) -> bool:
    return _may_publish(user, question) and _case("assign_question")(user, question)


def _may_withhold(user, question) -> bool:
    return question.visibility in VISIBILITY.moves["withhold"][0] and _moderator(user, question)


def _may_extend(user, question) -> bool:
    in_time = not question.extended_from and clock.local_day() <= question.due_on
    return in_time and _case("extend_term", _approver)(user, question)


def _may_propose(user, question) -> bool:
    return not question.archive_proposal and _case("propose_archive")(user, question)


def _may_sign(move: str):
    """Open to approval, for what somebody else proposed."""

    def may(user, question) -> bool:
        proposed = question.archive_proposal and question.archive_proposed_by_id != user.pk
        return bool(proposed) and _case(move, _approver)(user, question)

    return may


def _office(data) -> Office:
    office = Office.objects.filter(pk=data.get("office") or 0, is_active=True).first()
    if office is None:
        raise MoveRefused(_("Choose the office that answers."))
    return office


@undoable
def _classified_then(question, *, actor, data, move, at=None, **details):
    """A move with what was chosen in the classification beside it: one step, undone as one."""
    if classifying.is_changed(question, data) and CASE.allows(question, "classify_question"):
        _classify(question, actor, data, at=at)
    return move(question, actor=actor, at=at, **details)


def _text(data) -> dict:
    return {"public_text": data["public_text"], "title": data["title"]}


def _publish(question, actor, data):
    demand(actor, MODERATE)
    move = workflow.publish_text
    _classified_then(question, actor=actor, data=data, move=move, **_text(data))


def _assign(question, actor, data):
    demand(actor, MODERATE)
    move = workflow.assign_question
    _classified_then(question, actor=actor, data=data, move=move, office=_office(data))


def _publish_and_assign(question, actor, data):
    demand(actor, MODERATE)
    details = {**_text(data), "office": _office(data)}
    move = workflow.publish_and_assign
    _classified_then(question, actor=actor, data=data, move=move, **details)


def _merge(question, actor, data):
    demand(actor, MODERATE)
    visible = Question.objects.visible_to(actor)
    into = visible.filter(number=data["into"]).first() if data["into"] else None
    if into is None:
        raise MoveRefused(_("There is no contribution with that number."))
    workflow.merge_question(question, actor=actor, into=into)


def _classify(question, actor, data, at=None):
    demand(actor, MODERATE)
    chosen = classifying.chosen(question, data)
    workflow.classify_question(question, actor=actor, at=at, **chosen)


def _extend(question, actor, data):
    demand(actor, APPROVE)
    if not data["until"]:
        raise MoveRefused(_("Choose the new due day."))
    workflow.extend_term(
        question, actor=actor, reason=data["extension_reason"], until=data["until"]
    )


def _with(function, **names):
    """A workflow function that is told some fields: `_with(f, reason="archive_reason")`."""

    def run(question, actor, data):
        function(question, actor=actor, **{name: data[field] for name, field in names.items()})

    return run


_published = gettext_lazy("Contribution %(number)s was published.")
_saved = gettext_lazy("Contribution %(number)s: done.")

DECISIONS = {
    decision.name: decision
    for decision in (
        Decision(
            "publish_and_assign",
            gettext_lazy("Publish and assign"),
            gettext_lazy("Contribution %(number)s was published and assigned to %(office)s."),
            ("public_text", "title", "room_summary", "place", "office"),
            _may_publish_and_assign, _publish_and_assign, goes_on=True,
        ),
        Decision(
            "publish", gettext_lazy("Publish and next"), _published,
            ("public_text", "title", "room_summary", "place"), _may_publish, _publish, goes_on=True,
        ),
        Decision(
            "assign",
            gettext_lazy("Assign"),
            gettext_lazy("Contribution %(number)s was assigned to %(office)s."),
            ("office",), _case("assign_question"), _assign,
        ),
        Decision(
            "classify", gettext_lazy("Save the classification"),
            gettext_lazy("The classification of %(number)s was saved. It is due on %(due)s."),
            classifying.FIELDS, _case("classify_question"), _classify,
        ),
        Decision(
            "clarify", gettext_lazy("Ask for clarification"),
            gettext_lazy("We asked the author of %(number)s. The clock stands still."),
            ("asked",), _case("ask_for_clarification", may_send_back),
            _with(workflow.ask_for_clarification, asked="asked"),
            goes_on=True,
        ),
        Decision(
            "merge", gettext_lazy("Join to another"),
            gettext_lazy("Contribution %(number)s was joined to another."),
            ("into",), _case("merge_question"), _merge,
            goes_on=True,
        ),
        Decision(
            "transfer", gettext_lazy("Transfer"),
            gettext_lazy("Contribution %(number)s was transferred."), ("body", "letter"),
            _case("transfer_question"),
            _with(workflow.transfer_question, body="body", letter="letter"),
            goes_on=True,
        ),
        Decision(
            "pqrsd", gettext_lazy("Move to PQRSD"),
            gettext_lazy("Contribution %(number)s goes on in PQRSD."), ("reference",),
            _case("move_to_pqrsd"), _with(workflow.move_to_pqrsd, reference="reference"),
            goes_on=True,
        ),
        Decision(
            "return", gettext_lazy("Return to moderation"),
            gettext_lazy("Contribution %(number)s went back to moderation."), ("return_reason",),
            _case("return_to_moderation", may_send_back),
            _with(workflow.return_to_moderation, reason="return_reason"),
        ),
        Decision(
            "extend", gettext_lazy("Extend the term"),
            gettext_lazy("Contribution %(number)s is due on %(due)s now."),
            ("until", "extension_reason"), _may_extend, _extend,
        ),
        Decision(
            "propose_archive", gettext_lazy("Propose to archive"),
            gettext_lazy("Contribution %(number)s waits for the signature of another person."),
            ("archive_reason",), _may_propose,
            _with(workflow.propose_archive, reason="archive_reason"),
            goes_on=True,
        ),
        Decision(
            "archive", gettext_lazy("Sign: archive"),
            gettext_lazy("Contribution %(number)s was archived."), (),
            _may_sign("archive_question"), _with(workflow.archive_question),
        ),
        Decision(
            "decline_archive", gettext_lazy("Don't archive"),
            gettext_lazy("Contribution %(number)s goes on."), ("decline_reason",),
            _may_sign("decline_archive"), _with(workflow.decline_archive, reason="decline_reason"),
        ),
        Decision(
            "withhold", gettext_lazy("Don't publish"),
            gettext_lazy("Contribution %(number)s is not public. Its author is still answered."),
            ("reason",), _may_withhold, _with(workflow.withhold, reason="reason"),
        ),
        Decision(
            "more_time", gettext_lazy("Give the author a second month"), _saved, (),
            _case("extend_clarification"), _with(workflow.extend_clarification),
        ),
        Decision(
            "lapse", gettext_lazy("Close: the clarification did not come"), _saved, (),
            _case("lapse_question"), _with(workflow.lapse_question),
        ),
        Decision(
            "split", gettext_lazy("Separate again"), _saved, (),
            _case("split_question"), _with(workflow.split_question),
        ),
        Decision(
            "restore", gettext_lazy("Take out of the archive"), _saved, (),
            _case("restore_question", _approver), _with(workflow.restore_question),
        ),
    )
}  # fmt: skip


def offered(user, question) -> dict[str, Decision]:
    """The decisions that this person may take now, by name."""
    return {name: d for name, d in DECISIONS.items() if d.may(user, question)}


@transaction.atomic
def take(decision: Decision, question, actor, data) -> None:
    """All moves of a decision or none. Raises MoveRefused or PermissionDenied."""
    decision.run(question, actor, data)
