"""What follows when something public of an event changes: versions and search rows."""

from events.models import Event
from portal.base import clock, search, versions
from portal.base.language import default_path


def event_changed(event: Event) -> None:
    """Move the event's version and write (or take away) its search row."""
    versions.everything_changed()  # other events' pages list this one
    versions.content_changed(event.slug)
    if event.status == Event.Status.DRAFT:
        search.remove("event", event.pk)
        return
    sections = [f"{s.title}\n{s.body}" for s in event.sections.all()]
    agenda = [f"{i.title}\n{i.description}" for i in event.agenda.all()]
    documents = [d.title for d in event.documents.all()]
    search.index(
        "event",
        event.pk,
        path=default_path(event),
        title=event.full_name,
        body="\n".join([event.summary, event.about, *agenda, *sections, *documents]),
        label=event.kind.name,
        event_slug=event.slug,
        dated_on=clock.local_day(event.starts_at),
    )
