"""What follows a commitment of the demonstration: notes of neighbours, and days of checking."""

from datetime import datetime, timedelta

from accountability import workflow
from accountability.models import Commitment
from accountability.voices import workflow as voices
from entity.registry import registry
from portal.base import clock
from portal.site.demo.staff import Cast

READ_AFTER = timedelta(hours=3)


def take_note(commitment: Commitment, row: dict, cast: Cast, at: datetime) -> None:
    """A neighbour tells what they see; moderation shows it, withholds it, or has yet to read it."""
    note = voices.submit_note(
        commitment,
        text=row["text"],
        municipality=registry().municipality_by_code[row["place"]] if "place" in row else None,
        email="",
        token=f"demo-{commitment.reference}-{row['text'][:20]}",
        at=at,
    )
    read_at = min(at + READ_AFTER, clock.now())
    if "withheld" in row:
        voices.withhold_note(note, actor=cast.moderator, reason=row["withheld"], at=read_at)
    elif row.get("read", True):
        public_text = row.get("public_text", "")
        voices.publish_note(note, actor=cast.moderator, public_text=public_text, at=read_at)


def plan_check(commitment: Commitment, days: int, cast: Cast, at: datetime) -> None:
    """The day on which it is looked at again, so many days after the present one."""
    day = clock.local_day(at) + timedelta(days=days)
    workflow.plan_check(commitment, actor=cast.writer, next_check_on=day, at=at)
