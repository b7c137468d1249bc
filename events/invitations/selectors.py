"""What the desk, the worker and the evidence read of invitations."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from events.models import Contact, Event, Invitation, InvitationRound
from portal.base.dates import iso
from portal.base.models import OutgoingMail

Status = OutgoingMail.Status
EVIDENCE_COLUMNS = ("organizacion", "grupo", "municipio", "invitada_el", "respuesta")


def reachable() -> QuerySet[Contact]:
    """Contacts who did not stop the invitations."""
    return Contact.objects.filter(stopped_at__isnull=True)


def to_invite(event: Event, groups) -> QuerySet[Contact]:
    """Who of some groups may be invited and was not yet, each once."""
    invited = Invitation.objects.filter(event=event, contact=OuterRef("pk"))
    return reachable().filter(group__in=groups).exclude(Exists(invited))


def to_tell(event: Event) -> QuerySet[Contact]:
    """Who was invited to an event and is still written to."""
    return reachable().filter(invitations__event=event)


def mails_of(sending: InvitationRound) -> QuerySet[OutgoingMail]:
    """The messages that a round wrote."""
    return OutgoingMail.objects.filter(key__startswith=f"invitation:{sending.pk}:")


def progress(sending: InvitationRound) -> dict[str, int]:
    """How many messages of a round left, failed, and wait; one query."""
    waiting = Q(status__in=(Status.QUEUED, Status.SENDING))
    return mails_of(sending).aggregate(
        sent=Count("pk", filter=Q(status=Status.SENT)),
        failed=Count("pk", filter=Q(status=Status.FAILED)),
        waiting=Count("pk", filter=waiting),
    )


def rounds(event: Event) -> list[tuple[InvitationRound, dict[str, int]]]:
    """The newest twenty rounds of an event, each with how far it is."""
    rows = event.rounds.select_related("started_by").prefetch_related("groups")[:20]
    return [(row, progress(row)) for row in rows]


def figures(event: Event) -> dict[str, int]:
    """How many were invited, what they said, and how many people that makes; one query."""
    answers = Invitation.Response
    found = event.invitations.aggregate(
        invited=Count("pk"),
        yes=Count("pk", filter=Q(response=answers.YES)),
        maybe=Count("pk", filter=Q(response=answers.MAYBE)),
        no=Count("pk", filter=Q(response=answers.NO)),
        people=Sum("people", filter=Q(response=answers.YES)),
    )
    return {**found, "people": found["people"] or 0}


def invited(event: Event) -> QuerySet[Invitation]:
    """Who was invited, in the order in which it happened."""
    rows = event.invitations.select_related("contact__group", "contact__municipality")
    return rows.order_by("invited_at", "pk")


def evidence(event: Event) -> Iterator[tuple]:
    """Who was called and when, as EVIDENCE_COLUMNS: no person, no address, no telephone."""
    for row in invited(event).iterator(chunk_size=500):
        contact = row.contact
        town = contact.municipality.name if contact.municipality else ""
        yield contact.organisation, contact.group.name, town, iso(row.invited_at), said(row)


def said(row: Invitation) -> str:
    return str(row.get_response_display()) if row.response else ""
