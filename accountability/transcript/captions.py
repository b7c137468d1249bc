"""Captions in WebVTT: times and plain words. Settings, styles, notes and markup fall away."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TIME = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
_CUE = re.compile(rf"{_TIME}\s+-->\s+{_TIME}", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Cue:
    """What is shown from one instant to another, in milliseconds."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def second(self) -> int:
        return self.start // 1000

    @property
    def words(self) -> str:
        return " ".join(self.lines)


def are_captions(text: str) -> bool:
    return text.lstrip("\ufeff \n").startswith("WEBVTT")


def cues(text: str) -> Iterator[Cue]:
    """The cues that hold words, in the order of the file."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        for place, line in enumerate(lines):
            if timed := _CUE.match(line.strip()):
                words = tuple(filter(None, map(_bare, lines[place + 1 :])))
                if words:
                    yield Cue(_instant(timed.groups()[:4]), _instant(timed.groups()[4:]), words)
                break


def _bare(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _instant(parts) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def written(shown: list[Cue]) -> str:
    """The same cues as a WebVTT file of their own, which can only show words."""
    parts = [
        f"{_clock(cue.start)} --> {_clock(cue.end)}\n" + "\n".join(map(_escaped, cue.lines))
        for cue in shown
    ]
    return "\n\n".join(["WEBVTT", *parts]) + "\n"


def _clock(instant: int) -> str:
    seconds, rest = divmod(instant, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{rest:03d}"


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
