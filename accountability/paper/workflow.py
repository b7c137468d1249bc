"""The signed copy of published minutes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accountability.conditions import PUBLISH
from accountability.models import Minutes
from accountability.paper import ledger
from portal.base import versions
from portal.base.machine import MoveRefused, record
from portal.base.uploads import CleanFile


@transaction.atomic
def attach_signed(minutes: Minutes, *, actor, file: CleanFile, at=None) -> Minutes:
    """Put the scan of the signed paper beside a published edition, or a better scan in its place.

    The log keeps the one before. Raises MoveRefused for what is not published or is no PDF.
    """
    if not actor.has_perm(PUBLISH):
        raise PermissionDenied
    if minutes.status != Minutes.Status.PUBLISHED:
        raise MoveRefused(_("Only published minutes have a signed copy."))
    if file.content_type != "application/pdf":
        raise MoveRefused(_("The signed copy is a PDF."))
    stored = file.store()
    Minutes.objects.filter(pk=minutes.pk).update(signed=stored)
    minutes.signed = stored
    state = minutes.status
    record(
        "minutes", minutes.pk, "signed", "attach_signed", before=state, after=state,
        actor=actor, at=at, detail=stored.sha256,
    )  # fmt: skip
    ledger.append_file(ledger.SIGNED, minutes, stored, at=at)
    versions.content_changed(minutes.event.slug)
    return minutes
