"""Small things that browsers and robots ask for: theme, logo, icon, robots.txt."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from entity.registry import registry
from portal.base.public_pages import public_page

# Drawn by every browser without running anything; SVG is not among them.
LOGO_TYPES = {"image/png", "image/jpeg", "image/webp"}
PRIVATE_PATHS = ("/gestion/", "/cuenta/", "/mi-pregunta/", "/en/mi-pregunta/")


@public_page()
def theme_css(request):
    """The entity's own colours, where they differ from the portal's."""
    return HttpResponse(registry().theme_css, content_type="text/css; charset=utf-8")


def _logo():
    logo = registry().entity.logo
    return logo if logo and logo.content_type in LOGO_TYPES else None


def _logo_etag(request):
    logo = _logo()
    return f'"{logo.sha256[:32]}"' if logo else None


@require_safe
@cache_control(public=True, max_age=600)
@condition(etag_func=_logo_etag)
def entity_logo(request):
    """The entity's logo, as a picture that cannot act. 404 when there is none."""
    logo = _logo()
    if logo is None:
        raise Http404
    try:
        content = logo.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=logo.content_type)
    response._csp_replace = {"default-src": ["'none'"], "sandbox": [""]}
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE_PATHS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def favicon(request):
    """Old browsers ask for it at this address; the file's own name changes with its content."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))
