"""Public pages of events: what is seen in each state, downloads, the archive, texts as texts."""

from datetime import timedelta
from html import escape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import AgendaItem, Document, Event, EventSection, ParticipationWay, StreamLink
from events.publishing import event_changed
from portal.base.uploads import CleanFile
from tests.base import files
from tests.cast import make_event

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def page(client):
    """`page(path)`: the text of a public page."""

    def get(path) -> str:
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return get


def moved(event, status, **fields):
    """Put the event in a state, as its workflow would leave it."""
    Event.objects.filter(pk=event.pk).update(status=status, **fields)
    event.refresh_from_db()
    event_changed(event)
    return event


def document_of(event, **fields) -> Document:
    values = {"event": event, "order": 1, "kind": "budget", "title": "Presupuesto", **fields}
    return Document.objects.create(**values)


def stored_document(event, name="presupuesto.pdf") -> Document:
    return document_of(event, stored=CleanFile(name, "application/pdf", files.pdf()).store())


@pytest.mark.parametrize("tail", ["", "documentos/"])
def test_a_draft_has_no_page(client, event_open, tail):
    moved(event_open, "draft")
    assert client.get(f"/eventos/{event_open.slug}/{tail}").status_code == 404


def test_a_draft_is_nowhere(client, page, event_open, staff):
    document = stored_document(moved(event_open, "draft"))
    client.force_login(staff.communications)
    path = f"/eventos/{event_open.slug}/documentos/{document.pk}/"
    assert client.get(path).status_code == 404
    assert client.get(event_open.get_absolute_url()).status_code == 404
    for path in ("/", "/eventos/", "/mapa-del-sitio/"):
        assert event_open.slug not in page(path)


@pytest.mark.parametrize("status", ["postponed", "suspended", "cancelled"])
def test_bad_news_keep_the_page_and_tell_the_reason(page, event_open, status):
    moved(event_open, status, status_reason="Por las lluvias en la vía a San Gil.")
    text = page(event_open.get_absolute_url())
    assert "Por las lluvias en la vía a San Gil." in text
    assert "Sus preguntas siguen en trámite." in text
    assert ("fecha__dia" in text) is (status == "suspended")


def test_a_cancelled_event_asks_nobody_to_write(page, event_open):
    moved(event_open, "cancelled", status_reason="Por decisión judicial.")
    assert "boton--sol" not in page(event_open.get_absolute_url())


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_bad_news_stay_after_the_day_has_passed(page, event_held, status):
    moved(event_held, status, status_reason="Por las lluvias.")
    assert "Por las lluvias." in page(event_held.get_absolute_url())


def test_the_archive_by_year(client, page, event_held, event_open):
    assert event_held.get_absolute_url() in page("/eventos/")
    text = page("/eventos/2020/")
    assert event_held.get_absolute_url() in text
    assert f'href="{event_open.get_absolute_url()}"' not in text.split("<main")[1]
    assert client.get("/eventos/1999/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/eventos/2020-12-21/", "/eventos/otra/", "/eventos/2031-01-01-no-hay/", "/eventos/20201/"],
)
def test_there_is_no_such_event(client, event_held, path):
    assert client.get(path).status_code == 404


def test_now_leads_to_the_event_in_focus(client, event_held):
    assert client.get("/ahora/").url == event_held.get_absolute_url()


def test_now_leads_to_the_next_one_and_is_not_stored(client, event_held, event_open):
    response = client.get("/ahora/")
    assert (response.status_code, response.url) == (302, event_open.get_absolute_url())
    moved(event_open, "cancelled", status_reason="x")
    assert client.get("/ahora/").url == event_held.get_absolute_url()


def test_now_without_events_leads_to_the_archive(client, entity):
    assert client.get("/ahora/").url == "/eventos/"


def test_a_document_is_a_download_that_cannot_act(client, event_open):
    document = stored_document(event_open, "Presupuesto año 2020.pdf")
    response = client.get(f"/eventos/{event_open.slug}/documentos/{document.pk}/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == files.pdf()
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert any(part.strip() == "sandbox" for part in policy)
    assert "Set-Cookie" not in headers


def test_a_document_belongs_to_its_event(client, event_open, event_held):
    document, link = stored_document(event_open), document_of(event_open, url="https://a.example/b")
    for slug, pk in (
        (event_held.slug, document.pk), (event_open.slug, link.pk), (event_open.slug, 999),
    ):  # fmt: skip
        assert client.get(f"/eventos/{slug}/documentos/{pk}/").status_code == 404


def fill(event, numbers):
    for n in numbers:
        AgendaItem.objects.create(event=event, order=n, title=f"Punto {n}", minutes=1)
        document_of(event, order=n, title=f"Anexo {n}", url=f"https://a.example/{n}")
        stored_document(event, f"anexo-{n}.pdf")
        EventSection.objects.create(event=event, slug=f"parte-{n}", title=f"Parte {n}", body="x")
        ParticipationWay.objects.create(event=event, icon="mail", title=f"Carta {n}", body="x")
        StreamLink.objects.create(
            event=event, kind="radio", label=f"Radio {n}", url="https://r.example"
        )
    event_changed(event)


@pytest.mark.parametrize("fixture", ["event_open", "event_held"])
@pytest.mark.parametrize("tail", ["", "documentos/"])
def test_queries_do_not_grow_with_the_rows(client, request, fixture, tail):
    event = request.getfixturevalue(fixture)
    path = f"{event.get_absolute_url()}{tail}"

    def count():
        client.get(path)  # the process knows the entity, the versions and the marks by now
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len([q for q in captured if "base_contentversion" not in q["sql"]])

    fill(event, range(1))
    few = count()
    fill(event, range(1, 30))
    assert count() == few <= 14


def test_queries_of_the_archive_do_not_grow(client, event_held):
    def count():
        client.get("/eventos/")
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/eventos/")
        return len([q for q in captured if "base_contentversion" not in q["sql"]])

    few = count()
    for n in range(1, 20):
        starts = event_held.starts_at - timedelta(days=n)
        make_event(
            slug=f"{starts:%Y-%m-%d}-otra", title=f"Otra {n}", status="held",
            starts_at=starts, ends_at=starts + timedelta(hours=1),
        )  # fmt: skip
    assert count() == few <= 8


def hostile_event(event) -> list[str]:
    """Every text of the event says something hostile, with a mark of its own; the marks."""
    marks = []

    def text(name):
        marks.append(f"marca-{name}")
        return f"marca-{name} {HOSTILE}"

    texts = ("title", "subtitle", "tagline", "summary", "quotation", "norms", "about",
             "status_reason", "venue", "media_note")  # fmt: skip
    Event.objects.filter(pk=event.pk).update(
        **{name: text(name)[: Event._meta.get_field(name).max_length] for name in texts}
    )
    item = {n: text(f"item-{n}") for n in ("title", "description", "presenter", "outcome")}
    AgendaItem.objects.create(event=event, minutes=5, **item)
    EventSection.objects.create(event=event, slug="a", title=text("part"), body=text("part-body"))
    ParticipationWay.objects.create(
        event=event, icon="mail", title=text("way")[:60], body=text("way-body")
    )
    StreamLink.objects.create(
        event=event, kind="other", label=text("stream")[:80], url="https://v.example",
        meeting_id="<q>812", passcode="<i>&\"'",
    )  # fmt: skip
    document_of(event, title=text("document"), note=text("note"), url="https://d.example/x",
                format="<u>PDF</u>")  # fmt: skip
    event_changed(Event.objects.get(pk=event.pk))
    return marks


def test_every_text_of_an_event_is_text(page, event_open, event_held):
    seen, marks = "", []
    for event, status in ((event_open, "announced"), (event_held, "held")):
        marks += hostile_event(event)
        url = event.get_absolute_url()
        seen += page(url) + page(f"{url}documentos/") + page("/eventos/")
        moved(event, "postponed" if status == "announced" else "cancelled")
        seen += page(url)
    for hostile in ("<script>alert", "<img src=x", "<q>", "<i>&", "<u>PDF"):
        assert hostile not in seen
    assert escape("<script>alert(1)</script>") in seen
    assert [mark for mark in marks if mark not in seen] == []
    assert "marca-title &lt;script&gt;" in seen


@pytest.mark.parametrize(
    "text",
    [
        "[pulse](javascript:alert(1))",
        "<a href='javascript:alert(1)'>pulse</a>",
        "![x](data:text/html,<script>)",
        "[pulse](vbscript:x)",
        "<iframe src='https://x.example'></iframe>",
    ],
)
def test_markdown_of_the_staff_cannot_act(page, event_open, text):
    event = event_open
    event.about = text
    event.save(update_fields=["about"])
    EventSection.objects.create(event=event, slug="a", title="A", body=text)
    ParticipationWay.objects.create(event=event, icon="mail", title="B", body=text)
    event_changed(event)
    seen = page(event.get_absolute_url()).split("<main")[1]
    for acting in ('href="javascript', 'href="vbscript', "<a href='", "<iframe", "<img"):
        assert acting not in seen


def test_a_way_leads_to_the_form_of_its_event(page, event_open):
    ParticipationWay.objects.create(
        event=event_open, icon="question", title="En línea", body="[Pregunte]({ask_url})"
    )
    event_changed(event_open)
    url = event_open.get_absolute_url()
    assert f'<a href="{url}preguntar/" rel="noopener">Pregunte</a>' in page(url)


def test_the_agenda_shows_noon_as_noon(page, event_open):
    event_open.agenda.all().delete()
    AgendaItem.objects.create(event=event_open, order=1, title="Mañana", minutes=180)
    AgendaItem.objects.create(event=event_open, order=2, title="Cierre", minutes=5)
    event_changed(event_open)
    text = page(event_open.get_absolute_url())
    assert '<time datetime="12:00">12:00\u00a0m.</time>' in text
