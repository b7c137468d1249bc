"""What the desk reads of who comes and who speaks."""

from django.db.models import Count, Max, Q, QuerySet

from events.models import Attendee, AudienceCount, Event, Speaker
from portal.base.search import fold

MOST_FOUND = 20


def order_of_speakers(event: Event) -> list[Speaker]:
    """Those who did not withdraw, in the order in which they speak."""
    rows = event.speakers.exclude(status=Speaker.Status.WITHDRAWN)
    return list(rows.select_related("topic", "municipality"))


def figures(event: Event) -> dict[str, int]:
    """How many have a seat, wait, came in, and came without registering; one query."""
    A = Attendee.Status
    return event.attendees.aggregate(
        confirmed=Count("pk", filter=Q(status=A.CONFIRMED)),
        waiting=Count("pk", filter=Q(status=A.WAITING)),
        inside=Count("pk", filter=Q(checked_in_at__isnull=False)),
        walk_ins=Count("pk", filter=Q(is_walk_in=True)),
    )


def found_by_name(event: Event, typed: str) -> list[Attendee]:
    """Who of an event has all these words in the name; accents and capitals do not matter."""
    words = fold(typed).split()[:5]
    if not words:
        return []
    rows = event.attendees.only("pk", "name", "organisation", "status", "checked_in_at", "event")
    found = (row for row in rows if all(word in fold(row.name) for word in words))
    return [row for _place, row in zip(range(MOST_FOUND), found, strict=False)]


def peaks(event: Event) -> list[dict]:
    """The largest count of each channel, largest first; those who came in are the room's."""
    rows = event.audience.order_by().values("channel").annotate(people=Max("people"))
    found = {row["channel"]: row["people"] for row in rows}
    if inside := figures(event)["inside"]:
        found[AudienceCount.Channel.ROOM] = max(inside, found.get(AudienceCount.Channel.ROOM, 0))
    labels = dict(AudienceCount.Channel.choices)
    ordered = sorted(found.items(), key=lambda item: -item[1])
    return [{"channel": name, "label": labels[name], "people": n} for name, n in ordered]


def for_export(event: Event) -> QuerySet[Attendee]:
    """The list of who came, without how to reach them."""
    return event.attendees.select_related("municipality").order_by("name", "pk")
