"""News as an Atom feed (RFC 4287): the newest public things that every room has to tell."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base import news
from portal.base.public_pages import public_page
from portal.base.texts import clean_line, clean_text

MOST = 50
SUMMARY_LETTERS = 500
SINCE = "2020"  # a tag URI (RFC 4151) names a day at which its host was ours; it never changes


@public_page()
def news_feed(request):
    """The fifty newest, in Spanish under either address: the words are those of the entity."""
    with translation.override(settings.LANGUAGE_CODE):
        feed = _feed()
        for item in news.newest(MOST):
            _add(feed, item)
    content = feed.writeString("utf-8")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _feed() -> Atom1Feed:
    entity = registry().entity
    return Atom1Feed(
        title=_("Accountability of %(entity)s") % {"entity": entity.short_name},
        link=settings.SITE_URL + reverse("home"),
        feed_url=settings.SITE_URL + reverse("news_feed"),
        description="",
        language="es-CO",
        author_name=entity.name,
        feed_guid=_tag("novedades"),
    )


def _add(feed: Atom1Feed, item: news.News) -> None:
    """An entry. Summaries are read as HTML, so they are escaped; what no XML can hold goes."""
    feed.add_item(
        title=clean_line(item.title),
        link=settings.SITE_URL + item.path,
        description=escape(Truncator(clean_text(item.summary)).chars(SUMMARY_LETTERS)),
        updateddate=item.at,
        unique_id=_tag(f"{item.kind}/{item.pk}"),
    )


def _tag(name: str) -> str:
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{SINCE}:{name}"
