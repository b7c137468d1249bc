"""The agenda in the order in which it is walked: each moment, then its parts."""

from events.models import AgendaItem, Event


def in_order(event: Event) -> list[AgendaItem]:
    """Moments in their order, each followed by its parts; no query where the agenda is there."""
    items = list(event.agenda.all())
    return [
        one
        for moment in items
        if not moment.parent_id
        for one in (moment, *(part for part in items if part.parent_id == moment.pk))
    ]


def after(event: Event, key: int | None) -> AgendaItem | None:
    """The item after the one with this key; the first where none was reached, None at the end."""
    items = in_order(event)
    keys = [item.pk for item in items]
    place = keys.index(key) + 1 if key in keys else 0
    return items[place] if place < len(items) else None
