"""The worker's side of a round: messages in batches, each in one short transaction.

A batch and the mark of how far the round went are written together, under a lock on the event: a
worker that dies leaves nothing half-written, and two rounds never invite one contact twice.
"""

from django.db import transaction

from events.invitations import notifications, selectors
from events.models import Contact, Event, Invitation, InvitationRound
from portal.base import clock
from portal.base.models import OutgoingMail

BATCH = 200
AT_ONCE = 1000


def expand_due(at=None) -> int:
    """Write the messages of unfinished rounds, a thousand at most; a chore of the worker."""
    at, made = clock.now(at), 0
    waiting = InvitationRound.objects.filter(finished_at__isnull=True)
    for key in waiting.order_by("started_at", "pk").values_list("pk", flat=True):
        while made < AT_ONCE and (batch := next_batch(key, at)):
            made += batch
    return made


@transaction.atomic
def next_batch(key: int, at) -> int:
    """Write the next messages of a round; none are left, or it must wait, when this gives 0."""
    sending = InvitationRound.objects.select_related("event").get(pk=key)
    event = Event.objects.select_for_update(no_key=True).get(pk=sending.event_id)
    sending.refresh_from_db(fields=["last_pk", "finished_at"])  # as the lock found it
    sending.event = event
    if sending.finished_at is not None or _waits(sending):
        return 0
    contacts = [] if _is_over(sending, at) else list(_readers(sending)[:BATCH])
    if contacts:
        _write(sending, contacts, at)
    done = {"last_pk": contacts[-1].pk} if contacts else {"finished_at": at}
    InvitationRound.objects.filter(pk=sending.pk).update(**done)
    return len(contacts)


def _waits(sending: InvitationRound) -> bool:
    """Nobody is invited to what has no day: a postponed event's round goes on with the new one."""
    bad_news = (Event.Status.POSTPONED, Event.Status.SUSPENDED)
    return not sending.move and sending.event.status in bad_news


def _is_over(sending: InvitationRound, at) -> bool:
    event = sending.event
    return not sending.move and (event.status != Event.Status.ANNOUNCED or event.ends_at <= at)


def _readers(sending: InvitationRound):
    event = sending.event
    if sending.move:
        before = sending.started_at
        rows = selectors.to_tell(event).filter(invitations__invited_at__lte=before)
    else:
        rows = selectors.to_invite(event, sending.groups.all())
    # Locked, so that who stops at this moment stops before or after the message, never between.
    rows = rows.filter(pk__gt=sending.last_pk).order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True)


def _write(sending: InvitationRound, contacts: list[Contact], at) -> None:
    invitations = _invitations(sending, contacts, at)
    shared = notifications.words(sending)
    OutgoingMail.objects.bulk_create(
        notifications.message(sending, shared, contact, invitations[contact.pk], at)
        for contact in contacts
    )


def _invitations(sending, contacts, at) -> dict[int, Invitation]:
    if sending.move:
        rows = sending.event.invitations.filter(contact__in=contacts)
    else:
        rows = Invitation.objects.bulk_create(
            Invitation(
                event=sending.event, contact=contact, round=sending, invited_at=at,
                mail_key=f"invitation:{sending.pk}:{contact.pk}",
            )
            for contact in contacts
        )  # fmt: skip
    return {row.contact_id: row for row in rows}
