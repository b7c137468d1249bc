"""Reads a transcript: paragraphs that begin with their time, or captions in WebVTT."""

import re
from dataclasses import dataclass

from accountability.models import SessionRecord
from accountability.transcript import captions
from events.models import Event
from portal.base.templatetags.portal import at_second

_TIMED = re.compile(r"\[(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)\]\s*")
_CUE = re.compile(r"(?:(\d{1,4}):)?([0-5]\d):([0-5]\d)[.,]\d{3}\s+-->")
_TAG = re.compile(r"<[^<>]*>")
PARAGRAPH = 30  # seconds of captions that make one paragraph


@dataclass(frozen=True)
class Paragraph:
    """What was said. `second` is None where the paragraph tells no time."""

    second: int | None
    text: str
    address: str = ""
    is_first: bool = True  # of those of its second: the one that its anchor leads to

    @property
    def clock(self) -> str:
        """00:12:30."""
        minutes, seconds = divmod(self.second, 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def paragraphs(text: str, recording_url: str = "") -> list[Paragraph]:
    """An empty line begins a paragraph; `[00:12:30]` at its beginning is its time."""
    found, seen = [], set()
    for part in re.split(r"\n\s*\n", text):
        timed = _TIMED.match(part.strip())
        second = _seconds(timed) if timed else None
        words = part.strip()[timed.end() if timed else 0 :].strip()
        if words:
            address = at_second(recording_url, second) if second is not None else ""
            found.append(Paragraph(second, words, address, second not in seen))
            seen.add(second)
    return found


def _seconds(match) -> int:
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    return hours * 3600 + minutes * 60 + seconds


def from_captions(text: str) -> str:
    """The transcript that captions (WebVTT) tell: half a minute of them to a paragraph."""
    told: list[tuple[int, list[str]]] = []
    for cue in captions.cues(text):
        if not told or cue.second - told[-1][0] >= PARAGRAPH:
            told.append((cue.second, []))
        if not told[-1][1] or told[-1][1][-1] != cue.words:  # rolling captions say a line twice
            told[-1][1].append(cue.words)
    return "\n\n".join(
        f"[{Paragraph(second, '').clock}] {' '.join(words)}" for second, words in told
    )


@dataclass(frozen=True)
class TranscriptPage:
    event: Event
    paragraphs: list[Paragraph]


def transcript_page(event_slug: str) -> TranscriptPage | None:
    """The transcript of a published record of a public event, or None; one query."""
    records = SessionRecord.objects.of_public_events().filter(event__slug=event_slug)
    record = records.exclude(transcript="").select_related("event").first()
    if record is None:
        return None
    return TranscriptPage(record.event, paragraphs(record.transcript, record.recording_address))
