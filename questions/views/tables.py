"""The matrix of an event as it is today: a table for everybody, read while it is sent."""

from collections.abc import Iterator

from django.conf import settings
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events.models import Event
from portal.base.public_pages import live_etag, with_public_headers
from questions import matrix


@require_safe
def event_matrix(request, event_slug):
    """Each public contribution with its answer; who has it already is told so (304).

    Not kept by the portal: thousands of answers are megabytes. Proxies keep it as they do pages.
    """
    event = get_object_or_404(Event.objects.public(), slug=event_slug)
    etag = live_etag(request.path, event.slug)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = StreamingHttpResponse(_lines(event), content_type="text/csv; charset=utf-8")
        name = f"matriz-{event.slug}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return with_public_headers(response, etag)


def _lines(event: Event) -> Iterator[bytes]:
    """In Spanish at every address, as the frozen file is: columns and states are its language."""
    with translation.override(settings.LANGUAGE_CODE):
        yield from matrix.lines(event)
