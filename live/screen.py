"""The screen of the room: a public page without a header, drawn to be read at fifteen metres."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from live import screen_content
from portal.base.public_pages import public_page
from portal.base.same_origin import same_origin_post


@public_page(per_event=True)
def screen(request, event_slug):
    """What the operators chose for the room. It is for everybody: nothing on it is secret."""
    event = get_object_or_404(screen_content.events(), slug=event_slug)
    return render(request, "live/screen.html", screen_content.picture(event))


@same_origin_post
def screen_alive(request, event_slug):
    """The page says that it is open, so that the operators see a dark projector. Says nothing."""
    screen_content.screen_seen(event_slug)
    return HttpResponse(status=204)
