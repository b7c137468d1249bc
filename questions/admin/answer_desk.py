"""What a person may do with an answer now, and the way it went so far."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from questions import selectors_answers, selectors_staff
from questions.admin import words
from questions.models import Answer, Question
from questions.workflow.answers import ANSWERABLE
from questions.workflow.machines import APPROVE

A = Answer.Status


@dataclass
class Desk:
    """A person in front of an answer, or of a question that has none in work."""

    user: object
    question: Question
    answer: Answer | None

    @property
    def status(self):
        return self.answer.status if self.answer else A.DRAFT

    @cached_property
    def may_write(self) -> bool:
        answerable = self.question.status in ANSWERABLE
        return (
            self.status == A.DRAFT
            and answerable
            and selectors_staff.may_draft(self.user, self.question)
        )

    @cached_property
    def is_own(self) -> bool:
        """Whether this person wrote in it: then somebody else approves it."""
        return bool(self.answer and self.answer.is_written_by(self.user))

    @cached_property
    def may_approve(self) -> bool:
        waiting = self.status in (A.AWAITING_APPROVAL, A.SCHEDULED)
        return waiting and self.user.has_perm(APPROVE) and not self.is_own

    @cached_property
    def may_set_moment(self) -> bool:
        return selectors_answers.may_set_moment(self.user, self.question)

    @cached_property
    def writers(self) -> list[str]:
        """Everybody who wrote in this edition, in the order of their first words."""
        if self.answer is None:
            return []
        moves = selectors_answers.writings(self.answer)
        names = [words.person(move.actor) for move in moves]
        return list(dict.fromkeys([*names, words.person(self.answer.drafted_by)]))


def path_of(desk: Desk) -> list[dict]:
    """Assigned, drafted, sent to approval, published: who and when, and which step is now."""
    moves = selectors_staff.answer_moves(desk.answer) if desk.answer else {}
    reached = {A.DRAFT: 1, A.AWAITING_APPROVAL: 2, A.SCHEDULED: 3, A.PUBLISHED: 4}[desk.status]
    steps = (
        (_("Assigned"), "assign_question"),
        (_("Draft"), "draft_answer"),
        (_("To approve"), "request_approval"),
        (_("Scheduled") if desk.status == A.SCHEDULED else _("Published"), "publish_answer"),
    )
    return [
        {
            "label": label,
            "at": moves[move].at if move in moves and number <= reached else None,
            "who": words.who(moves[move]) if move in moves and number <= reached else "",
            "is_now": number == reached,
            "is_done": number < reached,
        }
        for number, (label, move) in enumerate(steps)
    ]
