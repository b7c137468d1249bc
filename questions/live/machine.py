"""The machine of a question's turn in the session, and who may touch it."""

from portal.base.machine import Machine
from questions.models import LiveTurn

T = LiveTurn.Status
RUN = "events.run_live_session"

LIVE_TURN = Machine(
    kind="live_turn",
    column="status",
    moves={
        # the first time its row is made; later it comes back from where it was left
        "queue_question": ((T.WRITTEN, T.REMOVED), T.QUEUED),
        "put_on_air": ((T.QUEUED,), T.ON_AIR),
        "mark_answered": ((T.ON_AIR,), T.ANSWERED),
        "needs_written": (T.WAITING, T.WRITTEN),
        "back_to_queue": ((T.ON_AIR,), T.QUEUED),
        "back_on_air": ((T.ANSWERED,), T.ON_AIR),
        "hide_now": (T.WAITING, T.REMOVED),
        "move_up": ((T.QUEUED,), None),
        "move_down": ((T.QUEUED,), None),
    },
)
