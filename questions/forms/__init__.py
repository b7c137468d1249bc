"""Forms of the public side."""

from questions.forms.ask import AuthorForm, QuestionForm
from questions.forms.follow import ClarificationForm, FollowForm, ReopenForm
from questions.forms.filters import QuestionFilterForm

__all__ = [
    "AuthorForm",
    "ClarificationForm",
    "FollowForm",
    "QuestionFilterForm",
    "QuestionForm",
    "ReopenForm",
]
