"""News as an Atom feed: the newest public things of every room, from the rows of the search."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base.models import SearchEntry
from portal.base.public_pages import public_page

MOST = 50
NOON = time(12)  # the rows know the day


@public_page()
def news(request):
    """The fifty newest entries. Their ids are tag URIs (RFC 4151), which never change."""
    entity, host = registry().entity, settings.SITE_URL.split("//")[-1].split(":")[0]
    entries = list(SearchEntry.objects.exclude(dated_on=None).order_by("-dated_on", "-pk")[:MOST])
    feed = Atom1Feed(
        title=_("Accountability of %(entity)s") % {"entity": entity.short_name},
        link=settings.SITE_URL + reverse("home"),
        feed_url=settings.SITE_URL + reverse("news_feed"),
        description="",
        language="es-CO",
        author_name=entity.name,
        feed_guid=f"tag:{host},2020:novedades",
    )
    for entry in entries:
        at = make_aware(datetime.combine(entry.dated_on, NOON))
        feed.add_item(
            title=entry.title,
            link=settings.SITE_URL + entry.path,
            description=entry.label,
            pubdate=at,
            updateddate=at,
            unique_id=f"tag:{host},2020:{entry.kind}/{entry.object_id}",
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
