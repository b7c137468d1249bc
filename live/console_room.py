"""Where the session stands, and its agenda, in the words of the console."""

from django.utils.translation import gettext as _

from events.session.state import is_delayed, is_opened, live_of, sentence
from portal.base.dates import clock


def standing(event, at) -> str:
    """The words of the state; what the public reads as begun by its hour may wait for "Start"."""
    live = live_of(event)
    is_late = event.status == event.Status.ANNOUNCED and at >= event.starts_at
    if not is_late or is_opened(event, live) or is_delayed(event, live):
        return sentence(event, at)
    words = {"hour": clock(event.starts_at)}
    return _("Not started yet. It was planned for %(hour)s: press “Start”.") % words


def heading(progress, event) -> str:
    """The item of the moment with its number; before the first one, the event."""
    number = next((n for n, step in enumerate(progress.steps, 1) if step.is_current), 0)
    return f"{number}. {progress.current.title}" if number else event.title


def words(progress) -> str:
    """Since when, how long of how long, and what comes."""
    if not progress.steps:
        return _("This event has no agenda yet.")
    said = []
    if progress.started_at:
        facts = {
            "hour": clock(progress.started_at),
            "spent": progress.minutes_used,
            "minutes": progress.current.minutes,
        }
        said.append(_("Began %(hour)s · %(spent)s of %(minutes)s min") % facts)
    if progress.following:
        said.append(_("then “%(title)s”") % {"title": progress.following.title})
    return " · ".join(said)
