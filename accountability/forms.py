"""The filters of the board, what the staff writes when a move wants a reason, and proofs."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accountability.models import Evidence, SessionRecord
from accountability.status import Standing
from accountability.transcript import captions, reading
from entity.registry import registry
from portal.base.dates import short_day
from portal.base.forms import CleanCharField, CleanTextField, GateFileField, PortalForm

# In the order of the address: `public_page` knows them in the same one.
FILTERS = ("estado", "oficina", "municipio", "jornada", "pagina")


def _select(label, choices=()):
    widget = forms.Select(attrs={"class": "control"})
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)


class CommitmentFilterForm(PortalForm):
    """Every value is optional; one that is not in a list finds nothing and the page says so."""

    q = CleanCharField(
        label=_("Word"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "control"}),
    )
    oficina = _select(_("Office"))
    municipio = _select(_("Municipality"))
    jornada = _select(_("Event"))
    estado = _select(_("Status"), [("", pgettext_lazy("commitments", "All")), *Standing.choices])

    def __init__(self, data, *, events, **kwargs):
        super().__init__(data, auto_id="%s", **kwargs)
        snapshot = registry()
        offices = ((o.code, o.short_name) for o in snapshot.offices)
        self._offer("oficina", pgettext_lazy("offices", "All"), offices)
        places = ((m.code, m.name) for m in snapshot.municipalities)
        self._offer("municipio", pgettext_lazy("municipalities", "All"), places)
        days = ((e.slug, f"{short_day(e.starts_at)}, {e.title}") for e in events)
        self._offer("jornada", pgettext_lazy("events", "All"), days)

    def _offer(self, name, everything, choices):
        self.fields[name].choices = [("", everything), *choices]

    @property
    def folded_fields(self) -> list:
        """The fields inside the fold, in the order they are drawn."""
        return [self[name] for name in ("q", "oficina", "municipio", "jornada")]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Filters in use, each with its words; none while one of them does not exist."""
        found = []
        if not self.is_valid():
            return found
        for name in ("estado", "oficina", "municipio", "jornada", "q"):
            value = self.cleaned_data.get(name)
            if value:
                choices = dict(getattr(self.fields[name], "choices", ()))
                found.append((name, str(choices.get(value, f"“{value}”"))))
        return found

    def address(self, **changes) -> str:
        """The query of the board with some filters changed, in the one order that is cached."""
        values = {**getattr(self, "cleaned_data", {}), "pagina": "", **changes}
        known = [(name, values[name]) for name in (*FILTERS, "q") if values.get(name)]
        return f"?{urlencode(known)}" if known else "."


class RecordForm(forms.ModelForm):
    """The record of a session. Captions that are pasted become a transcript with times."""

    transcript = CleanTextField(
        label=_("Transcript"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 20, "cols": 80, "class": "vLargeTextField"}),
        help_text=_(
            "An empty line begins a paragraph; [00:12:30] before it is its time in the recording. "
            "You can paste captions (WebVTT): they become paragraphs with their times."
        ),
    )

    class Meta:
        model = SessionRecord
        fields = (
            "event", "recording_url", "recording_label", "duration_seconds", "has_captions",
            "audio_url", "no_recording_reason", "summary", "transcript",
        )  # fmt: skip

    def clean_transcript(self):
        text = self.cleaned_data["transcript"]
        if not captions.are_captions(text):
            return text
        told = reading.from_captions(text)
        if not told:
            raise forms.ValidationError(_t("These captions hold no words with a time."))
        return told


class ReasonForm(forms.Form):
    """Why: the public reads it."""

    reason = CleanTextField(label=_("Reason"), max_length=2000)


class ChangeNoteForm(forms.Form):
    """What a new edition of the minutes changes."""

    change_note = CleanCharField(label=_("What the new edition changes"), max_length=240)


class UntilForm(forms.Form):
    """The last day for remarks about a draft."""

    until = forms.DateField(
        label=_("Last day for remarks"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class CommentForm(forms.Form):
    """What the office should change before the update is published."""

    comment = CleanTextField(label=_("What should change"), max_length=2000)


class DateChangeForm(ReasonForm):
    """Another date for a commitment, with the reason that stays in sight beside the first one."""

    to_date = forms.DateField(
        label=_("New date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    approved_by_post = CleanCharField(label=_("Approved by (post)"), max_length=120, required=False)
    field_order = ("to_date", "reason", "approved_by_post")


class EvidenceForm(forms.ModelForm):
    """A proof: the address of a page, or a file that passes the upload gate."""

    file = GateFileField(label=_("File (PDF, JPG or PNG)"), required=False)

    class Meta:
        model = Evidence
        fields = ("title", "url", "note")

    def clean(self):
        data = super().clean()
        has_file = data.get("file") or self.instance.stored_id or "file" in self.errors
        if not data.get("url") and not has_file and "url" not in self.errors:
            self.add_error("url", _("Give the address of the proof or its file."))
        return data

    def save(self, commit=True):
        if self.cleaned_data.get("file"):
            self.instance.stored = self.cleaned_data["file"].store()
        return super().save(commit)
