"""What people take away: calendar files that clients accept, cards, words to share."""

import gzip
import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import ics
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from events import publishing, workflow
from events.models import Event
from portal.base import clock
from tests import cast
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db
HOSTILE = "Foro; del, agua\r\nATTENDEE:mailto:x@example.org\\n</script>"


def calendar_of(client, event) -> str:
    response = client.get(f"/eventos/{event.slug}/calendario.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode()


def read(client, event) -> ics.Event:
    """The event as another library reads it: this project writes with icalendar."""
    (found,) = ics.Calendar(calendar_of(client, event)).events
    return found


def value(text: str, name: str) -> str:
    unfolded = text.replace("\r\n ", "")
    return re.search(rf"^{name}[^:]*:(.*)\r$", unfolded, re.M)[1]


def test_another_library_reads_what_was_written(client, event_open):
    found = read(client, event_open)
    assert found.name == event_open.full_name
    assert found.begin.datetime == event_open.starts_at.astimezone(UTC)
    assert found.end.datetime == event_open.ends_at.astimezone(UTC)
    assert found.status == "CONFIRMED"
    assert found.url.endswith(f"/eventos/{event_open.slug}/")
    assert [alarm.trigger for alarm in found.alarms] == [timedelta(days=-1)]
    text = calendar_of(client, event_open)
    assert "BEGIN:VTIMEZONE" in text and "TZID:America/Bogota" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_an_update_has_a_higher_sequence_under_the_same_uid(client, event_open, staff):
    """RFC 5545, 3.8.7.4: a client takes the edition with the higher SEQUENCE."""
    first = calendar_of(client, event_open)
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.")
    second = calendar_of(client, event_open)
    day = event_open.starts_at + timedelta(days=30)
    workflow.set_new_date(
        event_open, actor=staff.communications, starts_at=day, ends_at=day + timedelta(hours=2)
    )
    third = calendar_of(client, event_open)
    uids = {value(text, "UID") for text in (first, second, third)}
    numbers = [int(value(text, "SEQUENCE")) for text in (first, second, third)]
    assert len(uids) == 1 and numbers == sorted(set(numbers))
    assert [value(text, "STATUS") for text in (first, second, third)] == [
        "CONFIRMED", "TENTATIVE", "CONFIRMED",
    ]  # fmt: skip
    assert read(client, event_open).begin.datetime == day.astimezone(UTC)


def test_a_cancelled_event_says_so_and_rings_no_more(client, event_open, staff):
    """RFC 5545, 3.8.1.11: a client takes it off by STATUS:CANCELLED."""
    before = int(value(calendar_of(client, event_open), "SEQUENCE"))
    workflow.cancel(event_open, actor=staff.communications, reason="Sin sede.")
    found, text = read(client, event_open), calendar_of(client, event_open)
    assert found.status == "CANCELLED" and not found.alarms
    assert int(value(text, "SEQUENCE")) > before and "Sin sede." in found.description


def test_an_edit_that_a_calendar_does_not_show_is_no_new_edition(client, event_open):
    before = calendar_of(client, event_open)
    event_open.about = "Otra cosa"
    event_open.save()
    publishing.event_changed(event_open)
    assert value(calendar_of(client, event_open), "SEQUENCE") == value(before, "SEQUENCE")


def test_hostile_texts_stay_texts(client, event_open):
    event_open.title = event_open.subtitle = HOSTILE
    event_open.save()
    publishing.event_changed(event_open)
    found, text = read(client, event_open), calendar_of(client, event_open)
    assert not found.attendees and not re.search(r"^ATTENDEE", text, re.M)
    page = client.get(event_open.get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1]
    assert json.loads(block)["name"] == HOSTILE


def test_the_calendar_of_all_has_no_draft_and_a_stable_answer(client, event_open, event_held):
    cast.make_event(
        slug="2031-01-01-foro", title="Borrador", status="draft",
        starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    response = client.get("/calendario.ics")
    assert len(ics.Calendar(response.content.decode()).events) == 2
    assert b"Borrador" not in response.content
    again = client.get("/calendario.ics", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/eventos/2031-01-01-foro/calendario.ics").status_code == 404


def test_five_hundred_events_cost_two_queries(client, entity):
    at = clock.now()
    Event.objects.bulk_create(
        Event(
            slug=f"2031-01-01-foro-{n}", title=f"Foro {n}", status="announced", kind_id="foro",
            starts_at=at, ends_at=at + timedelta(hours=1),
        )
        for n in range(500)
    )  # fmt: skip
    client.get("/eventos/")  # what is read once in a process
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/calendario.ics")
    asked = [query for query in captured if "base_contentversion" not in query["sql"]]
    assert len(asked) == 2
    assert response.content.count(b"BEGIN:VEVENT") == 500


def test_search_engines_read_the_event_with_its_state(client, event_open, staff):
    event_open.modality, event_open.venue = "hybrid", "Auditorio"
    event_open.save()
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.")
    page = client.get(event_open.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["eventStatus"] == "https://schema.org/EventPostponed"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["startDate"].endswith("-05:00") and "previousStartDate" not in data


def test_search_engines_read_that_its_day_was_another_one(client, event_open, staff):
    before = event_open.starts_at
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.")
    day = before + timedelta(days=30)
    workflow.set_new_date(
        event_open, actor=staff.communications, starts_at=day, ends_at=day + timedelta(hours=2)
    )
    for path in (event_open.get_absolute_url(), "/"):
        page = client.get(path).content.decode()
        data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])
        assert data["eventStatus"] == "https://schema.org/EventRescheduled"
        assert data["previousStartDate"] == before.astimezone(BOGOTA).isoformat()
        assert data["startDate"] == day.astimezone(BOGOTA).isoformat()


def test_the_card_is_the_one_page_that_may_be_framed(client, event_open):
    for _time in range(2):  # drawn, then from the store
        response = client.get(f"/eventos/{event_open.slug}/tarjeta/")
        assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in response.headers
    assert b"<script" not in response.content and event_open.title.encode() in response.content
    other = client.get(event_open.get_absolute_url())
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"


def test_the_card_says_what_became_of_the_event(client, event_open, staff):
    address = f"/eventos/{event_open.slug}/tarjeta/"
    day = f'">{event_open.starts_at.astimezone(BOGOTA).day}</time>'
    assert "Verla y preguntar" in (page := client.get(address).content.decode()) and day in page
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.")
    page = client.get(address).content.decode()
    assert "se aplazó" in page and day not in page and "Ver el evento" in page


def test_the_card_weighs_little(client, event_open):
    """Its own sheet and no other, so that a foreign page stays light."""
    page = client.get(f"/eventos/{event_open.slug}/tarjeta/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/static/css/card.css"]
    sheet = (Path(settings.BASE_DIR) / "static/css/card.css").read_bytes()
    assert len(gzip.compress(page.encode())) + len(gzip.compress(sheet)) < 2500


def words_of(client, event) -> str:
    page = client.get(event.get_absolute_url()).content.decode()
    return unquote(re.search(r"https://wa\.me/\?text=([^\"]+)", page)[1])


def test_the_message_for_whatsapp_says_when_how_and_where_to_ask(client, event_open, staff):
    event_open.starts_at = datetime(2031, 12, 1, 9, tzinfo=BOGOTA)
    event_open.ends_at = datetime(2031, 12, 1, 12, tzinfo=BOGOTA)
    event_open.venue, event_open.media_note = "Auditorio", "Por Zoom & Facebook Live."
    event_open.save()
    publishing.event_changed(event_open)
    assert words_of(client, event_open) == (
        "Audiencia pública de rendición de cuentas: lunes 1 de diciembre de 2031, "
        "9:00\u00a0a.\u00a0m. Auditorio. Por Zoom & Facebook Live. Pregunte y sígala aquí: "
        f"{settings.SITE_URL}/eventos/{event_open.slug}/"
    )
    workflow.cancel(event_open, actor=staff.communications, reason="Sin sede.")
    told = words_of(client, event_open)
    assert "cancelado" in told and "2031" not in told.split("http")[0]


def test_the_calendar_of_the_year_says_how_to_subscribe(client, event_open):
    page = client.get(f"/calendario/{event_open.starts_at.year}/").content.decode()
    host = settings.SITE_URL.split("//")[1]
    assert f'href="webcal://{host}/calendario.ics"' in page


def test_the_short_way_has_a_qr_for_screens_and_for_print(client, event_open):
    drawing = client.get("/pregunte/qr.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    picture = Image.open(io.BytesIO(client.get("/pregunte/qr.png").content))
    assert picture.width == picture.height >= 600


def test_a_draft_has_no_card_and_no_sheets(client, event_open):
    Event.objects.filter(pk=event_open.pk).update(status="draft")
    for name in ("tarjeta/", "tarjeta.png", "afiche-a4.pdf", "calendario.ics"):
        assert client.get(f"/eventos/{event_open.slug}/{name}").status_code == 404
