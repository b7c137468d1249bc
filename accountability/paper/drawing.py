"""Draws the PDF of minutes: from the same content as the page, tagged, with its QR to the log."""

import logging
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.minutes.selectors import Document, MinutesPage
from accountability.models import Minutes
from accountability.paper import ledger
from entity.registry import registry
from events.models import Event
from portal.base import clock, pdf, qr, ticks, uploads, versions
from portal.base.models import PublicationEntry
from portal.base.texts import short_slug

logger = logging.getLogger(__name__)

EVERY, TRY_AGAIN = timedelta(seconds=10), timedelta(minutes=2)
# Editions that could not be drawn, and until when this worker lets them rest.
_rests: dict[int, datetime] = {}
# A draft is drawn when it is asked for: one at a time, so that the other threads stay free.
_drafts = threading.BoundedSemaphore(1)


def drawn(shown: Document, *, keep: bool = False) -> bytes:
    """The PDF of an edition or a draft, in the portal's own language. Raises pdf.NotAvailable."""
    minutes = shown.minutes
    entry = _entry(minutes)
    with translation.override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + (
            reverse("verify_entry", args=[entry.pk])
            if entry
            else reverse("minutes", args=[shown.event.slug])
        )
        title = _("QR code that opens %(address)s") % {"address": address}
        context = {
            "shown": shown, "minutes": minutes, "event": shown.event, "entry": entry,
            "entity": registry().entity, "address": address, "qr": qr.svg(address, title),
            "is_draft": minutes.status != Minutes.Status.PUBLISHED,
        }  # fmt: skip
        return pdf.render("accountability/minutes_pdf.html", context, keep=keep)


def drawn_draft(shown: Document) -> bytes:
    """The PDF of a draft, drawn once in each process for as long as its words are the same.

    Raises pdf.NotAvailable, also while another one is drawn.
    """
    if not _drafts.acquire(blocking=False):
        raise pdf.NotAvailable
    try:
        return drawn(shown, keep=True)
    finally:
        _drafts.release()


def _entry(minutes: Minutes) -> PublicationEntry | None:
    """Where the log says what this edition holds."""
    reference = f"{minutes.event.slug}/acta-{minutes.edition}"
    return PublicationEntry.objects.filter(kind="minutes", reference=reference).last()


def name_of(minutes: Minutes) -> str:
    """A name that says what it is when it lies in a folder among others."""
    return f"acta-{short_slug(minutes.number)}-edicion-{minutes.edition}.pdf"


def draw_due(at=None) -> int:
    """Draw the published editions that have no PDF yet; says how many. Called by the worker.

    What could not be drawn rests for two minutes, so that letters go out meanwhile.
    """
    if not pdf.is_available():
        return 0
    now = clock.now(at)
    waiting = Minutes.objects.public().filter(drawn=None, event__in=Event.objects.public())
    due = [m for m in waiting.select_related("event").order_by("pk") if _is_due(m, now)]
    return sum(_draw_one(minutes, now) for minutes in due)


def _is_due(minutes: Minutes, now: datetime) -> bool:
    return _rests.get(minutes.pk, now) <= now


def _draw_one(minutes: Minutes, now: datetime) -> int:
    editions = Minutes.objects.public().filter(event=minutes.event, edition__lt=minutes.edition)
    try:
        content = drawn(MinutesPage(minutes, [minutes, *editions.order_by("-edition")]))
    except pdf.NotAvailable:
        logger.warning("the minutes %s could not be drawn; the worker tries again", minutes.pk)
        _rests[minutes.pk] = now + TRY_AGAIN
        return 0
    _rests.pop(minutes.pk, None)
    return _keep(minutes, content, now)


@transaction.atomic
def _keep(minutes: Minutes, content: bytes, at) -> int:
    """Keep the bytes for ever, unless another worker was quicker."""
    stored = uploads.CleanFile(name_of(minutes), "application/pdf", content).store()
    mine = Minutes.objects.filter(pk=minutes.pk, drawn=None).update(drawn=stored)
    if not mine:
        stored.content.delete(save=False)
        stored.delete()
        return 0
    ledger.append_file(ledger.PDF, minutes, stored, at=at)
    versions.content_changed(minutes.event.slug)
    return mine


ticks.register("draw_minutes", EVERY, draw_due)
