"""Contributions: the case, who sent it, its files, its answers, its voices, the form's drafts."""

from questions.models.answer import Answer, AnswerFile
from questions.models.author import Author, Clarification, FollowLink, QuestionFile
from questions.models.channels import ImportBatch, InboundMessage, PaperForm
from questions.models.desk import Note, ReviewLease, TextTemplate, TopicRule, UndoStep
from questions.models.draft import Draft
from questions.models.live import LiveTurn
from questions.models.petition import PetitionType
from questions.models.question import Question
from questions.models.voices import AnswerVote, Interest

__all__ = [
    "Answer",
    "AnswerFile",
    "AnswerVote",
    "Author",
    "Clarification",
    "Draft",
    "FollowLink",
    "ImportBatch",
    "InboundMessage",
    "Interest",
    "LiveTurn",
    "Note",
    "PaperForm",
    "PetitionType",
    "Question",
    "QuestionFile",
    "ReviewLease",
    "TextTemplate",
    "TopicRule",
    "UndoStep",
]
