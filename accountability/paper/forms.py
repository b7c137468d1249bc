"""The scan of the signed minutes."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.base import uploads


class SignedForm(forms.Form):
    """A PDF that passes the upload gate."""

    file = forms.FileField(
        label=_("Scan of the signed minutes (PDF)"),
        help_text=_("At most 5 MB. It replaces the one that is there; the log keeps both."),
    )

    def clean_file(self):
        try:
            clean = uploads.accept(self.cleaned_data["file"])
        except uploads.FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        if clean.content_type != "application/pdf":
            raise forms.ValidationError(_t("The signed copy is a PDF."))
        return clean
