"""One moment of the agenda, as it is written at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entity.models import Office
from events.instants import INSTANT, InstantField
from events.models import AgendaItem, Event
from portal.base.forms import CleanCharField, CleanTextField

MOST_MINUTES = 24 * 60
HAPPENED = ("started_at", "recording_second", "outcome")


class AgendaItemForm(forms.ModelForm):
    """What really happened is asked once the event is public; before that there is nothing."""

    use_required_attribute = False
    title = CleanCharField(label=_("Title"), max_length=120)
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={
            "required": _("Write how many minutes it lasts."),
            "invalid": _("Write the minutes as a number, such as 20."),
            "min_value": _("It lasts a minute at least."),
            "max_value": _("An event lasts no more than a day: %(limit_value)s minutes."),
        },
    )
    parent = forms.ModelChoiceField(
        label=_("Is a part of"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Nothing: it is a moment of its own"),
    )
    presenter = CleanCharField(
        label=_("Who presents"), max_length=120, required=False,
        help_text=_("The post, not the person."),
    )  # fmt: skip
    description = CleanTextField(
        label=_("Description"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    started_at = InstantField(label=_("real start"), required=False, widget=INSTANT)
    outcome = CleanTextField(
        label=_("What happened"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    class Meta:
        model = AgendaItem
        fields = (
            "title", "minutes", "kind", "parent", "presenter", "office", "description", *HAPPENED,
        )  # fmt: skip

    def __init__(self, *args, event: Event, **kwargs):
        super().__init__(*args, prefix="item", label_suffix="", **kwargs)
        self.fields["office"].queryset = Office.objects.order_by("name")
        for field in HAPPENED if event.status == Event.Status.DRAFT else ():
            del self.fields[field]
        if self.instance.pk:
            del self.fields["parent"]  # an item that is there is moved in and out by its buttons
        else:
            self.fields["parent"].queryset = event.agenda.filter(parent=None)

    def is_written(self) -> bool:
        """Whether anything of it was typed or chosen."""
        return any(name in self.changed_data for name in self.fields if name != "kind")
