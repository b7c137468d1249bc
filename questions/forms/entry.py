"""What the staff types of a contribution that came by another channel."""

import re

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from entity.models import Consent, PrivacyNotice
from entity.registry import registry
from events.models import Event
from portal.base import clock, uploads
from portal.base.forms import CleanCharField, CleanTextField, FriendlyEmailField
from questions.forms.ask import FilesField, QuestionForm, SeveralFilesInput
from questions.models import Author, PaperForm, PetitionType, Question
from questions.workflow.channels import used_sentence

MAX_LETTERS = 10_000
MOST_EVENTS = 50
C, M = Question.Channel, Consent.Means
CHANNELS = [(value, label) for value, label in C.choices if value != C.WEB]
# How people usually agree, where nothing else is said.
USUAL_MEANS = {
    C.PHONE: M.SPOKEN, C.OFFICE_WINDOW: M.SPOKEN, C.PAPER: M.SIGNED, C.EMAIL: M.WRITTEN,
    C.SOCIAL_NETWORK: M.WRITTEN, C.ZOOM_CHAT: M.WRITTEN, C.FACEBOOK_CHAT: M.WRITTEN,
    C.ROOM: M.SPOKEN,
}  # fmt: skip
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
HOURS = ["%H:%M", "%H:%M:%S", "%I:%M %p"]
_FORM_NUMBER = re.compile(r"(?:F-?)?0*(\d{1,12})", re.IGNORECASE)


class Known:
    """What a form chooses from, read once for all the rows of a list."""

    def __init__(self):
        self.petitions = {p.code: p for p in PetitionType.objects.all()}
        self.usual_petition = PetitionType.usual()
        newest = Event.objects.public().order_by("-starts_at")[:MOST_EVENTS]
        self.events = {event.slug: event for event in newest}
        self._notices = list(PrivacyNotice.objects.order_by("-in_force_from"))

    def notice_at(self, moment):
        """The notice of that moment; for what came before the first one, the first of all."""
        begun = (n for n in self._notices if n.in_force_from <= moment)
        return next(begun, self._notices[-1] if self._notices else None)


class SlipsField(FilesField):
    """Scans and photographs: what the gate would refuse is kept as it came, for the staff alone."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        sent = [file for file in (data or []) if file]
        try:
            uploads.check_count(len(sent))
            self.accepted += [uploads.clean_or_as_it_came(file.name, file) for file in sent]
        except uploads.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.accepted


class EntryForm(QuestionForm):
    """One contribution with how it came. The clock of the law counts from its real receipt."""

    field_order = (
        "channel", "received_place", "received_on", "received_time", "event", "text", "topic",
        "municipality", "kind", "petition", "display", "name", "email", "organisation", "group",
        "is_minor", "consent", "consent_means", "paper_number", "external_reference", "files",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[("", _("Choose the channel")), *CHANNELS],
        error_messages={
            "required": _("Choose the channel"),
            "invalid_choice": _("Choose a channel of the list"),
        },
    )
    received_place = CleanCharField(
        label=_("Place of receipt"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "lugares", "autocomplete": "off"}),
    )
    received_on = forms.DateField(
        label=_("Day"),
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write the day on which it was received"),
            "invalid": _("Write the day like this: 2026-03-25 or 25/03/2026"),
        },
    )
    received_time = forms.TimeField(
        label=_("Hour"),
        input_formats=HOURS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the hour at which it was received"),
            "invalid": _("Write the hour like this: 14:30"),
        },
    )
    event = forms.ChoiceField(label=_("Event"), required=False)
    paper_number = CleanCharField(
        label=_("Number of the paper form"),
        required=False,
        max_length=20,
        help_text=_("Only if it is a numbered form: F-00012."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    external_reference = CleanCharField(
        label=_("Number at the entity"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Question.Kind.choices,
        initial=Question.Kind.QUESTION,
        error_messages={"invalid_choice": _("Choose question, remark or suggestion")},
    )
    petition = forms.ChoiceField(label=_("Kind of petition"), required=False)
    text = CleanTextField(
        label=_("What the person says"),
        help_text=_("In the person's own words, whole. Up to 10,000 letters."),
        error_messages={"required": _("Write what the person says")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        error_messages={
            "required": _("Choose the topic"),
            "invalid_choice": _("Choose a topic of the list"),
        },
    )
    display = forms.ChoiceField(
        label=_("How does the person want to appear?"),
        choices=Question.Display.choices,
        initial=Question.Display.ANONYMOUS,
        required=False,
    )
    name = CleanCharField(label=_("Name"), max_length=120, required=False)
    email = FriendlyEmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Every step is told to this address. Read it out once more."),
    )
    organisation = CleanCharField(label=_("Organisation"), max_length=120, required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    is_minor = forms.BooleanField(label=_("Is under 18"), required=False)
    consent = forms.BooleanField(
        label=_(
            "The person (or who represents a minor) authorised the use of these data to answer"
        ),
        required=False,
    )
    consent_means = forms.ChoiceField(
        label=_("How was it authorised?"),
        required=False,
        choices=[("", _("As is usual for the channel")), *M.choices[1:]],
    )
    files = SlipsField(label=_("Scanned slip"), required=False)

    def __init__(self, *args, known: Known | None = None, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.at, self.known = clock.now(at), known or Known()
        self.received_at = self.paper_form = self.notice = None
        self.fields["topic"].choices = [("", _("Choose the topic")), *self.fields["topic"].choices]
        self.fields["municipality"].widget.attrs["autocomplete"] = "off"
        # The keyboard begins where something is still to be said.
        first = "text" if self.initial.get("channel") else "channel"
        self.fields[first].widget.attrs["autofocus"] = not self.is_bound
        self.fields["group"].choices = [("", _("It was not said")), *Author.Group.choices]
        self.fields["petition"].choices = [(c, str(p)) for c, p in self.known.petitions.items()]
        self.fields["event"].choices = [
            ("", _("None: the process is permanent")),
            *((slug, str(event)) for slug, event in self.known.events.items()),
        ]

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) > MAX_LETTERS:
            raise forms.ValidationError(
                _("The text has %(letters)s letters. The most is %(most)s"),
                params={
                    "letters": number_format(len(text), force_grouping=True),
                    "most": number_format(MAX_LETTERS, force_grouping=True),
                },
            )
        return text

    def clean_event(self):
        return self.known.events.get(self.cleaned_data["event"])

    def clean_petition(self):
        return self.known.petitions.get(self.cleaned_data["petition"], self.known.usual_petition)

    def clean_display(self):
        return self.cleaned_data["display"] or Question.Display.ANONYMOUS

    def clean_paper_number(self):
        typed = self.cleaned_data["paper_number"]
        if not typed:
            return typed
        match = _FORM_NUMBER.fullmatch(typed)
        number = int(match[1]) if match else 0
        self.paper_form = PaperForm.objects.filter(number=number).first()
        if self.paper_form is None:
            raise forms.ValidationError(
                _("No form with the number “%(typed)s” was printed here. Look at it once more."),
                params={"typed": typed},
            )
        return str(self.paper_form)

    @property
    def used_form(self) -> str:
        """The sentence about a sheet that another contribution used up, else nothing."""
        form = self.paper_form
        return used_sentence(form) if form and form.question_id else ""

    def clean(self):
        data = super().clean()
        self._check_moment(data)
        by_name = data.get("display") == Question.Display.NAME
        if by_name and not (data.get("name") or data.get("organisation")):
            self.add_error("name", _("Write the name that should appear, or choose anonymous"))
        self._check_consent(data)
        return data

    def _check_moment(self, data) -> None:
        day, hour = data.get("received_on"), data.get("received_time")
        if day is None or hour is None:
            return
        self.received_at = clock.at_hour(day, hour)
        if day.year < 2000:
            self.add_error("received_on", _("Check the year"))
        elif self.received_at > self.at:
            late = "received_on" if day > clock.local_day(self.at) else "received_time"
            self.add_error(late, _("It can't have been received later than now"))

    def _check_consent(self, data) -> None:
        """No contact data without an authorisation, given under the notice of that day."""
        self.notice = self.known.notice_at(self.received_at or self.at)
        personal = any(data.get(name) for name in ("name", "email", "organisation"))
        if personal and not data.get("consent"):
            self.add_error(
                "consent", _("Mark that the person authorised it, or take name and e-mail away")
            )

    @property
    def means(self) -> str:
        """How the person agreed, as it was said or as the channel has it."""
        return self.cleaned_data["consent_means"] or USUAL_MEANS[self.cleaned_data["channel"]]

    @property
    def places(self) -> list[str]:
        """What the list of the place of receipt offers."""
        return [office.name for office in registry().offices]
