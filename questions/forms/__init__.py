"""Forms of the public side."""

from questions.forms.ask import AuthorForm, QuestionForm
from questions.forms.filters import QuestionFilterForm
from questions.forms.follow import ClarificationForm, FollowForm
from questions.forms.voices import FollowByMailForm, OwnVerdictForm, VerdictForm

__all__ = [
    "AuthorForm",
    "ClarificationForm",
    "FollowByMailForm",
    "FollowForm",
    "OwnVerdictForm",
    "QuestionFilterForm",
    "QuestionForm",
    "VerdictForm",
]
