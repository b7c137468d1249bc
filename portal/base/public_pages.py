"""Public pages are the same for everybody: one rendering, an ETag, and 304 for who has it already.

A view becomes public with `@public_page`. Its key is made of the path, the known query parameters,
the reading setting, the release, the content versions and the last clock mark.
"""

import functools
import gzip
import hashlib
import logging
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import brotli
from django.conf import settings
from django.core.cache import caches
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import Resolver404, get_resolver, resolve
from django.utils.http import parse_etags
from django.utils.translation import get_language

from portal.base import clock, reading, versions

logger = logging.getLogger(__name__)

MAX_PARAMETER = 200
SHARED_SECONDS = 1
_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")


@dataclass(frozen=True)
class PublicPage:
    """What makes two requests for one view differ: its parameters, and those too free to store."""

    params: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    per_event: bool = False


def public_page(*params: str, free: tuple[str, ...] = (), per_event: bool = False):
    """Declare a view public. `params` are its known query parameters, in the order of the address.

    `free` ones (searches) are known too, but pages with them are rendered each time, not stored.
    `per_event` pages live by the version of the event in their address, not by the site's.
    """

    def declare(view):
        @functools.wraps(view)
        def public_view(request, *args, **kwargs):
            request.is_public_page = True
            return view(request, *args, **kwargs)

        public_view.public_page = PublicPage((*params, *free), free, per_event)
        return public_view

    return declare


def _accepted_codings(header: str) -> set[str]:
    """The codings of an Accept-Encoding header, without those that it refuses (q=0)."""
    offers = (offer for offer in header.lower().split(",") if not _REFUSED.search(offer))
    return {offer.split(";")[0].strip() for offer in offers}


class PublicPageMiddleware:
    """Answers from the store before sessions, accounts and messages are touched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page, match = self._page_of(request)
        if page is None:
            return self.get_response(request)
        request.get_host()  # a foreign Host is refused here too, not only where a page is drawn
        known = [(k, request.GET[k]) for k in page.params if request.GET.get(k)]
        if dict(request.GET.lists()) != {k: [v] for k, v in known}:
            query = urlencode(known)
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        if any(len(value) > MAX_PARAMETER or "\x00" in value for _key, value in known):
            known = [(k, v.replace("\x00", "")[:MAX_PARAMETER]) for k, v in known]
            return HttpResponseRedirect(f"{request.path}?{urlencode(known)}")
        try:
            versions_now = versions.read(*self._versions_of(page, match))
            last_mark, next_mark = clock.marks_around()
            key = self._key(request, known, versions_now, last_mark)
        except (OperationalError, InterfaceError):
            logger.exception("the database did not answer")
            return get_resolver().resolve_error_handler(503)(request)
        etag = f'"{key}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "").replace("W/", "")):
            return self._with_headers(HttpResponseNotModified(), etag, next_mark)
        free = any(name in page.free for name, _value in known)
        stored = None if free else caches["pages"].get(key)
        if stored is None:
            response = self.get_response(request)
            if response.status_code != 200 or not getattr(request, "is_public_page", False):
                return response
            stored = self._store(key, response, keep=not free)
        return self._with_headers(self._answer(request, stored), etag, next_mark)

    @staticmethod
    def _page_of(request):
        if request.method not in ("GET", "HEAD"):
            return None, None
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None, None
        return getattr(match.func, "public_page", None), match

    @staticmethod
    def _versions_of(page, match) -> list[str]:
        """What the page lives by first; the site's version too, for the clock marks."""
        slug = match.kwargs.get("event_slug") if page.per_event else None
        own = versions.event_name(slug) if slug else versions.SITE
        return [own, versions.EVERYTHING, *([versions.SITE] if slug else [])]

    @staticmethod
    def _key(request, known, versions_now, last_mark) -> str:
        parts = (
            request.path,
            get_language(),
            known,
            reading.from_cookie(request.COOKIES).value,
            settings.RELEASE,
            versions_now[:2],
            last_mark.isoformat(),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    @staticmethod
    def _store(key, response, *, keep) -> dict:
        if hasattr(response, "render"):
            response.render()
        body = response.content
        stored = {
            "type": response.headers["Content-Type"],
            "language": response.headers.get("Content-Language", ""),
            "csp": getattr(response, "_csp_update", None),
            "csp_instead": getattr(response, "_csp_replace", None),
            "": body,
            # kept pages are sent many times: worth a few milliseconds once
            "br": brotli.compress(body, quality=10 if keep else 4),
            "gzip": gzip.compress(body, 6, mtime=0),
        }
        if keep:
            caches["pages"].set(key, stored)
        return stored

    @staticmethod
    def _answer(request, stored) -> HttpResponse:
        accepted = _accepted_codings(request.headers.get("Accept-Encoding", ""))
        coding = next((c for c in ("br", "gzip") if c in accepted), "")
        response = HttpResponse(stored[coding], content_type=stored["type"])
        response.headers["Content-Length"] = str(len(stored[coding]))
        if coding:
            response.headers["Content-Encoding"] = coding
        if stored["csp"]:
            response._csp_update = stored["csp"]
        if stored["csp_instead"]:
            response._csp_replace = stored["csp_instead"]
        return response

    @staticmethod
    def _with_headers(response, etag, next_mark):
        response.headers["Vary"] = "Accept-Encoding, Cookie"
        return with_public_headers(response, etag, next_mark)


def live_etag(path: str, event_slug: str) -> str:
    """The ETag of what is public of an event but too large to be kept: it is drawn each time."""
    names = (versions.event_name(event_slug), versions.EVERYTHING, versions.SITE)
    last_mark, _next = clock.marks_around()
    parts = (path, settings.RELEASE, versions.read(*names)[:2], last_mark.isoformat())
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def with_public_headers(response, etag: str, next_mark=None):
    """Anybody may keep it until it changes, or until time alone changes it."""
    next_mark = next_mark or clock.marks_around()[1]
    left = max(0, int((next_mark - clock.now()).total_seconds()))
    shared = min(SHARED_SECONDS, left)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={shared}, must-revalidate"
    return response
