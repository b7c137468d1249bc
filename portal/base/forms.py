"""Form fields and helpers that every public form uses."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base import uploads
from portal.base.texts import clean_line, clean_text


class CleanCharField(forms.CharField):
    """One line of clean text: control characters are dropped before anything is checked."""

    def to_python(self, value):
        value = super().to_python(value)
        return clean_line(value) if value not in self.empty_values else value


class CleanTextField(forms.CharField):
    """Several lines of clean text, in any script."""

    widget = forms.Textarea

    def to_python(self, value):
        value = super().to_python(value)
        return clean_text(value) if value not in self.empty_values else value


class FriendlyEmailField(forms.EmailField):
    """An e-mail whose error says what form it should have."""

    default_error_messages = {
        "invalid": _("Check the e-mail. It should look like name@example.com")
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators[0].message = self.error_messages["invalid"]


class GateFileField(forms.FileField):
    """A file that passes the upload gate: its value is a `CleanFile`, or None where none came."""

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        try:
            return uploads.accept(upload) if upload else None
        except uploads.FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class PortalForm(forms.Form):
    """A form drawn by the portal's own crispy template pack: label, hint and error have ids.

    `required` is never written into the page: the server says what is missing, in a sentence.
    """

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.order_fields(getattr(self, "field_order", None))

    def error_list(self) -> list[tuple[str, str]]:
        """Each error with the id of its field, in the order of the page."""
        found = []
        for bound in self:
            for message in bound.errors:
                found.append((focus_id(bound), message))
        found += [("", message) for message in self.non_field_errors()]
        return found


def focus_id(bound) -> str:
    """The element that an error's link moves the focus to: the first radio, else the field."""
    is_group = isinstance(bound.field.widget, forms.RadioSelect)
    return f"{bound.auto_id}_0" if is_group else bound.auto_id
