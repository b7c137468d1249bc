"""Error pages in the portal's voice. Those of a fault (500, 503) ask the database for nothing."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from portal.base.incoming import NoRoom

logger = logging.getLogger(__name__)

# What a database raises that is away, locked, full or too slow.
OUTAGES = (OperationalError, InterfaceError)


def _page(request, status: int, title, text, *, retry: int = 0, home=True) -> HttpResponse:
    request.error_status = status
    context = {"title": title, "text": text, "status": status, "with_links": home}
    try:
        response = render(request, "error.html", context, status=status)
    except Exception:  # an error page must not fail: say it plainly then
        logger.exception("the page of error %s failed", status)
        plain = "text/plain; charset=utf-8"
        response = HttpResponse(f"{title}. {text}", status=status, content_type=plain)
    if retry:
        response.headers["Retry-After"] = str(retry)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def bad_request(request, exception=None):
    # Undecorated on purpose: Django's own handler reads request.POST again and may fail again.
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request, 413, _("What you sent is too large"),
            _("Write less text or send fewer and smaller files, and try again."),
        )  # fmt: skip
    if isinstance(exception, NoRoom):
        return _page(
            request, 507, _("There is no room for this file now"),
            _("The disk of the portal is nearly full. Tell whoever runs the server."),
        )  # fmt: skip
    return _page(
        request, 400, _("We did not understand this request"),
        _("Go back and try once more, or begin again from the home page."),
    )  # fmt: skip


def forbidden(request, exception=None):
    text = _("Your account may not open it, or the request did not come from this portal.")
    if exception and str(exception):
        text = str(exception)
    return _page(request, 403, _("You can't open this page"), text)


def not_found(request, exception=None):
    return _page(request, 404, _("We can't find this page"), _("The address may have changed."))


def too_many(request, minutes: int):
    return _page(
        request, 429, _("We received many submissions from this connection"),
        _("Wait %(minutes)s minutes, or write to us by e-mail.") % {"minutes": minutes},
        retry=minutes * 60,
    )  # fmt: skip


def server_error(request):
    """A fault of ours; but a database that is away, met outside a view, is a pause (503)."""
    if isinstance(sys.exc_info()[1], OUTAGES):
        return unavailable(request)
    return _page(
        request, 500, _("The portal failed"),
        _("We did not lose what you sent. Try again in a few minutes, or write to us by e-mail."),
    )  # fmt: skip


def unavailable(request):
    return _page(
        request, 503, _("The portal is resting for a moment"),
        _("We will be back in a few minutes. The event and its questions do not change."),
        retry=60,
    )  # fmt: skip


def not_set_up(request):
    """There is no entity yet: a sentence for whoever installs the portal."""
    return _page(
        request, 503, _("This portal is not set up yet"),
        _("Whoever installs it has to run this command: manage.py setup_entity"),
        retry=60, home=False,
    )  # fmt: skip


def csrf_failure(request, reason=""):
    """A form whose page was open too long: shown again with what was typed and a fresh token."""
    try:
        view = resolve(request.path_info)
    except Resolver404:
        return forbidden(request)
    again = getattr(view.func, "after_lost_cookie", None)
    if again is None:
        return _page(
            request, 403, _("The page was open for a long time"),
            _("Go back, reload the page and try again."),
        )  # fmt: skip
    return again(request, *view.args, **view.kwargs)
