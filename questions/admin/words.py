"""The moves of a case and of its answers, in the words of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base.models import Transition
from questions.models import Question
from questions.standing import UNDO

MOVES = {
    "submit_question": gettext_lazy("Received"),
    "publish_text": gettext_lazy("Published"),
    "withhold": gettext_lazy("Not published"),
    "assign_question": gettext_lazy("Assigned"),
    "return_to_moderation": gettext_lazy("Returned to moderation"),
    "classify_question": gettext_lazy("Classified"),
    "ask_for_clarification": gettext_lazy("Clarification asked for"),
    "answer_clarification": gettext_lazy("Clarification received"),
    "lapse_question": gettext_lazy("Closed without a clarification"),
    "merge_question": gettext_lazy("Joined to another"),
    "split_question": gettext_lazy("Separated again"),
    "transfer_question": gettext_lazy("Transferred"),
    "move_to_pqrsd": gettext_lazy("Moved to PQRSD"),
    "extend_clarification": gettext_lazy("More time to clarify"),
    "recount_term": gettext_lazy("Due day counted anew"),
    "propose_archive": gettext_lazy("Archiving proposed"),
    "decline_archive": gettext_lazy("Archiving declined"),
    "archive_question": gettext_lazy("Archived"),
    "restore_question": gettext_lazy("Taken out of the archive"),
    "withdraw_question": gettext_lazy("Withdrawn by its author"),
    "reopen_question": gettext_lazy("Reopened by its author"),
    "extend_term": gettext_lazy("Term extended"),
    UNDO: gettext_lazy("Undone by who had made it"),
    "draft_answer": gettext_lazy("Answer drafted"),
    "request_approval": gettext_lazy("Sent to approval"),
    "return_answer": gettext_lazy("Returned to the office"),
    "schedule_answer": gettext_lazy("Approved, to be published later"),
    "publish_answer": gettext_lazy("Answer published"),
    "set_live_moment": gettext_lazy("Moment of the recording noted"),
}
BY_AUTHOR = {
    "submit_question", "answer_clarification", "withdraw_question", "reopen_question",
}  # fmt: skip


def move_words(transition: Transition) -> str:
    return str(MOVES.get(transition.move, transition.move))


def who(transition: Transition) -> str:
    """The person at the desk, the author, or the portal's own clock."""
    if transition.actor:
        return person(transition.actor)
    return _("Its author") if transition.move in BY_AUTHOR else _("The portal")


def person(user) -> str:
    return user.get_full_name() or user.get_username() if user else ""


def why(transition: Transition) -> str:
    """Reason and detail of a move, as far as they say more than its name."""
    reason = transition.reason
    if transition.move == "withhold":
        labels = dict(Question.WithholdReason.choices)
        reason = str(labels.get(reason, _("Its author withdrew it.")))
    detail = "" if transition.move == "submit_question" else transition.detail
    if transition.move == UNDO:
        detail = ", ".join(str(MOVES.get(name, name)) for name in detail.split())
    return " · ".join(text for text in (detail, reason) if text)


def told(transitions) -> list[dict]:
    """The history, ready for the page."""
    return [{"at": t.at, "move": move_words(t), "who": who(t), "why": why(t)} for t in transitions]
