"""What an invited contact reads: the invitation, and what happened to the event afterwards.

The words of a round are the same for everybody; the two links are each contact's own, put in place
of marks, so five thousand messages cost the drawing of one for each batch.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from entity.registry import registry
from events.models import Contact, Event, Invitation, InvitationRound
from events.notifications import LETTERS, TITLE_LETTERS
from events.takeaway import calendars
from portal.base import attachments, dates, mail_words, outbox
from portal.base.models import OutgoingMail

KEY_MARK, STOP_MARK = "KEY-OF-THE-INVITATION", "KEY-OF-THE-CONTACT"
CALENDAR = "event-calendar"
MOVES = set(LETTERS) - {"announce"}

mail_words.register("invitation", lambda parts: _("Invitation to an event"))


def _calendar(key: str) -> attachments.Attachment | None:
    event = Event.objects.public().prefetch_related("streams").filter(pk=key).first()
    if event is None:
        return None
    params = {"method": "PUBLISH", "charset": "utf-8"}
    content = calendars.of_event(event)
    return attachments.Attachment("calendario.ics", content, "text/calendar", params)


attachments.register(CALENDAR, _calendar)


def _when(event: Event) -> str:
    day, time = dates.weekday_day(event.starts_at), dates.clock(event.starts_at)
    return _("%(day)s, %(time)s") % {"day": capfirst(day), "time": time}


def _where(event: Event) -> str:
    if event.modality == Event.Modality.VIRTUAL:
        return _("It is virtual: the page of the event says how to connect.")
    return ", ".join(filter(None, (event.venue, event.place_address)))


def _invitation(event: Event, message: str) -> tuple[str, list[str]]:
    names = {"entity": registry().entity.name, "event": event.title}
    own = [part.strip() for part in message.split("\n\n")]
    paragraphs = [
        _("%(entity)s invites you to “%(event)s”.") % names,
        _when(event),
        _where(event),
        *own,
        _("Tell us whether you come: you need no account. The calendar file comes with this."),
    ]
    return _("Invitation"), paragraphs


def _link(name: str, key: str) -> str:
    return settings.SITE_URL + reverse(name, kwargs={"key": key})


def letter(event: Event, message: str = "", move: str = "") -> outbox.Letter:
    """The letter of a round with marks in place of the keys; `move` for news of the event."""
    subject, paragraphs = LETTERS[move](event) if move else _invitation(event, message)
    title = Truncator(event.title).chars(TITLE_LETTERS)
    return outbox.Letter(
        f"{subject}: {title}",
        [paragraph for paragraph in paragraphs if paragraph],
        _("See the invitation") if move else _("Answer the invitation"),
        _link("invitation", KEY_MARK),
        reason=_("You receive it because you are in the directory of %(entity)s.")
        % {"entity": registry().entity.short_name},
        stop_link=_link("invitation_stop", STOP_MARK),
    )


def words(sending: InvitationRound) -> dict:
    """The columns of a message that all of a round share, marks still in them."""
    drawn, columns = outbox.render(
        lambda: letter(sending.event, sending.message, sending.move), settings.LANGUAGE_CODE
    )
    headers = outbox.one_click(drawn.stop_link)
    return {**columns, "headers": headers, "attachment": f"{CALENDAR}:{sending.event_id}"}


def message(sending, shared: dict, contact: Contact, invitation: Invitation, at) -> OutgoingMail:
    """The message of one contact. Its key names round and contact, so it is written once."""

    def own(text: str) -> str:
        return text.replace(KEY_MARK, invitation.key).replace(STOP_MARK, contact.key)

    return OutgoingMail(
        key=f"invitation:{sending.pk}:{contact.pk}",
        to=contact.email,
        language=shared["language"],
        subject=shared["subject"],
        text=own(shared["text"]),
        html=own(shared["html"]),
        headers={name: own(text) for name, text in shared["headers"].items()},
        secrets=[invitation.key, contact.key],
        attachment=shared["attachment"],
        message_id=outbox.new_message_id(),
        is_bulk=True,
        due_at=at,
        created_at=at,
    )
