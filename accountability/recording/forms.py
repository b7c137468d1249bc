"""What the desk asks for a recording; each file is proved by its content."""

import filetype
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.recording import kinds
from accountability.transcript import captions
from portal.base.uploads import CleanFile, megabytes

CAPTIONS_MOST = 2 * 1024 * 1024
HEAD = 8192  # bytes that tell a type


class RecordingForm(forms.Form):
    """Film, sound and captions: any of them, each in the place of the one before."""

    video = forms.FileField(
        label=gettext_lazy("Video"), required=False,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
    )  # fmt: skip
    audio = forms.FileField(
        label=gettext_lazy("Audio only"), required=False,
        help_text=gettext_lazy("MP3, M4A or OGG: for who pays for each megabyte."),
        widget=forms.FileInput(attrs={"accept": "audio/mpeg,audio/mp4,audio/ogg,.m4a"}),
    )  # fmt: skip
    captions = forms.FileField(
        label=gettext_lazy("Captions"), required=False,
        help_text=gettext_lazy("WebVTT (.vtt), up to 2 MB. Only times and words stay."),
        widget=forms.FileInput(attrs={"accept": "text/vtt,.vtt"}),
    )  # fmt: skip
    fill_transcript = forms.BooleanField(
        label=gettext_lazy("Write the transcript from the captions, where there is none yet"),
        required=False, initial=True,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = megabytes(settings.RECORDING_MAX_BYTES)
        self.fields["video"].help_text = _("MP4 or WebM, up to %(most)s MB in all.") % {
            "most": most
        }

    def clean_video(self):
        return self._proved("video")

    def clean_audio(self):
        return self._proved("audio")

    def _proved(self, name: str):
        """The upload with the type that its content says, not the one that was sent."""
        upload, kind = self.cleaned_data[name], kinds.KINDS[name]
        if not upload:
            return None
        upload.seek(0)
        found = filetype.guess(upload.read(HEAD))
        upload.seek(0)
        mime = found.mime if found else ""
        upload.content_type = kinds.SAME.get(mime, mime)
        if upload.content_type not in kind.types:
            raise forms.ValidationError(kind.refused)
        return upload

    def clean_captions(self) -> CleanFile | None:
        """The captions written anew: times and plain words."""
        upload = self.cleaned_data["captions"]
        if not upload:
            return None
        if upload.size > CAPTIONS_MOST:
            raise forms.ValidationError(_("The captions are longer than 2 MB."))
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Save the captions as UTF-8 text.")) from error
        if not captions.are_captions(text) or "\x00" in text:
            raise forms.ValidationError(kinds.CAPTIONS.refused)
        shown = list(captions.cues(text))
        if not shown:
            raise forms.ValidationError(_("These captions hold no words with a time."))
        return CleanFile("subtitulos.vtt", "text/vtt", captions.written(shown).encode())

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in kinds.KINDS):
            raise forms.ValidationError(_("Choose a file."))
        return data
