"""The home page: the event in focus, then what remained of the last one."""

from django.shortcuts import render

from portal.base.public_pages import public_page
from portal.site import selectors


@public_page()
def home(request):
    """Invitation while an event is coming or live, its record afterwards, a poster without any."""
    content = selectors.home_page()
    page = content.focus
    context = {
        "home": content,
        "page": page,
        "event": page.event if page else None,
        "section": "event",
    }
    return render(request, "site/home.html", context)
