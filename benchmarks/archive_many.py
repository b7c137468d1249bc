"""An archive of 50 events, 5,000 contributions and 1,000 commitments beside the demo's.

Run inside a copy's environment. Rows are written in bulk, with what publishing would have left.
"""

import itertools
from datetime import timedelta

import django

EVENTS, CONTRIBUTIONS, COMMITMENTS, DOCUMENTS = 50, 5000, 1000, 12
FIRST = 1_000_000  # as `benchmarks.many` numbers its contributions


def _events():
    """One in each half of a year, all of them held, each with its documents and its minutes."""
    from django.utils import timezone

    from events.models import Document, Event, EventKind

    kinds = itertools.cycle(EventKind.objects.all())
    days = [timezone.now() - timedelta(days=200 + 182 * n) for n in range(EVENTS)]
    made = Event.objects.bulk_create(
        Event(
            slug=f"{day:%Y-%m-%d}-bench-{n}", kind=kind, title=f"Jornada número {n}", starts_at=day,
            ends_at=day + timedelta(hours=3), status="held", cutoff_on=day.date(), announced_at=day,
        )
        for n, (day, kind) in enumerate(zip(days, kinds, strict=False))
    )  # fmt: skip
    names = itertools.cycle(Document.Kind.values)
    Document.objects.bulk_create(
        Document(event=event, kind=kind, title=f"Documento {n}", url="https://www.cas.example/d")
        for event in made
        for n, kind in zip(range(DOCUMENTS), names, strict=False)
    )
    return made


def _minutes(events) -> None:
    from accountability.models import Minutes, SessionRecord

    Minutes.objects.bulk_create(
        Minutes(
            event=event, number=f"{event.pk}", place="San Gil", started_at=event.starts_at,
            ended_at=event.ends_at, president="Dirección", secretary="Secretaría",
            status="published", published_at=event.ends_at,
        )
        for event in events
    )  # fmt: skip
    SessionRecord.objects.bulk_create(
        SessionRecord(event=event, status="published", published_at=event.ends_at)
        for event in events
    )


def _commitments(events) -> None:
    from accountability.models import Commitment
    from entity.models import Office

    offices = itertools.cycle(Office.objects.all())
    statuses = itertools.cycle(("pending", "in_progress", "fulfilled", "fulfilled"))
    own = itertools.cycle(events)
    Commitment.objects.bulk_create(
        Commitment(
            reference=f"C-{5000 + n}", slug=f"compromiso-{n}", event=event, office=office,
            title=f"Compromiso {n}", promised=f"Vamos a cumplir {n}", status=status, unit="visitas",
            original_due_on=event.starts_at.date(), due_on=event.starts_at.date(),
            closed_on=event.starts_at.date() if status == "fulfilled" else None,
        )
        for n, event, office, status in zip(
            range(COMMITMENTS), own, offices, statuses, strict=False
        )
    )  # fmt: skip


def _contributions(events) -> None:
    from benchmarks import many
    from questions.models import Question

    many.fill(CONTRIBUTIONS)
    each = CONTRIBUTIONS // EVENTS
    for n, event in enumerate(events):
        numbers = (FIRST + n * each, FIRST + (n + 1) * each - 1)
        Question.objects.filter(number__range=numbers).update(event=event)


def main() -> None:
    django.setup()
    from django.db import connection

    from portal.base import versions

    events = _events()
    _minutes(events)
    _commitments(events)
    _contributions(events)
    versions.everything_changed()
    with connection.cursor() as cursor:
        # What PostgreSQL's own housekeeping does within minutes.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main()
