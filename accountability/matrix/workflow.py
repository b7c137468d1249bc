"""Freezes the matrix of an event into a file that never changes."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accountability import publishing
from accountability.conditions import PUBLISH
from accountability.matrix import ledger
from accountability.models import FrozenMatrix, SessionRecord
from portal.base import clock
from portal.base.machine import MoveRefused, record
from portal.base.uploads import CleanFile
from questions import matrix
from questions.models import Question


@transaction.atomic
def freeze(session_record: SessionRecord, *, actor, at=None) -> FrozenMatrix:
    """Keep what is public now as the next edition. The same bytes as the last one are no new one.

    Raises PermissionDenied, and MoveRefused while the record is not published.
    """
    if not actor.has_perm(PUBLISH):
        raise PermissionDenied
    locked = SessionRecord.objects.select_for_update().get(pk=session_record.pk)
    if locked.status != SessionRecord.Status.PUBLISHED:
        raise MoveRefused(_("The matrix is frozen when the record is published."))
    event = session_record.event
    with translation.override(settings.LANGUAGE_CODE):
        content = b"".join(matrix.lines(event, at))
    last = session_record.matrices.select_related("stored").first()
    name = f"matriz-{event.slug}-{last.edition + 1 if last else 1}.csv"
    file = CleanFile(name, "text/csv", content)
    if last and last.stored.sha256 == file.sha256:
        return last
    public = Question.objects.public().filter(event=event)
    frozen = FrozenMatrix.objects.create(
        record=session_record, edition=last.edition + 1 if last else 1, frozen_at=clock.now(at),
        questions=public.count(), answered=public.filter(status=Question.Status.ANSWERED).count(),
        stored=file.store(),
    )  # fmt: skip
    state = session_record.status
    record(
        "record", session_record.pk, "matrix", "freeze_matrix", before=state, after=state,
        actor=actor, at=at, detail=f"{frozen.edition}: {file.sha256}",
    )  # fmt: skip
    ledger.matrix_frozen(frozen, at=at)
    publishing.archive_changed(event)
    return frozen
