"""News as an Atom feed: the newest public things that every room has to tell."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from entity import atom
from entity.registry import registry
from portal.base import news
from portal.base.public_pages import public_page


@public_page()
def news_feed(request):
    """The fifty newest, in Spanish under either address: the words are those of the entity."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {"entity": registry().entity.short_name}
        return atom.response(
            _("Accountability of %(entity)s") % words,
            name="novedades",
            page=reverse("home"),
            path=reverse("news_feed"),
            items=news.newest(atom.MOST),
        )
