"""Topics that invented citizens propose for an event, and what came of them."""

from datetime import datetime
from functools import partial

from entity.models import Municipality
from events.models import Event
from events.process import workflow


def plan(event: Event, rows: list[dict], dates, track, actor) -> None:
    """`rows` tell each topic, when it came, and its outcome: "", "published", "included",
    "not_included" or "withheld"."""
    for number, row in enumerate(rows, 1):
        proposed = dates.moment(row, "proposed")
        track.put(proposed, partial(_propose, event, row, number, actor))


def _propose(event: Event, row: dict, number: int, actor, at: datetime) -> None:
    place = Municipality.objects.filter(code=row.get("municipality", "")).first()
    proposal = workflow.propose_topic(
        event, text=row["text"], municipality=place, token=f"demo-{number}", at=at
    )
    outcome = row.get("outcome", "")
    if outcome == "withheld":
        workflow.withhold_topic(proposal, actor=actor, reason=row["reason"], at=at)
    elif outcome:
        workflow.publish_topic(proposal, actor=actor, public_text=row["text"], at=at)
    if outcome == "included":
        item = event.agenda.order_by("order")[row["agenda"] - 1]
        workflow.include_topic(proposal, actor=actor, agenda_item=item, at=at)
    if outcome == "not_included":
        workflow.leave_out_topic(proposal, actor=actor, reason=row["reason"], at=at)
