"""The only writer of a contribution's and an answer's state. One named function for each move."""

from portal.base.machine import MoveRefused, Overtaken
from questions.workflow.answers import (
    draft_answer,
    publish_answer,
    request_approval,
    return_answer,
    schedule_answer,
)
from questions.workflow.archive import (
    archive_question,
    decline_archive,
    propose_archive,
    restore_question,
)
from questions.workflow.author import (
    answer_clarification,
    reopen_question,
    withdraw_question,
)
from questions.workflow.clocks import (
    ask_for_clarification,
    classify_question,
    extend_clarification,
    extend_term,
    lapse_question,
    recount_term,
    recount_terms,
)
from questions.workflow.desk import (
    assign_question,
    merge_question,
    move_to_pqrsd,
    publish_text,
    return_to_moderation,
    split_question,
    transfer_question,
    withhold,
)
from questions.workflow.filing import Filing, submit_question

__all__ = [
    "Filing",
    "MoveRefused",
    "Overtaken",
    "answer_clarification",
    "archive_question",
    "ask_for_clarification",
    "assign_question",
    "classify_question",
    "decline_archive",
    "draft_answer",
    "extend_clarification",
    "extend_term",
    "lapse_question",
    "merge_question",
    "move_to_pqrsd",
    "propose_archive",
    "publish_answer",
    "publish_text",
    "recount_term",
    "recount_terms",
    "reopen_question",
    "request_approval",
    "restore_question",
    "return_answer",
    "return_to_moderation",
    "schedule_answer",
    "split_question",
    "submit_question",
    "transfer_question",
    "withdraw_question",
    "withhold",
]
