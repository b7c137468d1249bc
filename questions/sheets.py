"""The sheet of paper on which somebody without internet writes a contribution."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from entity.models import PrivacyNotice
from entity.registry import registry
from portal.base import qr
from questions.models import Author, PaperForm, Question

LINES, LEAST_LINES = 8, 4  # to write on
ROWS = 16  # of topics, notice and lines together: more would not stay on one page


@dataclass
class Sheet:
    """One page: with its number, or without one for whoever prints it at home."""

    number: str
    event: object
    ask_address: str
    code: str


def ask_address(event) -> str:
    """Where the same can be written in the portal; short enough to be typed from paper."""
    path = reverse("ask", kwargs={"event_slug": event.slug}) if event else reverse("ask_short")
    return settings.SITE_URL + path


def _sheet(number: str, event) -> Sheet:
    address = ask_address(event)
    title = _("QR code that opens %(address)s") % {"address": address}
    return Sheet(number, event, address, qr.svg(address, title))


def numbered(forms: list[PaperForm]) -> dict:
    """What the template needs for these numbered sheets."""
    return _page([_sheet(str(form), form.event) for form in forms])


def blank(event) -> dict:
    """What the template needs for one sheet that anybody may print."""
    return _page([_sheet("", event)])


def _lines(topics, notice) -> range:
    """As many lines as the topics and the notice leave room for."""
    taken = sum(len(topic.name) + 8 for topic in topics) // 95 + 1
    taken += len(notice.consent_label) // 105 + 1 if notice else 0
    return range(max(LEAST_LINES, min(LINES, ROWS - taken)))


def _page(sheets: list[Sheet]) -> dict:
    snapshot, notice = registry(), PrivacyNotice.objects.in_force()
    return {
        "sheets": sheets,
        "entity": snapshot.entity,
        "topics": snapshot.topics,
        "kinds": Question.Kind.labels,
        "displays": Question.Display.labels,
        "groups": Author.Group.labels,
        "notice": notice,
        "lines": _lines(snapshot.topics, notice),
        "follow_address": settings.SITE_URL + reverse("my_question"),
    }
