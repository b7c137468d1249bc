"""By which passages minutes and transcripts are found: sections, and minutes of what was said."""

from collections.abc import Iterator
from itertools import count

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.models import Minutes, SessionRecord
from accountability.transcript.reading import Paragraph, paragraphs
from events.models import Event
from portal.base import clock, search_parts, search_rebuild
from portal.base.language import default_path
from portal.base.search_parts import Part

LETTERS = 3000  # a longer section is found by pieces, each with the anchor of its first paragraph
SECONDS, SAID = 120, 2000  # of the recording, or letters of it, in one row of a transcript


def index_minutes(event: Event) -> None:
    """The newest published edition alone is found; none of an event that nobody may see."""
    shown = Minutes.objects.prefetch_related("sections").in_force(event)
    if shown is None or event.status == Event.Status.DRAFT:
        return search_parts.remove("minutes", event.pk)
    with translation.override(settings.LANGUAGE_CODE):
        title = str(shown)
    return search_parts.index(
        "minutes", event.pk, path=default_path(shown), title=title,
        parts=sections_of(shown, default_path(shown)), label=event.full_name,
        event_slug=event.slug, dated_on=clock.local_day(shown.started_at),
    )  # fmt: skip


def sections_of(minutes: Minutes, path: str) -> Iterator[Part]:
    """A row for each section at its heading; the pieces of a long one at their paragraphs."""
    numbers = count(1)
    for order, section in enumerate(minutes.sections.all(), 1):
        anchor, words = f"s-{order}", []
        for paragraph in section.paragraphs:
            number = next(numbers)
            if words and sum(map(len, words)) + len(paragraph) > LETTERS:
                yield Part(f"{path}#{anchor}", "\n\n".join(words), section.title)
                anchor, words = f"p-{number}", []
            words.append(paragraph)
        if words:
            yield Part(f"{path}#{anchor}", "\n\n".join(words), section.title)


def index_transcript(record: SessionRecord) -> None:
    """What was said is found at its second, while the record is public."""
    event = record.event
    is_public = record.status == SessionRecord.Status.PUBLISHED
    if not (is_public and record.transcript.strip()) or event.status == Event.Status.DRAFT:
        return search_parts.remove("record", record.pk)
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("transcript", args=[event.slug])
        title = _("Transcript: %(event)s") % {"event": event.full_name}
    return search_parts.index(
        "record", record.pk, path=path, title=title, parts=passages_of(record.transcript, path),
        label=event.kind.name, event_slug=event.slug, dated_on=clock.local_day(event.starts_at),
    )  # fmt: skip


def passages_of(transcript: str, path: str) -> Iterator[Part]:
    """Two minutes of it, or 2,000 letters, in one row; without times it leads to the page."""
    together: list[Paragraph] = []
    for paragraph in paragraphs(transcript):
        if together and _is_full(together, paragraph):
            yield _passage(together, path)
            together = []
        together.append(paragraph)
    if together:
        yield _passage(together, path)


def _is_full(together: list[Paragraph], following: Paragraph) -> bool:
    """Whoever has no time of its own stays with the time before it, while there is room."""
    began = together[0].second
    if began is not None and following.second is not None:
        if not 0 <= following.second - began < SECONDS:
            return True
    elif began is None and following.second is not None:
        return True
    return sum(len(one.text) for one in together) + len(following.text) > SAID


def _passage(together: list[Paragraph], path: str) -> Part:
    first = together[0]
    text = "\n".join(one.text for one in together)
    if first.second is None:
        return Part(path, text)
    return Part(f"{path}#t-{first.second}", text, first.clock)


def _put_minutes(key: int) -> None:
    index_minutes(Event.objects.select_for_update().get(pk=key))


def _put_transcript(key: int) -> None:
    records = SessionRecord.objects.select_for_update(of=["self"]).select_related("event__kind")
    index_transcript(records.get(pk=key))


def _keys(model):
    return lambda: model.objects.values_list("pk", flat=True)


search_rebuild.register(
    "minutes", search_rebuild.Kind(_keys(Event), _put_minutes, search_parts.MOST_PARTS)
)
search_rebuild.register(
    "record", search_rebuild.Kind(_keys(SessionRecord), _put_transcript, search_parts.MOST_PARTS)
)
