"""What people take away: calendar files that clients accept, news, cards, posters and pictures."""

import io
import json
import os
import re
from datetime import UTC, timedelta
from pathlib import Path

import feedparser
import ics
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfReader

from events import publishing, workflow
from events.models import Event, EventMedia
from events.takeaway import sheets
from portal.base import clock, pdf
from tests import cast

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
    assert data["startDate"].endswith("-05:00")


def test_the_news_are_an_atom_feed_with_ids_that_stay(client, event_open, event_held):
    publishing.event_changed(event_held)
    response = client.get("/novedades.atom")
    feed = feedparser.parse(response.content)
    assert not feed.bozo and feed.feed.author.startswith("Corporación Autónoma")
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids)) == 2 and all(i.startswith("tag:") for i in ids)
    publishing.event_changed(event_held)
    assert [e.id for e in feedparser.parse(client.get("/novedades.atom").content).entries] == ids


def test_the_card_is_the_one_page_that_may_be_framed(client, event_open):
    for _time in range(2):  # drawn, then from the store
        response = client.get(f"/eventos/{event_open.slug}/tarjeta/")
        assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in response.headers
    assert b"<script" not in response.content and event_open.title.encode() in response.content
    other = client.get(event_open.get_absolute_url())
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"


def test_the_short_way_has_a_qr_for_screens_and_for_print(client, event_open):
    drawing = client.get("/pregunte/qr.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    picture = Image.open(io.BytesIO(client.get("/pregunte/qr.png").content))
    assert picture.width == picture.height >= 600


def test_the_worker_draws_every_sheet_once_and_again_when_it_changes(client, event_open, tmp_path):
    """The pictures stand in the folder SHEETS_DIR, where it is set, to be looked at."""
    if not pdf.is_available():
        pytest.skip("pango is missing on this machine")
    while sheets.draw_due():
        pass
    assert {media.kind for media in event_open.media.all()} == set(EventMedia.Kind.values)
    page = client.get(event_open.get_absolute_url()).content.decode()
    assert "/tarjeta.png" in page and "afiche-a4.pdf" in page
    folder = Path(os.environ.get("SHEETS_DIR") or tmp_path)
    for name, pages, points in (
        ("afiche-a4.pdf", 1, (595, 842)), ("afiche-carta.pdf", 1, (612, 792)),
        ("volante-a4.pdf", 2, (595, 842)), ("volante-carta.pdf", 2, (612, 792)),
    ):  # fmt: skip
        data = b"".join(client.get(f"/eventos/{event_open.slug}/{name}").streaming_content)
        (folder / name).write_bytes(data)
        for number, sheet in enumerate(pypdfium2.PdfDocument(data), 1):
            sheet.render(scale=1.5).to_pil().save(folder / f"{name}-{number}.png")
        document = PdfReader(io.BytesIO(data))
        assert len(document.pages) == pages
        box = document.pages[0].mediabox
        assert abs(box.width - points[0]) < 1 and abs(box.height - points[1]) < 1
        text = " ".join(page.extract_text() for page in document.pages)
        assert event_open.title.split()[0] in text and "/pregunte/" in text
        root = document.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("es")
    data = b"".join(client.get(f"/eventos/{event_open.slug}/tarjeta.png").streaming_content)
    (folder / "tarjeta.png").write_bytes(data)
    assert Image.open(io.BytesIO(data)).size == (1200, 630)
    event_open.title = "Otro nombre"
    event_open.save()
    publishing.event_changed(event_open)
    assert sheets.draw_due()


def test_a_draft_has_no_card_and_no_sheets(client, event_open):
    Event.objects.filter(pk=event_open.pk).update(status="draft")
    for name in ("tarjeta/", "tarjeta.png", "afiche-a4.pdf", "calendario.ics"):
        assert client.get(f"/eventos/{event_open.slug}/{name}").status_code == 404
