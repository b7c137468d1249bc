"""What the panel asks: a proof of a duty, and a report that was handed over."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Document, ReportDelivery
from events.models.links import check_https
from portal.base import clock
from portal.base.forms import CleanCharField, CleanTextField, GateFileField, PortalForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ADDRESS = gettext_lazy("Write an address that begins with https://")
FILE_HELP = gettext_lazy("PDF, JPG or PNG, up to 5 MB.")


def past_day(day):
    if day and day > clock.local_day():
        raise forms.ValidationError(_("The day it was done can't be in the future."))
    return day


class ProofForm(PortalForm):
    """One proof: the day, and an address, a file or a note."""

    done_on = forms.DateField(
        label=gettext_lazy("Day it was done"),
        widget=DAY,
        error_messages={
            "required": gettext_lazy("Write the day it was done."),
            "invalid": gettext_lazy("Write the day as 2026-03-27."),
        },
    )
    url = forms.URLField(
        label=gettext_lazy("Address where it can be seen (optional)"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[check_https],
        error_messages={"invalid": ADDRESS},
    )
    file = GateFileField(
        label=gettext_lazy("File or photo (optional)"), required=False, help_text=FILE_HELP
    )
    note = CleanTextField(
        label=gettext_lazy("Note (optional)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Who saw it, where it hangs, the number of the newspaper…"),
    )

    def clean_done_on(self):
        return past_day(self.cleaned_data["done_on"])

    def clean(self):
        data = super().clean()
        asked = ("url", "file", "note")
        if not any(data.get(name) or name in self.errors for name in asked):
            self.add_error("url", _("Give an address, a file or a note as proof."))
        return data


class WrongForm(PortalForm):
    """Why a proof is wrong; it stays in sight with these words."""

    reason = CleanCharField(
        label=gettext_lazy("Why it is wrong"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why this proof is wrong.")},
    )


class LateNoticeForm(PortalForm):
    """Why a hearing is called later than the law says: the public reads it."""

    reason = CleanTextField(
        label=gettext_lazy("Why the notice comes after its last day"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The public reads it on the page of the event."),
        error_messages={"required": gettext_lazy("Write why the notice comes later.")},
    )


class DocumentChoice(forms.ModelChoiceField):
    """Documents of two events may have one name: the day of the event tells them apart."""

    def label_from_instance(self, obj):
        return f"{obj.title} ({clock.local_day(obj.event.starts_at)})"


class DeliveryForm(forms.ModelForm):
    """A report that was handed to a control body, with its proof."""

    document = DocumentChoice(
        Document.objects.select_related("event").order_by("-event__starts_at", "order", "pk"),
        label=gettext_lazy("document of the event"),
        required=False,
    )
    file = GateFileField(
        label=gettext_lazy("File of the proof"), required=False, help_text=FILE_HELP
    )

    class Meta:
        model = ReportDelivery
        fields = (
            "event", "report", "document", "body", "delivered_on", "reference", "url", "note",
        )  # fmt: skip

    def clean_delivered_on(self):
        return past_day(self.cleaned_data["delivered_on"])

    def clean(self):
        data = super().clean()
        document, event = data.get("document"), data.get("event")
        if document and event != document.event:
            self.add_error("document", _("This document belongs to another event."))
        return data

    def _post_clean(self):
        """The model asks for a proof: a file that will be stored, or was refused, counts."""
        before = self.instance.stored_id
        if self.cleaned_data.get("file") or "file" in self.errors:
            self.instance.stored_id = uuid.uuid4()
        super()._post_clean()
        self.instance.stored_id = before

    def save(self, commit=True):
        if self.cleaned_data.get("file"):
            self.instance.stored = self.cleaned_data["file"].store()
        return super().save(commit)
