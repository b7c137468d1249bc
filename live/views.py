"""The part of the live page that is renewed."""

from django.shortcuts import get_object_or_404, render

from events import selectors
from events.models import Event
from live.page import LivePage
from portal.base.public_pages import public_page


@public_page("minutos", per_event=True)
def live_fragment(request, event_slug):
    """What changes while a session goes on, without the frame of a page.

    2,000 visitors ask for it every ten seconds: one rendering answers them all until it changes.
    """
    event = get_object_or_404(selectors.with_live_data(Event.objects.public()), slug=event_slug)
    shows_all = request.GET.get("minutos") == "todos"
    live = LivePage(selectors.event_page(event), shows_all_lines=shows_all)
    context = {"event": event, "page": live.page, "live": live}
    return render(request, "events/live_fragment.html", context)
