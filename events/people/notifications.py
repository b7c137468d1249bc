"""What who registered is told: that it was received, and that a seat is theirs.

The code is for the door; it is masked in the queue once the message left.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Attendee, Speaker
from portal.base import clock, dates, mail_words, outbox, secret_codes

LINK_AGE = 180 * 24 * 3600
_links = signing.TimestampSigner(salt="people-link")

mail_words.register("attendee", lambda parts: _("Registration to attend"))
mail_words.register("speaker", lambda parts: _("Registration to speak"))


def link_token(kind: str, pk: int) -> str:
    """What opens the own page of a registration, from its mail."""
    return _links.sign(f"{kind}.{pk}")


def opened(token: str) -> tuple[str, int] | None:
    """Kind and key of a link that is genuine and not older than half a year."""
    try:
        kind, _dot, pk = _links.unsign(token, max_age=LINK_AGE).partition(".")
    except signing.BadSignature:
        return None
    return kind, int(pk)


def _when(event) -> str:
    told = {"day": dates.weekday_day(event.starts_at), "time": dates.clock(event.starts_at)}
    where = f" · {event.venue}" if event.venue else ""
    return _("%(day)s, %(time)s") % told + where


def _send(row, kind: str, step: str, subject, paragraphs, code="", *, at) -> None:
    if not row.email:
        return

    def letter():
        token = link_token(kind, row.pk)
        link = settings.SITE_URL + reverse("registration_link", kwargs={"token": token})
        said = [paragraph() for paragraph in paragraphs]
        if code:
            said.append(_("Your code for the door: %(code)s") % {"code": secret_codes.shown(code)})
        reason = _("You receive it because you registered with this address.")
        secrets = (token, secret_codes.shown(code)) if code else (token,)
        return outbox.Letter(subject(), said, _("See or cancel it"), link, secrets, reason=reason)

    key = f"{kind}:{row.pk}:{step}:{row.revision}"
    outbox.queue(key, to=row.email, compose=letter, language=row.language, at=at)


def attendee_registered(attendee: Attendee, person, *, at=None) -> None:
    """Whether they have a seat or wait for one, with the code."""
    event = attendee.event

    def outcome():
        if attendee.status == Attendee.Status.WAITING:
            return _(
                "All seats are taken: you are on the waiting list. We tell you if one is free."
            )
        return _("You have a seat for “%(event)s”.") % {"event": event.title}

    _send(
        attendee, "attendee", "registered", lambda: _("Your registration to attend"),
        [outcome, lambda: _when(event)], person.code, at=at,
    )  # fmt: skip


def attendee_again(attendee: Attendee, *, at=None) -> None:
    """Their address was written once more: it is registered already, nothing changed.

    Once a day: whoever knows an address could fill its mailbox with this letter.
    """
    _send(
        attendee, "attendee", f"again-{clock.local_day(at)}",
        lambda: _("You are registered already"),
        [
            lambda: _("This address is registered for “%(event)s”: you need to do nothing.")
            % {"event": attendee.event.title},
        ],
        at=at,
    )  # fmt: skip


def seat_given(attendee: Attendee, *, at=None) -> None:
    """Somebody gave a seat back, and it is theirs."""
    event = attendee.event
    _send(
        attendee, "attendee", "seat", lambda: _("There is a seat for you"),
        [
            lambda: _("You have a seat for “%(event)s”.") % {"event": event.title},
            lambda: _when(event),
            lambda: _("If you can't come, cancel it: somebody else waits."),
        ],
        at=at,
    )  # fmt: skip


def speaker_registered(speaker: Speaker, person, *, at=None) -> None:
    """That they are on the list of speakers, and how long they may speak."""
    event = speaker.event

    def minutes():
        told = {"event": event.title, "n": event.speaking_minutes}
        if event.speaking_minutes:
            return _("You are registered to speak at “%(event)s”, %(n)s minutes.") % told
        return _("You are registered to speak at “%(event)s”.") % told

    _send(
        speaker, "speaker", "registered", lambda: _("Your registration to speak"),
        [minutes, lambda: _when(event)], person.code, at=at,
    )  # fmt: skip
