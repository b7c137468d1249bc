"""Puts the entity's own recording beside a record, and takes it away."""

from django.db import transaction
from django.utils.translation import gettext as _

from accountability import publishing
from accountability.conditions import PUBLISH, demand
from accountability.models import SessionRecord
from accountability.recording.kinds import CAPTIONS, KINDS
from accountability.transcript import reading
from portal.base.machine import MoveRefused, record
from portal.base.models import StoredFile
from portal.base.uploads import forget


def put_file(session_record, kind: str, stored: StoredFile, *, actor, at=None) -> SessionRecord:
    """Show a file with a record, in the place of the one before; a public record shows it at once.

    The log keeps what was there. Raises PermissionDenied.
    """
    return _exchange(session_record, kind, stored, actor=actor, at=at)


def take_away(session_record, kind: str, *, actor, at=None) -> SessionRecord:
    """Take a file off a record, with its bytes.

    Raises PermissionDenied, and MoveRefused where there is none, or where a published record
    would stay without a recording and without saying why.
    """
    return _exchange(session_record, kind, None, actor=actor, at=at)


@transaction.atomic
def _exchange(session_record, kind: str, stored: StoredFile | None, *, actor, at) -> SessionRecord:
    demand(actor, PUBLISH)
    shown = SessionRecord.objects.select_for_update().get(pk=session_record.pk)
    column = KINDS[kind].column
    before: StoredFile | None = getattr(shown, column)
    setattr(shown, column, stored)
    if stored is None:
        _demand_left(shown, before)
    changed = [column]
    if kind == "captions":
        shown.has_captions = stored is not None
        changed.append("has_captions")
    shown.save(update_fields=changed)
    record(
        "record", shown.pk, column, "put_recording" if stored else "take_recording",
        before=shown.status, after=shown.status, actor=actor, at=at,
        detail=stored.sha256 if stored else before.sha256,
    )  # fmt: skip
    if before:
        forget(before)
    publishing.record_changed(shown, at=at)
    return shown


def _demand_left(shown: SessionRecord, before: StoredFile | None) -> None:
    if before is None:
        raise MoveRefused(_("There is no such file."))
    is_public = shown.status == SessionRecord.Status.PUBLISHED
    if is_public and not shown.recording_address and not shown.no_recording_reason:
        raise MoveRefused(_("Write first in the record why there is no recording."))


@transaction.atomic
def fill_transcript(session_record, *, actor, at=None) -> bool:
    """Write the transcript of a record that has none from its captions; says whether it did."""
    demand(actor, PUBLISH)
    shown = SessionRecord.objects.select_for_update().get(pk=session_record.pk)
    captions = getattr(shown, CAPTIONS.column)
    if shown.transcript or captions is None:
        return False
    with captions.content.open("rb") as content:
        shown.transcript = reading.from_captions(content.read().decode())
    shown.save(update_fields=["transcript"])
    publishing.record_changed(shown, at=at)
    return True
