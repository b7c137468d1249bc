"""The scan of the signed minutes."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.base.forms import GateFileField


class SignedForm(forms.Form):
    """A PDF that passes the upload gate."""

    file = GateFileField(
        label=_("Scan of the signed minutes (PDF)"),
        help_text=_("At most 5 MB. It replaces the one that is there; the log keeps both."),
    )

    def clean_file(self):
        clean = self.cleaned_data["file"]
        if clean.content_type != "application/pdf":
            raise forms.ValidationError(_t("The signed copy is a PDF."))
        return clean
