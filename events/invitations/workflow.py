"""Invitations: who is called, what they answer, and who wants no more of them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from events.invitations import notifications, selectors
from events.models import Contact, Event, Invitation, InvitationRound
from portal.base import clock, outbox
from portal.base.machine import MoveRefused, record
from portal.base.models import OutgoingMail

SEND = "events.send_invitations"
MOST_WORDS = 1000
MOST_PEOPLE = 50
MOST_RETRIES = 500


def _demand(actor) -> None:
    if not actor.has_perm(SEND):
        raise PermissionDenied


def _lock(event: Event) -> Event:
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


@transaction.atomic
def start_round(event, *, actor, key, groups, message="", at=None) -> InvitationRound:
    """Begin to invite the contacts of `groups`; the worker writes to them. `key` makes it once.

    Raises PermissionDenied, and MoveRefused where nobody can be invited: the event is not
    announced or is over, another round is being written, or all were invited before.
    """
    _demand(actor)
    event, key = _lock(event), f"form:{actor.pk}:{key}"
    if known := InvitationRound.objects.filter(key=key, event=event).first():
        return known
    groups = list(groups)
    _check(event, clock.now(at))
    total = selectors.to_invite(event, groups).count()
    if not total:
        raise MoveRefused(_("All contacts of these groups were invited, or want no invitations."))
    sending = InvitationRound.objects.create(
        key=key, event=event, message=message, total=total, started_by=actor,
        started_at=clock.now(at),
    )  # fmt: skip
    sending.groups.set(groups)
    record("event", event.pk, "invitations", "start_round", after=str(total), actor=actor, at=at)
    return sending


def _check(event: Event, now) -> None:
    if event.status != Event.Status.ANNOUNCED or event.ends_at <= now:
        raise MoveRefused(_("Only to an announced event that lies ahead people are invited."))
    if event.rounds.filter(move="", finished_at__isnull=True).exists():
        raise MoveRefused(_("Another round is being written. Wait until it is finished."))


@transaction.atomic
def tell_invited(event, move: str, *, actor, at=None) -> InvitationRound | None:
    """Tell who was invited that the day changed or the event is called off; None: nobody was.

    Called in the transaction of the move. The calendar file of the message is of the new edition.
    Invitations that have not left are taken back before: their words are old.
    """
    if move not in notifications.MOVES:
        return None
    _take_back(event, actor, at)
    total = selectors.to_tell(event).count()
    if not total:
        return None
    key = f"news:{event.pk}:{move}:{event.revision}"
    values = {
        "event": event, "move": move, "total": total, "started_by": actor,
        "started_at": clock.now(at),
    }  # fmt: skip
    return InvitationRound.objects.get_or_create(key=key, defaults=values)[0]


def _take_back(event: Event, actor, at) -> None:
    """Whose message still waited was not invited; their round begins again with them.

    A message that a worker has in hand goes out, and the news follows it.
    """
    keys = list(selectors.unsent(event).values_list("mail_key", flat=True))
    if not outbox.cancel(keys):
        return
    mails = OutgoingMail.objects.filter(key__in=keys, status=OutgoingMail.Status.CANCELLED)
    rows = event.invitations.filter(mail_key__in=mails.values("key"))
    firsts = rows.order_by().values_list("round").annotate(first=Min("contact_id"))
    for key, first in list(firsts):
        event.rounds.filter(pk=key).update(last_pk=first - 1, finished_at=None)
    number, _tables = rows.delete()
    mails.delete()  # the round writes them anew, under the same keys
    record("event", event.pk, "invitations", "take_back", after=str(number), actor=actor, at=at)


def retry_failed(sending: InvitationRound, *, actor, at=None) -> int:
    """Send the failed messages of a round once more; says how many. Raises PermissionDenied."""
    _demand(actor)
    failed = selectors.mails_of(sending).filter(status=OutgoingMail.Status.FAILED)
    with transaction.atomic():
        mails = list(failed.select_for_update()[:MOST_RETRIES])
        for mail in mails:
            outbox.retry(mail, actor=actor, at=at)
    return len(mails)


def takes_answers(event: Event, at=None) -> bool:
    """Until it ends, and not when it was called off."""
    is_off = event.status in (Event.Status.CANCELLED, Event.Status.HELD)
    return not is_off and clock.now(at) < event.ends_at


@transaction.atomic
def respond(invitation, *, response: str, people: int = 1, at=None) -> Invitation:
    """The invited contact says whether they come; the last answer counts. Tells nobody.

    Raises MoveRefused when the event is over or called off.
    """
    if not takes_answers(invitation.event, at):
        raise MoveRefused(_("This event takes no answers any more."))
    before = invitation.response
    comes = response != Invitation.Response.NO
    invitation.response, invitation.people = response, people if comes else 0
    invitation.responded_at = clock.now(at)
    invitation.save(update_fields=["response", "people", "responded_at"])
    record("invitation", invitation.pk, "response", "respond", before=before, after=response, at=at)
    return invitation


@transaction.atomic
def stop(contact: Contact, *, at=None) -> Contact:
    """They want no more invitations: nothing is written to them, and what waits is taken back."""
    running = Contact.objects.filter(pk=contact.pk, stopped_at__isnull=True)
    if running.update(stopped_at=clock.now(at)):
        record("contact", contact.pk, "stopped", "stop", after="stopped", at=at)
    waiting = OutgoingMail.objects.filter(
        to=contact.email, status=OutgoingMail.Status.QUEUED, key__startswith="invitation:"
    )
    outbox.cancel(list(waiting.values_list("key", flat=True)))
    contact.refresh_from_db()
    return contact
