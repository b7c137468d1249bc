"""What the desk, the worker and the evidence read of invitations."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from events.models import Contact, Event, Invitation, InvitationRound
from portal.base.dates import iso
from portal.base.models import OutgoingMail

Status = OutgoingMail.Status
STOPPED = {
    Event.Status.POSTPONED: _(
        "It waits: the event is postponed. The rest go out with the new day."
    ),
    Event.Status.SUSPENDED: _(
        "It waits: the event is suspended. The rest go out with the new day."
    ),
    Event.Status.CANCELLED: _("It stopped: the event was cancelled. The rest do not go out."),
    Event.Status.HELD: _("It stopped: the event took place. The rest do not go out."),
}
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


def unsent(event: Event) -> QuerySet[Invitation]:
    """Whose message waits to leave. Who answered had it before, and is sent it once more."""
    waiting = OutgoingMail.objects.filter(status=Status.QUEUED, key=OuterRef("mail_key"))
    return event.invitations.filter(Exists(waiting), responded_at__isnull=True)


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


def rounds(event: Event) -> list[tuple[InvitationRound, dict[str, int], str]]:
    """The newest twenty rounds of an event, each with how far it is and why it does not go on."""
    rows = event.rounds.select_related("started_by").prefetch_related("groups")[:20]
    found = [(row, progress(row)) for row in rows]
    return [(row, done, _stopped(row, event, done)) for row, done in found]


def _stopped(row: InvitationRound, event: Event, done: dict[str, int]) -> str:
    """Why some of a round are not invited; empty where all were, or will be."""
    is_whole = sum(done.values()) >= row.total
    return "" if row.move or is_whole else str(STOPPED.get(event.status, ""))


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
