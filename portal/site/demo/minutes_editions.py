"""A second edition of minutes in the demonstration, and the signed copy."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from accountability.minutes import editing
from accountability.minutes import workflow as editions
from accountability.models import Minutes
from accountability.paper.workflow import attach_signed
from portal.base import uploads
from portal.site.demo.events import Act
from portal.site.demo.record_files import FOLDER
from portal.site.demo.staff import Cast


def plan(act: Act, minutes: Minutes, cast: Cast, directory: Path) -> None:
    """Plan the correction of published minutes: what it changes, its approval and its scan."""
    row = act.data["minutes"].get("correction")
    if row is None:
        return
    made = {}
    put, moment = act.track.timeline.put, act.dates.moment

    def begin(at):
        minutes.refresh_from_db()
        fresh = editions.new_edition(minutes, actor=cast.writer, change_note=row["change_note"])
        section = fresh.sections.get(title=row["section"])
        body = section.body.replace(row["said"], row["says"])
        editing.write_section(section, actor=cast.writer, title=section.title, body=body, at=at)
        made["fresh"] = fresh

    def sign(at):
        data = (directory / FOLDER / row["signed"]).read_bytes()
        file = uploads.accept(SimpleUploadedFile(row["signed"], data))
        attach_signed(made["fresh"], actor=cast.writer, file=file, at=at)

    put(moment(row, "begun"), begin)
    put(
        moment(row, "approved"),
        lambda at: editions.approve_minutes(made["fresh"], actor=cast.approver(0), at=at),
    )
    put(
        moment(row, "published"),
        lambda at: editions.publish_minutes(made["fresh"], actor=cast.writer, at=at),
    )
    put(moment(row, "signed"), sign)
