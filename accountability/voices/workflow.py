"""The only writer of the states of remarks and notes.

A remark about a draft of the minutes gets a public reply; a note about a commitment is shown once
moderation read it. Who left an e-mail address is told, and the address is emptied with that.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accountability import publishing
from accountability.conditions import demand, needed
from accountability.models import CommitmentNote, Minutes, MinutesRemark
from accountability.voices import notifications
from entity import consenting
from portal.base import clock
from portal.base.addresses import keyed_hash
from portal.base.machine import Machine, MoveRefused, record
from portal.base.models import Sequence

ANSWER = "accountability.answer_remark"
MODERATE = "accountability.moderate_note"
PURPOSE = "reply"
R, N = MinutesRemark.Status, CommitmentNote.Status

REMARK = Machine(
    "remark",
    "status",
    {
        "answer_remark": ((R.RECEIVED, R.WITHHELD), R.ANSWERED),
        "withhold_remark": ((R.RECEIVED, R.ANSWERED), R.WITHHELD),
    },
)
NOTE = Machine(
    "note",
    "status",
    {
        "publish_note": ((N.RECEIVED, N.WITHHELD), N.PUBLISHED),
        "withhold_note": ((N.RECEIVED, N.PUBLISHED), N.WITHHELD),
    },
)


def takes_remarks(minutes: Minutes, at=None) -> bool:
    """Whether remarks may be sent now: until the end of the day that was told."""
    is_open = minutes.status == Minutes.Status.IN_REMARKS
    return is_open and clock.local_day(at) <= minutes.remarks_until


def submit_remark(minutes: Minutes, *, text, token, at=None, notice=None, **fields):
    """A citizen says something of the draft. The same token twice is one remark.

    Raises MoveRefused once the day is past.
    """
    if not takes_remarks(minutes, at):
        raise MoveRefused(_("Remarks about these minutes can't be sent any more."))
    return _filed(MinutesRemark, "remark", token, notice, at, minutes=minutes, text=text, **fields)


def submit_note(commitment, *, text, token, at=None, notice=None, **fields):
    """A neighbour tells how a public commitment goes. The same token twice is one note."""
    return _filed(
        CommitmentNote, "note", token, notice, at, commitment=commitment, text=text, **fields
    )


def _filed(model, kind, token, notice, at, **fields):
    """The new row under the next number, with the proof of its consent; all or nothing."""
    key = keyed_hash(kind, token)
    try:
        with transaction.atomic():
            row = model.objects.create(
                number=Sequence.take(kind), token=key, received_at=clock.now(at), **fields
            )
            record(kind, row.pk, "status", f"submit_{kind}", after=row.status, at=at)
            if row.email and notice:
                means = "portal"
                consenting.keep(
                    kind, row.pk, notice, purpose=PURPOSE, means=means, at=clock.now(at)
                )
    except IntegrityError:
        return model.objects.get(token=key)
    return row


@transaction.atomic
def answer_remark(remark, *, actor, reply, outcome, public_text="", at=None) -> MinutesRemark:
    """Publish a remark in the words that may be read, with its reply. Tells its author."""
    demand(actor, ANSWER)
    reply = needed(reply, _("Write the reply: it is shown to the public."))
    if outcome not in MinutesRemark.Outcome.values:
        raise MoveRefused(_("Say whether the remark is taken into the minutes."))
    email = remark.email
    REMARK.move(
        remark, "answer_remark", actor=actor, at=at, reply=reply, outcome=outcome,
        public_text=public_text.strip() or remark.text, answered_at=clock.now(at),
        answered_by=actor, email="",
    )  # fmt: skip
    publishing.archive_changed(remark.minutes.event)
    notifications.remark_answered(remark, email, at=at)
    return remark


@transaction.atomic
def withhold_remark(remark, *, actor, reason, at=None) -> MinutesRemark:
    """Keep a remark from the public. Its author is told why."""
    demand(actor, ANSWER)
    reason = needed(reason, _("Write the reason."))
    email = remark.email
    REMARK.move(
        remark, "withhold_remark", actor=actor, at=at, reason=reason, status_reason=reason,
        answered_at=clock.now(at), answered_by=actor, email="",
    )  # fmt: skip
    publishing.archive_changed(remark.minutes.event)
    notifications.remark_withheld(remark, email, at=at)
    return remark


@transaction.atomic
def publish_note(note, *, actor, public_text="", at=None) -> CommitmentNote:
    """Show a note in the words that may be read. Tells its author."""
    demand(actor, MODERATE)
    email = note.email
    NOTE.move(
        note, "publish_note", actor=actor, at=at, published_at=clock.now(at), email="",
        public_text=public_text.strip() or note.public_text or note.text,
    )  # fmt: skip
    publishing.commitment_changed(note.commitment, at=at)
    notifications.note_published(note, email, at=at)
    return note


@transaction.atomic
def withhold_note(note, *, actor, reason, at=None) -> CommitmentNote:
    """Keep a note from the public. Its author is told why."""
    demand(actor, MODERATE)
    reason = needed(reason, _("Write the reason."))
    email = note.email
    NOTE.move(
        note, "withhold_note", actor=actor, at=at, reason=reason, status_reason=reason, email=""
    )
    publishing.commitment_changed(note.commitment, at=at)
    notifications.note_withheld(note, email, at=at)
    return note
