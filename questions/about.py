"""What a contribution is about: a result, a document or an item of the agenda of its event."""

import re
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from events.models import Event
from questions.models import Question

KEY = re.compile(r"(resultado|documento|punto)-([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Subject:
    """`key` is the word and number of its anchor; `title` its name now."""

    key: str
    title: str


def subject_of(event: Event | None, key: str) -> Subject | None:
    """What a link's `sobre` names; None where this event has no such thing."""
    match = KEY.fullmatch(key or "")
    if event is None or not match:
        return None
    rows, column, name = {
        "resultado": (event.results, "number", "goal"),
        "documento": (event.documents, "pk", "title"),
        "punto": (event.agenda, "pk", "title"),
    }[match[1]]
    found = rows.filter(**{column: int(match[2])}).values_list(name, flat=True).first()
    return None if found is None else Subject(key, found[:200])


def kept_as(event: Event | None, key: str) -> str:
    """How a draft keeps it: with its event, since two events have a result 1 each."""
    return f"{event.slug}/{key}" if subject_of(event, key) else ""


def kept_key(event: Event | None, kept: str) -> str:
    """The key that was kept for this event; empty for another one's."""
    start = f"{event.slug}/" if event else " "
    return kept.removeprefix(start) if kept.startswith(start) else ""


def kept_subject(event: Event | None, data: dict) -> Subject | None:
    """What a draft's data says it is about, while the event still has it."""
    return subject_of(event, kept_key(event, data.get("about", "")))


def shown(event: Event | None, request, draft) -> Subject | None:
    """What the form's page names at its top. A mark that was taken away stays away."""
    if "started" in request.POST:
        return subject_of(event, request.POST.get("about", ""))
    if "sobre" in request.GET:
        return subject_of(event, request.GET["sobre"])
    return kept_subject(event, draft.data) if draft else None


def address_of(question: Question) -> str:
    """Where what it is about stands; empty where it is about nothing named."""
    if not question.about or not question.event:
        return ""
    name = {"resultado": "event_results", "documento": "event_documents", "punto": "event"}
    page = reverse(name[question.about.partition("-")[0]], args=[question.event.slug])
    return f"{page}#{question.about}"


def counts_of(event: Event) -> dict[str, int]:
    """How many published contributions are about each thing of an event; one query."""
    rows = Question.objects.public().filter(event=event).exclude(about="").order_by()
    return dict(rows.values_list("about").annotate(number=Count("pk")))


def name_of(event: Event, key: str) -> str:
    """Its name now, or as it was when somebody asked about it; empty where nobody did."""
    subject = subject_of(event, key)
    if subject:
        return subject.title
    asked = Question.objects.public().filter(event=event, about=key).exclude(about="")
    return asked.values_list("about_title", flat=True).first() or ""
