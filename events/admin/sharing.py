"""What can be shared of an event, at the desk: sheets, words, the card for another site, QR."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from events.admin.pages import event_or_404, event_page
from events.models import Event
from events.takeaway import drawing, selectors, sharing
from portal.base import pdf, qr


def share(request, model_admin, pk):
    """Show it; the one button has the sheets drawn anew."""
    event = event_or_404(request, model_admin, pk)
    if request.method == "POST":
        return _draw_again(request, model_admin, event)
    is_public = event.status != Event.Status.DRAFT
    return event_page(
        request, model_admin, event, "share", _("To share"),
        is_public=is_public,
        can_draw=pdf.is_available(),
        may_draw=model_admin.has_change_permission(request, event),
        sheets=selectors.sheets_of(event) if is_public else [],
        message=sharing.message(event),
        whatsapp=sharing.whatsapp(event),
        snippet=sharing.snippet(event),
        address=sharing.address(event),
        short_addresses=[(one, qr.svg(one, one)) for one in sharing.short_addresses()],
    )  # fmt: skip


def _draw_again(request, model_admin, event):
    if not model_admin.has_change_permission(request, event):
        raise PermissionDenied
    drawing.draw_again(event)
    model_admin.log_change(request, event, _("Posters, leaflets and picture drawn anew."))
    messages.success(request, _("They are drawn anew in the next minutes."))
    return HttpResponseRedirect(reverse("admin:events_event_share", args=[event.pk]), status=303)
