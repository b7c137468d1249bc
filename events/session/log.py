"""The minute log: automatic lines and free ones. No line holds the name of a private person."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Event, LogLine
from events.publishing import session_changed
from events.session.permission import demand
from events.session.state import live_of, second_at
from portal.base import clock
from portal.base.machine import MoveRefused, Overtaken, record
from portal.base.texts import clean_line

MOST_LETTERS = LogLine._meta.get_field("text").max_length
SENT_TWICE = timedelta(seconds=10)


def add(
    event: Event, kind: str, text: str, *, actor=None, at=None, item=None,
    about_kind: str = "", about_id: int | None = None, is_public: bool = True,
) -> LogLine:  # fmt: skip
    """Write a line at the end of the log; the pages of the event are new.

    For the workflows of this and the upper rooms, in the transaction of what they tell.
    """
    at = clock.now(at)
    line = LogLine.objects.create(
        event=event, kind=kind, text=clean_line(text)[:MOST_LETTERS], is_public=is_public,
        at=at, second=second_at(live_of(event), at), item=item, author=actor,
        about_kind=about_kind, about_id=about_id,
    )  # fmt: skip
    session_changed(event)
    return line


@transaction.atomic
def write_line(event, *, actor, text, is_public=True, at=None) -> LogLine:
    """Write down what happens, in own words. The same line sent twice at once is one line.

    Raises PermissionDenied, MoveRefused for an empty line, one that is too long, or a draft.
    """
    demand(actor)
    at = clock.now(at)
    text = _checked(text)
    if event.status == Event.Status.DRAFT:
        raise MoveRefused(_("The event is not announced yet."))
    same = LogLine.objects.filter(event=event, author=actor, text=text, is_public=is_public)
    if twice := same.filter(kind=LogLine.Kind.NOTE, at__gt=at - SENT_TWICE).first():
        return twice
    item = getattr(live_of(event), "current_item", None)
    return add(event, LogLine.Kind.NOTE, text, actor=actor, at=at, item=item, is_public=is_public)


@transaction.atomic
def correct_line(line, *, actor, text, is_public, at=None) -> LogLine:
    """Write a line anew, or take it from the public; its hour and second stay.

    The history keeps who and when, never the old words: what is corrected may be a name that
    should not have been written. Raises PermissionDenied, MoveRefused, Overtaken where somebody
    corrected it since it was read.
    """
    demand(actor)
    values = {"text": _checked(text), "is_public": bool(is_public)}
    as_read = LogLine.objects.filter(pk=line.pk, text=line.text, is_public=line.is_public)
    if not as_read.update(**values):
        raise Overtaken(_("Somebody corrected this line a moment ago. Look at it again."))
    before = _audience(line.is_public)
    line.text, line.is_public = values["text"], values["is_public"]
    record(
        "logline", line.pk, "text", "correct_line",
        before=before, after=_audience(line.is_public), actor=actor, at=at,
    )  # fmt: skip
    session_changed(line.event)
    return line


def _audience(is_public: bool) -> str:
    return "public" if is_public else "team"


def _checked(text: str) -> str:
    text = clean_line(text)
    if not text:
        raise MoveRefused(_("Write what happened."))
    if len(text) > MOST_LETTERS:
        raise MoveRefused(_("A line may have %(most)s letters at most.") % {"most": MOST_LETTERS})
    return text


def publish_about(event, kind: str, pk: int) -> None:
    """The public may read the lines that tell of this row now: it is public itself."""
    if LogLine.objects.filter(event=event, about_kind=kind, about_id=pk).update(is_public=True):
        session_changed(event)
