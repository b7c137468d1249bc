"""Reading settings: text size and contrast, kept in one cookie without personal data."""

import functools

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.base import reading
from portal.base.public_pages import public_page
from portal.base.same_origin import same_origin_post

SAVED = "si"


class SeeOther(HttpResponseRedirect):
    """After a POST: look at another page, with GET."""

    status_code = 303


@same_origin_post
def save(request):
    """Keep the chosen setting for a year and go back to the page it was chosen on."""
    size, contrast = request.POST.get("size", ""), request.POST.get("contrast", "")
    chosen = reading.ReadingSetting(
        size if size in reading.SIZES else reading.SIZES[0],
        contrast if contrast in reading.CONTRASTS else reading.CONTRASTS[0],
        is_chosen=True,
    )
    response = SeeOther(_way_back(request))
    response.set_cookie(
        settings.READING_COOKIE_NAME,
        chosen.value,
        max_age=reading.YEAR_SECONDS,
        secure=settings.IS_PRODUCTION,
        httponly=True,
        samesite="Lax",
    )
    return response


def _way_back(request) -> str:
    """The page to return to: one of our own, whatever was sent."""
    own_page = f"{reverse('preferences')}?guardado={SAVED}"
    target = request.POST.get("next", "")
    if not target or target.startswith(reverse("preferences")):
        return own_page
    hosts, secure = {request.get_host()}, request.is_secure()
    is_own = url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=secure)
    return target if is_own and target.startswith("/") else own_page


def show(request):
    title = _("Reading settings")
    context = {
        "title": title,
        "trail": [(title, "")],
        "saved": request.GET.get("guardado") == SAVED,
        "sizes": zip(reading.SIZES, (_("Normal"), _("Large"), _("Very large")), strict=True),
    }
    return render(request, "site/preferences.html", context)


# The page is public, its POST is guarded: the marks of `save` (no token, same origin) are kept.
@public_page("guardado")
@functools.wraps(save)
def preferences(request):
    return save(request) if request.method == "POST" else show(request)
