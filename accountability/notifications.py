"""What followers of an event, and of all news, are told of its record."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accountability.models import Minutes
from portal.base import announcements, follows, mail_words, outbox

TITLE_LETTERS = 40

mail_words.register("minutes", lambda parts: _("The minutes of an event, to a follower"))


def minutes_published(minutes: Minutes, *, at=None) -> None:
    """Tell that an edition of the minutes can be read; later editions say what they change."""
    event = minutes.event

    def letter():
        title = Truncator(event.title).chars(TITLE_LETTERS)
        link = settings.SITE_URL + reverse("minutes", kwargs={"event_slug": event.slug})
        said = [
            _("The minutes of %(event)s are published, with the commitments that were made.")
            % {"event": event.title},
            minutes.change_note,
        ]
        subject = _("Minutes published: %(title)s") % {"title": title}
        return outbox.Letter(subject, [text for text in said if text], _("Read them"), link)

    key = f"minutes:{minutes.pk}:published:{minutes.edition}:followers"
    announcements.announce(key, [f"event:{event.slug}", follows.NEWS], letter, at=at)
