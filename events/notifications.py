"""What followers of an event, and of all news, are told: one letter for each move.

Authors who consented to hear of their contribution follow its event from the moment they file.
"""

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from events.models import Event
from portal.base import announcements, dates, follows, mail_words, outbox

TITLE_LETTERS = 40


def _describe(slug: str) -> follows.Followed | None:
    event = Event.objects.public().filter(slug=slug).first()
    return event and follows.Followed(event.title, event.get_absolute_url())


follows.register("event", _describe)
mail_words.register("event", lambda parts: _("News of an event, to a follower"))


def moved(event: Event, move: str, *, at=None) -> None:
    """Tell that an event was announced or that its day changed; the rest is read on the page."""
    if move not in LETTERS:
        return

    def letter():
        subject, paragraphs = LETTERS[move](event)
        title = Truncator(event.title).chars(TITLE_LETTERS)
        link = settings.SITE_URL + event.get_absolute_url()
        paragraphs = [paragraph for paragraph in paragraphs if paragraph]
        return outbox.Letter(f"{subject}: {title}", paragraphs, _("See the event"), link)

    key = f"event:{event.pk}:{move}:{event.revision}:followers"
    announcements.announce(key, [f"event:{event.slug}", follows.NEWS], letter, at=at)


def _reason(event) -> str:
    return _("Reason: %(reason)s") % {"reason": event.status_reason} if event.status_reason else ""


def _postponed(event):
    return _("Postponed"), [
        _("%(event)s will not be on the day that was announced.") % {"event": event.title},
        _reason(event),
        _("We will tell you the new day. What was already asked goes on being answered."),
    ]


def _suspended(event):
    return _("Suspended"), [
        _("%(event)s was interrupted and goes on later.") % {"event": event.title},
        _reason(event),
        _("We will tell you when. What was already asked goes on being answered."),
    ]


def _cancelled(event):
    return _("Cancelled"), [
        _("%(event)s will not take place.") % {"event": event.title},
        _reason(event),
        _("What was already asked goes on being answered, in writing."),
    ]


def _new_day(event):
    words = {
        "event": event.title,
        "day": dates.weekday_day(event.starts_at),
        "time": dates.clock(event.starts_at),
    }
    return _("New date"), [
        _("%(event)s will be on %(day)s at %(time)s.") % words,
        _reason(event),
        _("The page of the event says where and how to take part."),
    ]


def _announced(event):
    words = {
        "event": event.title,
        "day": dates.weekday_day(event.starts_at),
        "time": dates.clock(event.starts_at),
    }
    return _("We invite you"), [
        _("%(event)s will be on %(day)s at %(time)s.") % words,
        event.summary,
        _("You can ask from today. The page of the event says where and how to take part."),
    ]


def _new_hours(event):
    return _("Other hours"), _new_day(event)[1]


LETTERS = {
    "change_hours": _new_hours,
    "announce": _announced,
    "postpone": _postponed,
    "suspend": _suspended,
    "cancel": _cancelled,
    "set_new_date": _new_day,
}
