"""What people write to attend or to speak: their name, and little more."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from entity.consenting import ConsentMixin
from entity.places import MunicipalityField
from entity.registry import registry
from events.models import Speaker
from events.models.links import check_https
from portal.base.forms import CleanCharField, CleanTextField, FriendlyEmailField, PortalForm

MOST_THEME, MOST_TEXT = 300, 3000


class PersonForm(ConsentMixin, PortalForm):
    """Name, how to reach them, whom they come for. A name is asked, so is the authorisation."""

    name = CleanCharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = FriendlyEmailField(
        label=_("Your e-mail"),
        max_length=254,
        required=False,
        help_text=_("Optional. Your code and any change are sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = CleanCharField(
        label=_("Your telephone"),
        max_length=30,
        required=False,
        help_text=_("Optional. Only to tell you of a change."),
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "class": "control--medio"}
        ),
    )
    organisation = CleanCharField(
        label=_("Your organisation"),
        max_length=120,
        required=False,
        help_text=_("Voluntary answer."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    municipality = MunicipalityField(label=_("Your municipality"), help_text=_("Voluntary answer."))

    def __init__(self, *args, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.show_notice(at)
        words = _t(
            "I authorise %(entity)s to use these data to receive me and to tell me of changes."
        )
        self.fields["consent"].label = words % {"entity": registry().entity.short_name}

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean(self):
        data = super().clean()
        if not data.get("consent"):
            self.add_error("consent", _t("Mark the box so that we may use your data"))
        return data


class AttendeeForm(PersonForm):
    """A seat in the room."""

    needs = CleanCharField(
        label=_("What do you need to take part?"),
        max_length=200,
        required=False,
        help_text=_("Voluntary answer. For example: interpreter, place for a wheelchair."),
    )
    field_order = (
        "name", "email", "phone", "organisation", "municipality", "needs", "consent", "notice",
    )  # fmt: skip


class SpeakerForm(PersonForm):
    """A turn to speak: in whose name, about what, and how."""

    most_theme, most_text = MOST_THEME, MOST_TEXT

    in_own_name = forms.TypedChoiceField(
        label=_("In whose name will you speak?"),
        choices=[("1", _("In my own name")), ("0", _("For my organisation"))],
        coerce=lambda value: value == "1",
        initial="1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose in whose name you speak")},
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
    )
    theme = CleanTextField(
        label=_("What will you say, in a sentence or two?"),
        error_messages={"required": _("Write what you will speak about")},
        widget=forms.Textarea(attrs={"rows": 3, "data-counter": MOST_THEME}),
    )
    medium = forms.ChoiceField(
        label=_("How will you speak?"),
        choices=Speaker.Medium.choices,
        initial=Speaker.Medium.IN_PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you will speak")},
    )
    material_url = forms.URLField(
        label=_("Address of your recording"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[check_https],
        help_text=_("Only for a recorded video or audio: where we can see or hear it."),
        error_messages={"invalid": _("Write an address that begins with https://")},
    )
    text = CleanTextField(
        label=_("Text to be read out"),
        required=False,
        help_text=_("Only if we read it for you."),
        widget=forms.Textarea(attrs={"rows": 6, "data-counter": MOST_TEXT}),
    )
    field_order = (
        "name", "email", "phone", "in_own_name", "organisation", "municipality", "topic", "theme",
        "medium", "material_url", "text", "consent", "notice",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(topic.slug, topic.name) for topic in registry().topics]
        self.fields["topic"].choices = [("", _t("I am not sure")), *choices]

    def clean_topic(self):
        return registry().topic_by_slug.get(self.cleaned_data["topic"])

    def clean_theme(self):
        return _at_most(" ".join(self.cleaned_data["theme"].split()), MOST_THEME)

    def clean_text(self):
        return _at_most(self.cleaned_data["text"], MOST_TEXT)

    def clean(self):
        data = super().clean()
        if data.get("in_own_name") is False and not data.get("organisation"):
            self.add_error("organisation", _t("Write the organisation you speak for"))
        medium = data.get("medium")
        if medium in Speaker.Medium.RECORDED:
            self._demand("material_url", _t("Write where your recording is"))
        if medium == Speaker.Medium.TEXT:
            self._demand("text", _t("Write the text that we should read out"))
        return data

    def _demand(self, name, sentence):
        """What this way of speaking needs; a field that has a fault already keeps its sentence."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)


def _at_most(text: str, most: int) -> str:
    if len(text) > most:
        words = _t("The text has %(letters)s letters. The most is %(most)s")
        raise forms.ValidationError(words % {"letters": len(text), "most": most})
    return text


class CodeForm(PortalForm):
    """The code of a registration."""

    code = CleanCharField(
        label=_("Your code"),
        max_length=20,
        error_messages={"required": _("Write the code of your registration")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "control--medio"}
        ),
    )
