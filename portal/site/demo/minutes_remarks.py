"""What was said of a draft of the minutes in the demonstration, and what was replied."""

from datetime import datetime
from functools import partial

from accountability.minutes import workflow as editions
from accountability.models import Minutes
from accountability.voices import workflow as voices
from portal.site.demo.events import Act
from portal.site.demo.staff import Cast


def plan(act: Act, minutes: Minutes, cast: Cast) -> None:
    """Plan the days of remarks of the minutes that had them: opened, sent, answered or withheld.

    They run beside the steps of the event, which may be at something else by then.
    """
    row = act.data["minutes"]
    if "remarks_until_on" not in row:
        return
    until = act.dates.date(row, "remarks_until")
    act.track.timeline.put(
        act.dates.moment(row, "remarks_opened"),
        lambda at: editions.open_to_remarks(minutes, actor=cast.writer, until=until, at=at),
    )
    for told in row.get("remarks", []):
        _plan_remark(act, minutes, cast, told)


def _plan_remark(act: Act, minutes: Minutes, cast: Cast, told: dict) -> None:
    made = {}

    def send(at: datetime) -> None:
        made["remark"] = voices.submit_remark(
            minutes,
            text=told["text"],
            token=f"demo-{told['sent_at']}",
            paragraph=told.get("paragraph"),
            attended=told.get("attended", False),
            email="",
            at=at,
        )

    act.track.timeline.put(act.dates.moment(told, "sent"), send)
    act.track.timeline.put(act.dates.moment(told, "answered"), partial(_settle, made, told, cast))


def _settle(made: dict, told: dict, cast: Cast, at: datetime) -> None:
    remark = made["remark"]
    if "withheld" in told:
        voices.withhold_remark(remark, actor=cast.writer, reason=told["withheld"], at=at)
        return
    voices.answer_remark(
        remark, actor=cast.writer, reply=told["reply"], outcome=told["outcome"], at=at
    )
