"""What the screen of the room shows: a few large words, each of them public already."""

import unicodedata

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.models import Commitment
from evaluation import selectors as surveys
from events import schedule
from events.models import Event, LiveSession
from events.session.state import State, live_of, state
from live import screen_survey
from portal.base import clock, qr
from portal.base.texts import clean_line
from questions.live.selectors import wall

Screen = LiveSession.Screen

ENDED, ASK, RESULTS = (
    "ended",
    "ask",
    "results",
)  # pictures that nobody chooses: what follows from the session
MOST_LETTERS = 220  # of a question; more is not read at fifteen metres
MOST_ROW = 100  # letters of a line of the agenda, of a commitment, of an answer
# What a row of the picture takes and how much there is, in hundredths of its width (screen.css).
ROOM, GAP, LINE, SMALL, LETTERS = 25.5, 1.0, 2.8, 2.1, 45


def events():
    """Public events with their session."""
    return Event.objects.public().select_related("live__current_item")


def picture(event: Event) -> dict:
    """What the template of the screen needs; `mode` says which of its parts is drawn."""
    live, stands = live_of(event), state(event)
    mode = _mode(event, live, stands)
    found = {
        "event": event,
        "live": live,
        "state": stands,
        **MODES.get(mode, _nothing)(event, live),
    }
    found = {"mode": mode, "target": event.get_absolute_url(), "size": size(event.title)} | found
    way = settings.SITE_URL + found.get("way", reverse("now"))
    code = qr.svg(settings.SITE_URL + found["target"], _("QR code of the address"))
    part = f"live/screen_{found['mode']}.html"
    return {**found, "part": part, "address": way.split("//")[1].rstrip("/"), "code": code}


def _mode(event, live, stands) -> str:
    if stands == State.ENDED:
        return ENDED
    if live is None or live.screen_hidden_at or event.status in Event.Status.BAD_NEWS:
        return Screen.POSTER
    return live.screen


def _nothing(_event, _live) -> dict:
    return {}


def _question(event, _live) -> dict:
    """The question on air; while there is none, how to write one."""
    question = wall(event).on_air
    if question is None:
        return {"mode": ASK}
    text = shortened(question.text)
    return {"question": question, "text": text, "size": size(text)}


def _agenda(event, live) -> dict:
    """The moments that fit: the one before the one of now, that one, and what follows."""
    moments = schedule.timed_agenda(event, event.agenda.all())
    item = live.current_item
    now = item and (item.parent_id or item.pk)
    place = next((i for i, moment in enumerate(moments) if moment.item.pk == now), -1)
    rows = [
        {
            "at": moment.item.started_at or moment.starts_at,
            "title": shortened(moment.item.title, MOST_ROW),
            "small": shortened(item.title, MOST_ROW) if i == place and item.parent_id else "",
            "is_now": i == place,
            "is_over": i < place,
        }
        for i, moment in enumerate(moments)
    ]
    return {"rows": _that_fit(rows[max(0, place - 1) :])}


def _commitments(event, _live) -> dict:
    """Those of this event that are published. A draft of today is nobody's promise yet."""
    found = Commitment.objects.public().filter(event=event).select_related("office")
    rows = [
        {"of": one, "title": shortened(one.title, MOST_ROW), "small": str(one.office)}
        for one in found.order_by("-pk")[:5]
    ]
    return {"rows": _that_fit(rows)}


def _that_fit(rows: list[dict]) -> list[dict]:
    """The first rows, up to the height of the picture."""
    shown, left = [], ROOM
    for row in rows:
        lines = 2 if len(row["title"]) > LETTERS else 1
        left -= GAP + lines * LINE + (SMALL if row["small"] else 0)
        if left < 0:
            break
        shown.append(row)
    return shown


def _survey(event, _live) -> dict:
    """The open survey with its code, or the numbers of the one that was closed."""
    survey = surveys.screen_survey(event)
    if survey is None:
        return {"mode": Screen.POSTER}
    found = {"survey": survey, "size": size(survey.title)}
    if survey.status == survey.Status.OPEN:
        return {**found, "target": survey.get_absolute_url()}
    return {**found, "mode": RESULTS, **screen_survey.numbers_of(survey)}


def _ended(event, _live) -> dict:
    """Thanks, and the way to the evaluation while it is open."""
    found = {"way": reverse("home")}
    survey = screen_survey.evaluation_of(event)
    return {**found, "evaluation": survey, "target": survey.get_absolute_url()} if survey else found


MODES = {
    Screen.QUESTION: _question,
    Screen.AGENDA: _agenda,
    Screen.COMMITMENTS: _commitments,
    Screen.SURVEY: _survey,
    ENDED: _ended,
}


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """One line of at most `most` letters of usual width, cut between words and with "…"."""
    text = clean_line(text)
    width = 0
    for place, letter in enumerate(text):
        width += _width(letter)
        if width > most:
            start = text[: place - 1]
            whole = start.rpartition(" ")[0]
            return (whole if len(whole) > place / 2 else start).rstrip(" ,;:.") + "…"
    return text


def size(text: str) -> str:
    """How large a text can be drawn: the shorter, the larger."""
    width = sum(map(_width, text))
    return "corta" if width <= 70 else "media" if width <= 120 else "larga"


def _width(letter: str) -> float:
    """A letter's width beside that of a usual small one, never too small a number."""
    if letter in "WM@%—" or unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 1.5 if letter.isupper() or letter in "mw" else 1


def screen_seen(event_slug: str, at=None) -> None:
    """Note that the screen of an event is open somewhere, at most once in ten seconds.

    Anybody may open the screen, so this is a hint for the operators and decides nothing. It is
    read first: an UPDATE that changes no row would still wait for SQLite's one writer.
    """
    at = clock.now(at)
    rows = LiveSession.objects.filter(event__slug=event_slug, event__in=Event.objects.public())
    live = rows.only("screen_seen_at").first()
    if live and (live.screen_seen_at is None or (at - live.screen_seen_at).total_seconds() >= 10):
        LiveSession.objects.filter(pk=live.pk).update(screen_seen_at=at)
