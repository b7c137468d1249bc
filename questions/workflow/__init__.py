"""The only writer of a contribution's and an answer's state. One named function for each move."""

from portal.base.machine import MoveRefused, Overtaken
from questions.workflow.answers import (
    draft_answer,
    publish_answer,
    request_approval,
    return_answer,
    schedule_answer,
)
from questions.workflow.author import (
    answer_clarification,
    reopen_question,
    withdraw_question,
)
from questions.workflow.desk import (
    archive_question,
    ask_for_clarification,
    assign_question,
    classify_question,
    extend_term,
    lapse_question,
    merge_question,
    move_to_pqrsd,
    publish_text,
    restore_question,
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
    "draft_answer",
    "extend_term",
    "lapse_question",
    "merge_question",
    "move_to_pqrsd",
    "publish_answer",
    "publish_text",
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
