"""Topics that citizens propose for the agenda: the only writer of their status.

D. 330/2007 art. 25: whoever decides says of each proposal whether it was taken up, and why not.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events import publishing
from events.models import Event, TopicProposal
from portal.base import clock
from portal.base.addresses import keyed_hash
from portal.base.machine import Machine, MoveRefused, record

REVIEW = "events.review_topicproposal"
S = TopicProposal.Status

PROPOSAL = Machine(
    kind="topic_proposal",
    column="status",
    moves={
        "publish_topic": ((S.RECEIVED, S.WITHHELD), S.PUBLISHED),
        "withhold_topic": ((S.RECEIVED, *S.SHOWN), S.WITHHELD),
        "include_topic": ((S.PUBLISHED, S.NOT_INCLUDED), S.INCLUDED),
        "leave_out_topic": ((S.PUBLISHED, S.INCLUDED), S.NOT_INCLUDED),
    },
)


def is_open(event: Event, at=None) -> bool:
    """Whether topics may be proposed: until the day the entity set, while the event is coming."""
    closes = event.topics_close_on
    return bool(
        closes and clock.local_day(at) <= closes and event.status in (*Event.Status.COMING,)
    )


def propose_topic(event, *, text, token, municipality=None, at=None) -> TopicProposal:
    """A citizen proposes a topic; it waits for review. The same token twice is one proposal.

    Raises MoveRefused once the day is past.
    """
    if not is_open(event, at):
        raise MoveRefused(_("Topics for this event can't be proposed any more."))
    key = keyed_hash("topic-proposal", f"{event.pk}:{token}")
    try:
        with transaction.atomic():
            proposal = TopicProposal.objects.create(
                event=event, original_text=text, municipality=municipality, token=key,
                proposed_at=clock.now(at),
            )  # fmt: skip
            record(
                "topic_proposal", proposal.pk, "status", "propose_topic", after=S.RECEIVED, at=at
            )
    except IntegrityError:
        return TopicProposal.objects.get(token=key)
    return proposal


@transaction.atomic
def _move(proposal, name, actor, at, *, reason="", **fields) -> TopicProposal:
    if not actor.has_perm(REVIEW):
        raise PermissionDenied
    PROPOSAL.move(proposal, name, actor=actor, at=at, reason=reason, public_reason=reason, **fields)
    publishing.event_changed(proposal.event)
    return proposal


def publish_topic(proposal, *, actor, public_text="", at=None) -> TopicProposal:
    """Show it, in the words that were reviewed; what was written stays as it is."""
    words = public_text.strip() or proposal.original_text
    return _move(proposal, "publish_topic", actor, at, public_text=words)


def withhold_topic(proposal, *, actor, reason, at=None) -> TopicProposal:
    """Keep it off the page, with the reason. Raises MoveRefused without one."""
    return _move(proposal, "withhold_topic", actor, at, reason=_needed(reason))


def include_topic(proposal, *, actor, agenda_item, at=None) -> TopicProposal:
    """It is on the agenda, under this item. Raises MoveRefused for an item of another event."""
    if agenda_item.event_id != proposal.event_id:
        raise MoveRefused(_("Choose an item of this event's agenda."))
    return _move(proposal, "include_topic", actor, at, agenda_item=agenda_item)


def leave_out_topic(proposal, *, actor, reason, at=None) -> TopicProposal:
    """It is not on the agenda, with the public reason. Raises MoveRefused without one."""
    reason = _needed(reason)
    return _move(proposal, "leave_out_topic", actor, at, agenda_item=None, reason=reason)


def _needed(reason: str) -> str:
    if not reason.strip():
        raise MoveRefused(_("Write the reason: it is shown to the public."))
    return reason.strip()
