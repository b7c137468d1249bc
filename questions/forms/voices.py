"""What visitors may say or leave on the page of a published contribution."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.forms import CleanTextField, FriendlyEmailField, PortalForm
from questions.models import AnswerVote
from questions.voices import COMMENT_LETTERS

REASON_LETTERS = 1500


class VerdictForm(PortalForm):
    """Whether the answer answered, and what is missing in the reader's eyes."""

    value = forms.ChoiceField(
        label=_("Did this answer the question?"),
        choices=AnswerVote.Value.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose Yes, In part or No"),
            "invalid_choice": _("Choose Yes, In part or No"),
        },
    )
    comment = CleanTextField(
        label=_("What is missing? (optional)"),
        required=False,
        max_length=COMMENT_LETTERS,
        help_text=_("Only the office reads it. Do not write personal data."),
        error_messages={"max_length": _("Write at most 300 letters")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OwnVerdictForm(PortalForm):
    """The author's verdict. Asking for the answer to be completed reopens the case, once."""

    value = forms.ChoiceField(
        label=_("Did this answer your question?"),
        choices=AnswerVote.Value.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose Yes, In part or No"),
            "invalid_choice": _("Choose Yes, In part or No"),
        },
    )
    reason = CleanTextField(
        label=_("What is still missing?"),
        required=False,
        max_length=REASON_LETTERS,
        help_text=_("Only the office reads it."),
        error_messages={"max_length": _("Write at most 1,500 letters")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reopen = forms.BooleanField(
        label=_("Ask for the answer to be completed"),
        required=False,
        help_text=_("It can be asked for once. The office gets a new term."),
    )

    def __init__(self, *args, may_reopen=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_reopen:
            del self.fields["reopen"]

    def clean(self):
        data = super().clean()
        reason = data.get("reason") or ""
        if not data.get("reopen"):
            if len(reason) > COMMENT_LETTERS:
                self.add_error("reason", _("Write at most 300 letters"))
            return data
        if data.get("value") == AnswerVote.Value.YES:
            self.add_error(
                "reopen", _("You said that it answered you. Choose No or In part to ask for more.")
            )
        if not reason and "reason" not in self.errors:
            self.add_error("reason", _("Tell us what is still missing"))
        return data


class FollowByMailForm(PortalForm):
    """An address that wants to hear of one contribution."""

    email = FriendlyEmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("We send you a message; open its link to confirm."),
        error_messages={"required": _("Write your e-mail")},
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "class": "control--medio"}
        ),
    )
