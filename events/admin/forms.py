"""The forms of the event's page in the desk, and what a move asks."""

import uuid

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import stream_tests
from events.instants import INSTANT, InstantField
from events.models import Document, Event, EventKind, EventSection, StreamLink
from portal.base import clock, uploads
from portal.base.dates import clock as hour
from portal.base.dates import long_day
from portal.base.forms import CleanCharField, CleanTextField, GateFileField
from portal.base.texts import short_slug

FEWEST_DIGITS = 5
MOST_LETTERS = 50_000  # of one text: what is longer costs the page seconds, and is a document
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PUBLIC = gettext_lazy("The public reads it on the page of the event.")
# The browser's own pickers: one field each, and they work without JavaScript.
WIDGETS = {
    models.CharField: {"form_class": CleanCharField},
    models.TextField: {
        "form_class": CleanTextField,
        "max_length": MOST_LETTERS,
        "widget": forms.Textarea(attrs={"rows": 4}),
    },
    models.DateField: {"widget": DAY},
    models.DateTimeField: {"form_class": InstantField, "widget": INSTANT},
    models.URLField: {
        "form_class": forms.URLField,
        "assume_scheme": "https",
        "error_messages": {"invalid": gettext_lazy("Write an address that begins with https://")},
    },
}


def suggested_slug(kind, starts_at, but=None) -> str:
    """Date and kind (2020-12-21-jornada); a number follows when another event has it."""
    name = f"{clock.local_day(starts_at):%Y-%m-%d}-{slugify(kind.code).replace('_', '-')}"
    others = Event.objects.exclude(pk=but)
    found, number = name, 1
    while others.filter(slug=found).exists():
        number += 1
        found = f"{name}-{number}"
    return found


class EventForm(forms.ModelForm):
    """An event: the address is suggested, and the date that a move set is not written over."""

    class Meta:
        error_messages = {
            "slug": {"unique": gettext_lazy("Another event has this address. Write another one.")}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Leave it empty: it is made of the date and the kind. Once announced it stays."
            )

    def clean(self):
        data = super().clean()
        if not self.instance.pk and data.get("kind") and data.get("starts_at"):
            self._refuse_a_second_press(data)
        if "slug" in self.fields and data.get("kind") and data.get("starts_at"):
            data["slug"] = self._slug(data)
        self._keep_a_new_date()
        return data

    def _refuse_a_second_press(self, data):
        """One press after the other (the row of the kind is locked): no draft comes twice."""
        EventKind.objects.select_for_update().get(pk=data["kind"].pk)
        same = {name: data.get(name) for name in ("kind", "title", "starts_at", "ends_at")}
        if Event.objects.filter(status=Event.Status.DRAFT, **same).exists():
            words = _("This draft is in the list already: same kind, same name, same hours.")
            raise forms.ValidationError(words)

    def _slug(self, data) -> str:
        """What was written; a suggestion where nothing was, or where it was a suggestion before."""
        written, old = data.get("slug", ""), self.instance
        follows = old.pk and written == old.slug == suggested_slug(old.kind, old.starts_at, old.pk)
        if written and not follows:
            return written
        return suggested_slug(data["kind"], data["starts_at"], old.pk)

    def _keep_a_new_date(self):
        """Whoever read the form before the event was moved does not bring the old date back."""
        seen = self.data.get("read_revision", "")
        if not self.instance.pk or seen in ("", str(self.instance.revision)):
            return
        for name in {"starts_at", "ends_at"} & set(self.changed_data):
            stored = getattr(self.instance, name)
            told = {"day": long_day(stored), "hour": hour(stored)}
            words = _("Somebody moved the event meanwhile. It is %(day)s, %(hour)s now: check it.")
            self.add_error(name, words % told)


class SectionForm(forms.ModelForm):
    """A section; its anchor is made of the title where none is written."""

    slug = forms.SlugField(label=gettext_lazy("anchor"), max_length=60, required=False)

    class Meta:
        model = EventSection
        fields = ("order", "title", "slug", "body")

    def clean(self):
        data = super().clean()
        if data.get("title") and not data.get("slug") and "slug" not in self.errors:
            data["slug"] = short_slug(data["title"])[:60]
        return data


class StreamForm(forms.ModelForm):
    """A stream: who changes its address takes away what was said of the one before."""

    class Meta:
        model = StreamLink
        fields = (
            "order", "kind", "label", "url", "meeting_id", "passcode", "dial_in", "opens_at",
            "megabytes_a_minute", "recording_url",
        )  # fmt: skip

    def clean_dial_in(self):
        text = self.cleaned_data["dial_in"]
        if text and sum(letter.isdigit() for letter in text) < FEWEST_DIGITS:
            raise forms.ValidationError(_("Write the whole number, such as +57 601 234 5678."))
        return text

    def save(self, commit=True):
        if self.instance.pk and "url" in self.changed_data:
            stream_tests.forget_test(self.instance)
        return super().save(commit)


class DocumentForm(forms.ModelForm):
    """A document: the address where it stands, or a file that passes the upload gate."""

    file = GateFileField(label=gettext_lazy("File (PDF, JPG or PNG)"), required=False)

    class Meta:
        model = Document
        fields = (
            "order", "kind", "title", "note", "url", "format", "size_bytes", "published_on",
            "language", "is_accessible", "agenda_item",
        )  # fmt: skip

    def _post_clean(self):
        """The model asks for an address or a file: one that will be stored, or was refused, counts.

        It is stored only when the whole page is valid, so nothing is left over.
        """
        before = self.instance.stored_id
        if self.cleaned_data.get("file") or "file" in self.errors:
            self.instance.stored_id = uuid.uuid4()
        super()._post_clean()
        self.instance.stored_id = before

    def save(self, commit=True):
        if self.cleaned_data.get("file"):
            stored = self.cleaned_data["file"].store()
            self.instance.stored = stored
            self.instance.format = uploads.EXTENSIONS[stored.content_type].upper()
            self.instance.size_bytes = stored.size
        return super().save(commit)


class ConfirmForm(forms.Form):
    """A move that needs nothing but the decision."""


class ReasonForm(forms.Form):
    """Why: the public reads it."""

    reason = CleanTextField(label=gettext_lazy("Reason"), max_length=2000, help_text=PUBLIC)


class NewDateForm(forms.Form):
    """The new day and hours of an event that was postponed or suspended."""

    starts_at = InstantField(label=gettext_lazy("New start"), widget=INSTANT)
    ends_at = InstantField(label=gettext_lazy("New end"), widget=INSTANT)
    reason = CleanTextField(
        label=gettext_lazy("Note for the public (optional)"),
        max_length=2000,
        required=False,
        help_text=PUBLIC,
    )

    def clean(self):
        data = super().clean()
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end must come after the start."))
        return data
