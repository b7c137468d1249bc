"""The three machines of a contribution: its case, its visibility, its answers."""

from django.core.exceptions import PermissionDenied

from portal.base.machine import Machine, MoveRefused
from portal.base.texts import clean_text
from questions.models import Answer, Question

S, V, A = Question.Status, Question.Visibility, Answer.Status

CASE = Machine(
    kind="question",
    column="status",
    moves={
        "assign_question": ((S.RECEIVED, S.ASSIGNED), S.ASSIGNED),
        "return_to_moderation": ((S.ASSIGNED,), S.RECEIVED),
        "ask_for_clarification": ((S.RECEIVED, S.ASSIGNED), S.NEEDS_CLARIFICATION),
        # to `assigned` where an office had it, else to `received`
        "answer_clarification": ((S.NEEDS_CLARIFICATION,), None),
        "lapse_question": ((S.NEEDS_CLARIFICATION,), S.LAPSED),
        "merge_question": ((S.RECEIVED, S.ASSIGNED), S.MERGED),
        "split_question": ((S.MERGED,), S.RECEIVED),
        "transfer_question": ((S.RECEIVED, S.ASSIGNED), S.TRANSFERRED),
        "move_to_pqrsd": ((S.RECEIVED, S.ASSIGNED), S.MOVED_TO_PQRSD),
        "extend_clarification": ((S.NEEDS_CLARIFICATION,), None),
        "propose_archive": ((S.RECEIVED,), None),
        "decline_archive": ((S.RECEIVED,), None),
        "archive_question": ((S.RECEIVED,), S.ARCHIVED),
        "restore_question": ((S.ARCHIVED,), S.RECEIVED),
        "withdraw_question": (S.OPEN, S.WITHDRAWN),
        "publish_answer": ((S.ASSIGNED, S.ANSWERED), S.ANSWERED),
        "reopen_question": ((S.ANSWERED,), S.ASSIGNED),
        "extend_term": (S.RUNNING, None),
        "classify_question": (S.OPEN, None),
        # made by the clock when a closing day is added, or the event or a setting changes
        "recount_term": (S.RUNNING, None),
        # back to where its last move came from, by the person who made that move
        "undo_move": ((*S.OPEN, S.MERGED, S.TRANSFERRED, S.MOVED_TO_PQRSD), None),
    },
)

VISIBILITY = Machine(
    kind="question",
    column="visibility",
    moves={
        "publish_text": ((V.UNMODERATED, V.WITHHELD), V.PUBLISHED),
        "withhold": ((V.UNMODERATED, V.PUBLISHED), V.WITHHELD),
        "undo_move": ((V.PUBLISHED, V.WITHHELD), None),
    },
)

ANSWER = Machine(
    kind="answer",
    column="status",
    moves={
        "request_approval": ((A.DRAFT,), A.AWAITING_APPROVAL),
        "return_answer": ((A.AWAITING_APPROVAL, A.SCHEDULED), A.DRAFT),
        "schedule_answer": ((A.AWAITING_APPROVAL,), A.SCHEDULED),
        "publish_answer": ((A.AWAITING_APPROVAL, A.SCHEDULED), A.PUBLISHED),
    },
)


def needed(text: str, sentence: str) -> str:
    """The text without control characters. Raises MoveRefused(sentence) where nothing is left."""
    text = clean_text(text)
    if not text:
        raise MoveRefused(sentence)
    return text


MODERATE = "questions.moderate_question"
APPROVE = "questions.approve_question"
OWN_OFFICE = "questions.answer_own_office"
ENTER = "questions.enter_question"


def demand(actor, *permissions: str) -> None:
    """Raise PermissionDenied unless the actor has one of the permissions."""
    if not any(actor.has_perm(permission) for permission in permissions):
        raise PermissionDenied


def is_of_office(actor, office) -> bool:
    """Whether the actor answers for this office."""
    return bool(
        office
        and actor.has_perm(OWN_OFFICE)
        and actor.office_memberships.filter(office=office).exists()
    )


def demand_own_office(actor, question) -> None:
    """The office that has the case answers it, and nobody else: not the desk that moderates."""
    if not is_of_office(actor, question.office):
        raise PermissionDenied


def demand_desk_or_office(actor, question) -> None:
    if not actor.has_perm(MODERATE) and not is_of_office(actor, question.office):
        raise PermissionDenied
