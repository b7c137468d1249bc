"""The only writer of a contribution's and an answer's state. One named function for each move."""

from portal.base.machine import MoveRefused, Overtaken
from questions.workflow import leases
from questions.workflow.answers import (
    check_release,
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
from questions.workflow.attachments import attach_file, describe_file, remove_file
from questions.workflow.author import (
    answer_clarification,
    judge_answer,
    reopen_question,
    withdraw_question,
)
from questions.workflow.beside import add_note, open_identity
from questions.workflow.channels import enter_question, reserve_forms
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
    publish_and_assign,
    publish_text,
    return_to_moderation,
    split_question,
    transfer_question,
    withhold,
)
from questions.workflow.filing import AlreadyReceived, Filing, submit_question
from questions.workflow.live_moment import set_live_moment
from questions.workflow.messages import receive_message
from questions.workflow.undo import undo_last

__all__ = [
    "AlreadyReceived",
    "Filing",
    "MoveRefused",
    "Overtaken",
    "add_note",
    "answer_clarification",
    "archive_question",
    "ask_for_clarification",
    "assign_question",
    "attach_file",
    "check_release",
    "classify_question",
    "decline_archive",
    "describe_file",
    "draft_answer",
    "enter_question",
    "extend_clarification",
    "extend_term",
    "judge_answer",
    "lapse_question",
    "leases",
    "merge_question",
    "move_to_pqrsd",
    "open_identity",
    "propose_archive",
    "publish_and_assign",
    "publish_answer",
    "publish_text",
    "receive_message",
    "recount_term",
    "recount_terms",
    "remove_file",
    "reopen_question",
    "request_approval",
    "reserve_forms",
    "restore_question",
    "return_answer",
    "return_to_moderation",
    "schedule_answer",
    "set_live_moment",
    "split_question",
    "submit_question",
    "transfer_question",
    "undo_last",
    "withdraw_question",
    "withhold",
]
