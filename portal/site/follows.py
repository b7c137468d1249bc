"""The pages behind the links of messages to followers: confirm, and stop.

Both show a button first: programs that scan mail open every link in it.
"""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.base import follows


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Ask the owner of the address once more, then begin to write to it."""
    row = follows.find(token, follows.CONFIRM)
    if row is None:
        return _gone(request)
    if request.method != "POST" and row.confirmed_at is None:
        return _page(request, row, _("Do you want to hear from us?"), state="ask_confirm")
    follows.confirm(token)
    return _page(request, row, _("Done: we will write to you"), state="confirmed")


# The one POST that a mail program sends by itself (RFC 8058): no cookie, no page of ours before it.
# Whoever holds the token may do nothing with it but end this one follow.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Show the button, or end it; ended twice is ended."""
    row = follows.find(token, follows.STOP)
    if row is not None and request.method != "POST":
        return _page(request, row, _("Do you want us to stop writing to you?"), state="ask_stop")
    follows.stop(token)
    return _page(request, row, _("We will not write to you about it any more"), state="stopped")


def _page(request, row, title, *, state, status=200):
    followed = follows.describe(row.topic) if row else None
    context = {"title": title, "trail": [(title, "")], "state": state, "followed": followed}
    return render(request, "site/follow.html", context, status=status)


def _gone(request):
    return _page(request, None, _("This link is no longer valid"), state="gone", status=410)
