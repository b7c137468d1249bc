"""Forms of the public side."""

from questions.forms.ask import AuthorForm, QuestionForm
from questions.forms.filters import QuestionFilterForm
from questions.forms.follow import ClarificationForm, FollowForm, ReopenForm

__all__ = [
    "AuthorForm",
    "ClarificationForm",
    "FollowForm",
    "QuestionFilterForm",
    "QuestionForm",
    "ReopenForm",
]
