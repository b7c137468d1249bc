"""The moments of answers follow the hour at which the recording begins."""

from django.db import transaction

from events.models import LiveSession
from events.session.recording import set_recording_start
from events.session.state import live_of, second_at
from questions.models import LiveTurn
from questions.workflow.live_moment import note_live_moment


@transaction.atomic
def recording_begins(live, *, actor, started_at, at=None) -> LiveSession:
    """As `set_recording_start`, and the moment of each answer with it.

    A moment that an office corrected by hand stays. Raises what that function raises.
    """
    answered = LiveTurn.objects.filter(event=live.event, status=LiveTurn.Status.ANSWERED)
    turns = list(answered.select_related("question").exclude(on_air_at=None))
    before = {turn.pk: second_at(live_of(live.event), turn.on_air_at) for turn in turns}
    live = set_recording_start(live, actor=actor, started_at=started_at, at=at)
    for turn in turns:
        if turn.question.live_second == before[turn.pk]:
            second = second_at(live, turn.on_air_at)
            note_live_moment(turn.question, actor=actor, second=second, at=at)
    return live
