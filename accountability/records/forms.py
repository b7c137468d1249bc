"""What the desk asks for a photograph, a presentation or a document that was handed in."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accountability.models import RecordFile
from portal.base import pictures
from portal.base.forms import CleanCharField, GateFileField
from portal.base.uploads import forget


class RecordFileForm(forms.ModelForm):
    """A file that passes the upload gate; a photograph says what it shows."""

    title = CleanCharField(label=_("Title"), max_length=160)
    file = GateFileField(label=_("File (PDF, JPG or PNG)"), required=False)

    class Meta:
        model = RecordFile
        fields = ("order", "kind", "title", "alternative", "origin", "item")

    def clean(self):
        data = super().clean()
        file = data.get("file")
        if not file and not self.instance.stored_id and "file" not in self.errors:
            self.add_error("file", _t("Choose the file."))
        if data.get("kind") == RecordFile.Kind.PHOTO:
            self._check_photograph(data, file)
        return data

    def _check_photograph(self, data, file):
        kept = self.instance.stored if self.instance.stored_id else None
        kept = file or kept
        if kept and not kept.content_type.startswith("image/"):
            self.add_error("file", _t("A photograph is a JPG or PNG file."))
        if not (data.get("alternative") or "").strip():
            words = _t("Say what the picture shows, for people who can't see it.")
            self.add_error("alternative", words)

    def _post_clean(self):
        super()._post_clean()
        file = self.cleaned_data.get("file")
        self._small = pictures.small_copy(file) if file and not self.errors else None

    def save(self, commit=True):
        """The file it replaces goes with its small copy: the log keeps what it was."""
        file, old = self.cleaned_data.get("file"), ()
        if file:
            before = (self.instance.stored, self.instance.small) if self.instance.pk else ()
            old = tuple(filter(None, before))
            self.instance.stored = file.store()
            self.instance.small = self._small.store() if self._small else None
        saved = super().save(commit)
        if commit:
            for stored in old:
                forget(stored)
        return saved
