"""The floor and the audience: who speaks, for how long, and how many follow."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import AudienceCount, Event, FloorTurn, LogLine, Speaker
from events.people import workflow as people_workflow
from events.session import log
from events.session.permission import demand
from events.session.state import NOT_YET, State, state
from portal.base import clock
from portal.base.machine import MoveRefused, Overtaken, record

MOST_PEOPLE = 10_000_000


@transaction.atomic
def give_floor(speaker, *, actor, at=None) -> FloorTurn:
    """A registered speaker begins; the log says so without a private name.

    Raises PermissionDenied, MoveRefused before the start and after the end of the session, for a
    speaker who withdrew, and while another one speaks.
    """
    demand(actor)
    at = clock.now(at)
    event = speaker.event
    _demand_running(event, at)
    if speaker.status == Speaker.Status.WITHDRAWN:
        raise MoveRefused(_("This speaker withdrew."))
    if _speaking(event):
        raise MoveRefused(_("Somebody has the floor. Stop their time first."))
    try:
        with transaction.atomic():
            turn = FloorTurn.objects.create(event=event, speaker=speaker, started_at=at)
    except IntegrityError as taken:  # the other operator gave it since we looked
        raise Overtaken(_("Somebody has the floor. Stop their time first.")) from taken
    record("speaker", speaker.pk, "floor", "give_floor", after="speaks", actor=actor, at=at)
    log.add(
        event, LogLine.Kind.SPEAKER, _who_speaks(speaker), actor=actor, at=at,
        about_kind="speaker", about_id=speaker.pk,
    )  # fmt: skip
    return turn


def _demand_running(event, at) -> None:
    now = state(event, at)
    if now in NOT_YET:
        raise MoveRefused(_("The session has not started yet."))
    if now == State.ENDED:
        raise MoveRefused(_("The session is over."))


def _speaking(event) -> FloorTurn | None:
    turns = FloorTurn.objects.filter(event=event, ended_at__isnull=True)
    return turns.select_related("speaker").first()


def _who_speaks(speaker) -> str:
    if speaker.organisation and not speaker.in_own_name:
        return _("%(organisation)s speaks.") % {"organisation": speaker.organisation}
    return _("A registered person speaks.")


@transaction.atomic
def stop_floor(event, *, actor, at=None) -> FloorTurn:
    """Whoever has the floor has spoken. Raises PermissionDenied, MoveRefused if nobody has it."""
    demand(actor)
    turn = close_floor(event, actor=actor, at=at)
    if turn is None:
        raise MoveRefused(_("Nobody has the floor."))
    return turn


def close_floor(event, *, actor, at=None) -> FloorTurn | None:
    """The same where somebody has it; the end of the session asks nobody."""
    turn = _speaking(event)
    if turn is None:
        return None
    turn.ended_at = max(clock.now(at), turn.started_at)
    if not FloorTurn.objects.filter(pk=turn.pk, ended_at__isnull=True).update(
        ended_at=turn.ended_at
    ):
        return None
    people_workflow.spoke(turn.speaker, actor=actor, at=at)
    return turn


@transaction.atomic
def count_audience(event, *, actor, channel, people, at=None) -> AudienceCount:
    """Write down how many follow by one channel; its largest count is the peak of the record.

    The same count sent twice at once is one.
    Raises PermissionDenied, MoveRefused for a channel or a number that can't be, or a draft.
    """
    demand(actor)
    at = clock.now(at)
    if channel not in AudienceCount.Channel.values:
        raise MoveRefused(_("Choose where they follow the event."))
    if not 0 <= people <= MOST_PEOPLE:
        raise MoveRefused(_("Write how many people."))
    if event.status == Event.Status.DRAFT:
        raise MoveRefused(_("The event is not announced yet."))
    same = AudienceCount.objects.filter(event=event, channel=channel, people=people)
    if twice := same.filter(recorded_by=actor, counted_at__gt=at - log.SENT_TWICE).first():
        return twice
    counted = AudienceCount.objects.create(
        event=event, channel=channel, people=people, counted_at=at, recorded_by=actor
    )
    words = {"channel": counted.get_channel_display(), "n": people}
    text = ngettext("%(channel)s: %(n)s person.", "%(channel)s: %(n)s people.", people) % words
    log.add(event, LogLine.Kind.AUDIENCE, text, actor=actor, at=at)
    return counted
