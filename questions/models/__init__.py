"""Contributions: the case, who sent it, its files, its answers, and the form's drafts."""

from questions.models.answer import Answer
from questions.models.author import Author, Clarification, FollowLink, QuestionFile
from questions.models.draft import Draft
from questions.models.petition import PetitionType
from questions.models.question import Question

__all__ = [
    "Answer",
    "Author",
    "Clarification",
    "Draft",
    "FollowLink",
    "PetitionType",
    "Question",
    "QuestionFile",
]
