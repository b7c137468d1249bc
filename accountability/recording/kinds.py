"""What belongs to a recording: in which column it lies, of which types, and under which name."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`types` are those of its content, each with the ending of its public name."""

    column: str
    label: Promise
    name: str
    types: dict[str, str]
    refused: Promise


VIDEO = Kind(
    "recording_file", _("Video"), "grabacion", {"video/mp4": "mp4", "video/webm": "webm"},
    _("We can only take a video in MP4 or WebM."),
)  # fmt: skip
AUDIO = Kind(
    "audio_file", _("Audio only"), "audio",
    {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg"},
    _("We can only take audio in MP3, M4A or OGG."),
)  # fmt: skip
CAPTIONS = Kind(
    "captions_file", _("Captions"), "subtitulos", {"text/vtt": "vtt"},
    _("Captions are a WebVTT file (.vtt)."),
)  # fmt: skip
KINDS = {"video": VIDEO, "audio": AUDIO, "captions": CAPTIONS}
# What the library that reads types calls the same container.
SAME = {"video/x-m4v": "video/mp4"}
