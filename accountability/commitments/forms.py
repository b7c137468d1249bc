"""Who wants to hear of a commitment, and what the desk tells many commitments at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.forms import CleanCharField, CleanTextField
from questions.forms import FollowByMailForm as FollowForm

__all__ = ["FollowForm", "NewsForm", "NextCheckForm"]


def _day(label):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class NextCheckForm(forms.Form):
    """The day on which somebody looks how it goes."""

    next_check_on = _day(_("Day of the next check"))


class NewsForm(forms.Form):
    """The same news as a draft of each commitment that was chosen."""

    happened_on = _day(_("Day"))
    title = CleanCharField(label=_("What happened"), max_length=160)
    body = CleanTextField(label=_("Detail"), max_length=5000, required=False)
