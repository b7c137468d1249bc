"""A feed of news in Atom (RFC 4287), in the name of the entity."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.text import Truncator

from entity.registry import registry
from portal.base.news import News
from portal.base.texts import clean_line, clean_text

MOST = 50
SUMMARY_LETTERS = 500
SINCE = "2020"  # a tag URI (RFC 4151) names a day at which its host was ours; it never changes


def response(title: str, *, name: str, page: str, path: str, items: Iterable[News]) -> HttpResponse:
    """The feed `name` of `items`, read at `path`; `page` shows the same to people."""
    feed = Atom1Feed(
        title=title,
        link=settings.SITE_URL + page,
        feed_url=settings.SITE_URL + path,
        description="",
        language="es-CO",
        author_name=registry().entity.name,
        feed_guid=_tag(name),
    )
    for item in items:
        _add(feed, item)
    content = feed.writeString("utf-8")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _add(feed: Atom1Feed, item: News) -> None:
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
