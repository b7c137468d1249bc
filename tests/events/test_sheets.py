"""Posters, leaflets and pictures: what is on them, when they are drawn, and what can't stop them.

The folder SHEETS_DIR, where it is set, gets every sheet as a picture, to be looked at.
"""

import io
import os
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from events import publishing, workflow
from events.models import AgendaItem
from events.takeaway import drawing, sheets
from portal.base import clock, pdf, qr, versions
from portal.base.models import StoredFile
from tests import cast, pdf_ua

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
SHEETS = (
    ("afiche-a4.pdf", 1, (595, 842)), ("afiche-carta.pdf", 1, (612, 792)),
    ("volante-a4.pdf", 2, (595, 842)), ("volante-carta.pdf", 2, (612, 792)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def looks_at_all():
    drawing.forget()
    yield
    drawing.forget()


@pytest.fixture
def draw_all():
    if not pdf.is_available():
        pytest.skip("pango is missing on this machine")

    def draw():
        while drawing.draw_due():
            pass

    return draw


@pytest.fixture
def text_of(draw_all):
    """The words of one sheet, drawn now: `text_of(event, kind)`."""

    def text(event, kind):
        event = type(event).objects.get(pk=event.pk)
        return " ".join(words_of(sheets.draw(sheets.html_of(event, kind), kind)).split())

    return text


def words_of(data) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def content_of(client, event, name) -> bytes:
    return b"".join(client.get(f"/eventos/{event.slug}/{name}").streaming_content)


def fonts_of(document) -> list:
    found = []
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():
            found += [one.get_object() for one in font.get_object()["/DescendantFonts"]]
    return found


def test_every_sheet_is_drawn(client, event_open, draw_all, tmp_path):
    draw_all()
    assert {media.kind for media in event_open.media.all()} == {
        "card", "poster_a4", "poster_letter", "leaflet_a4", "leaflet_letter",
    }  # fmt: skip
    page = client.get(event_open.get_absolute_url()).content.decode()
    assert f'og:image" content="{SITE}/eventos/{event_open.slug}/tarjeta.png"' in page
    assert 'og:image:width" content="1200"' in page and 'og:image:height" content="630"' in page
    folder = Path(os.environ.get("SHEETS_DIR") or tmp_path)
    for name, pages, points in SHEETS:
        assert f"/eventos/{event_open.slug}/{name}" in page
        data = content_of(client, event_open, name)
        for number, sheet in enumerate(pypdfium2.PdfDocument(data), 1):
            sheet.render(scale=1.5).to_pil().save(folder / f"{name}-{number}.png")
        document = PdfReader(io.BytesIO(data))
        assert len(document.pages) == pages
        for sheet in document.pages:
            assert abs(sheet.mediabox.width - points[0]) < 1
            assert abs(sheet.mediabox.height - points[1]) < 1
        root = document.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "es-CO"
        assert "/StructTreeRoot" in root
        assert pdf_ua.faults(data) == []
        fonts = fonts_of(document)
        assert any("Archivo" in font["/BaseFont"] for font in fonts)
        assert all("/FontFile" in " ".join(font["/FontDescriptor"]) for font in fonts)
    picture = content_of(client, event_open, "tarjeta.png")
    (folder / "tarjeta.png").write_bytes(picture)
    assert Image.open(io.BytesIO(picture)).size == (1200, 630) and len(picture) < 80_000


def test_poster_and_leaflet_say_when_where_and_how(event_open, text_of):
    event_open.venue, event_open.place_address = "Auditorio", "Carrera 12 # 9-06"
    event_open.save()
    day = clock.local_day(event_open.starts_at)
    poster = text_of(event_open, "poster_a4")
    for words in (event_open.title, str(day.day), str(day.year), "9:00", "12:00", "Auditorio",
                  "127.0.0.1:8000/pregunte/", "¿Sin internet?"):  # fmt: skip
        assert words in poster.replace("\xa0", " "), words
    leaflet = text_of(event_open, "leaflet_letter")
    for words in ("Instalación", "Diálogo con la ciudadanía", "Facebook Live", "Carrera 12 # 9-06",
                  f"127.0.0.1:8000/eventos/{event_open.slug}/"):  # fmt: skip
        assert words in leaflet, words


def test_the_qr_leads_to_the_form_of_the_event(event_open):
    address = f"{SITE}/eventos/{event_open.slug}/preguntar/"
    drawn = qr.svg(address, "").rsplit("<path ", 1)[-1]
    assert drawn in sheets.html_of(event_open, "poster_a4")


def test_a_long_agenda_and_long_words_stay_on_two_pages(event_open, draw_all):
    event_open.title, event_open.summary = "Rendición de cuentas " * 5, "x" * 240
    event_open.venue, event_open.place_address = "Sede del sur " * 12, "Carrera 12 " * 18
    event_open.room_access, event_open.media_note = "Rampa norte " * 16, "Por Zoom " * 13
    AgendaItem.objects.bulk_create(
        AgendaItem(event=event_open, order=n, title="Informe de la oficina " * 5, minutes=5)
        for n in range(40)
    )
    for kind, pages in (("poster_letter", 1), ("leaflet_letter", 2)):
        data = sheets.draw(sheets.html_of(event_open, kind), kind)
        assert len(PdfReader(io.BytesIO(data)).pages) == pages


def test_nothing_is_drawn_twice_and_what_changed_is_drawn_anew(event_held, draw_all):
    draw_all()
    before = event_held.media.get()
    drawing.forget()
    assert not drawing.draw_due()
    event_held.refresh_from_db()
    event_held.title = "Otro nombre"
    event_held.save()
    publishing.event_changed(event_held)
    assert drawing.draw_due() and not drawing.draw_due()
    after = event_held.media.get()
    assert after.digest != before.digest
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [after.stored_id]
    assert after.stored.content.storage.exists(after.stored.content.name)


def test_the_colours_are_those_of_the_entity(event_open, entity, draw_all):
    entity.forest = "#3b0a2d"
    entity.save()
    versions.everything_changed()
    data = sheets.draw(sheets.html_of(event_open, "card"), "card")
    red, green, blue = Image.open(io.BytesIO(data)).convert("RGB").getpixel((5, 5))
    assert abs(red - 0x3B) < 4 and abs(green - 0x0A) < 4 and abs(blue - 0x2D) < 4


def test_a_postponed_event_has_no_day_on_its_sheets(event_open, staff, text_of):
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.")
    poster = text_of(event_open, "poster_a4")
    assert "se aplazó" in poster and "9:00" not in poster
    assert str(clock.local_day(event_open.starts_at).year) not in poster
    workflow.cancel(event_open, actor=staff.communications, reason="Sin sede.")
    poster = text_of(event_open, "poster_letter")
    assert "se canceló" in poster and "/pregunte/" not in poster


def test_nobody_is_called_to_what_was_held(event_held, draw_all):
    draw_all()
    assert [media.kind for media in event_held.media.all()] == ["card"]


def test_what_cannot_be_drawn_keeps_nobody_waiting(event_open, event_held, draw_all, monkeypatch):
    really = sheets.draw

    def draw(html, kind):
        if event_open.title in html:
            raise pdf.NotAvailable
        return really(html, kind)

    monkeypatch.setattr(sheets, "draw", draw)
    draw_all()
    assert event_held.media.count() == 1 and event_open.media.count() == 0
    monkeypatch.undo()
    assert not drawing.draw_due()
    assert drawing.draw_due(at=clock.now() + timedelta(minutes=11))


def test_without_the_library_the_portal_runs(client, event_open, staff, monkeypatch):
    monkeypatch.setattr(pdf, "LIBRARIES", ("there-is-no-such-library",))
    assert not drawing.draw_due()
    page = client.get(event_open.get_absolute_url())
    assert page.status_code == 200 and b"afiche-a4" not in page.content
    assert b"img/og.png" in page.content
    client.force_login(staff.communications)
    desk = client.get(f"/gestion/events/event/{event_open.pk}/compartir/").content.decode()
    assert "Este servidor no puede hacer PDF" in desk and "Hacer de nuevo" not in desk


def test_a_sheet_is_asked_for_again_only_when_it_is_another(client, event_held, draw_all):
    draw_all()
    address = f"/eventos/{event_held.slug}/tarjeta.png"
    first = client.get(address)
    assert b"".join(first.streaming_content)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304 and again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=600"
    assert client.post(address).status_code == 405


def test_the_desk_has_them_drawn_again(client, event_held, staff, draw_all):
    draw_all()
    address = f"/gestion/events/event/{event_held.pk}/compartir/"
    client.force_login(staff.internal_control)
    page = client.get(address).content.decode()
    assert "/tarjeta.png" in page and "Hacer de nuevo" not in page
    assert client.post(address).status_code == 403
    assert not drawing.draw_due()
    client.force_login(staff.communications)
    page = client.get(address).content.decode()
    assert "Hacer de nuevo" in page
    assert f"&lt;iframe src=&quot;{SITE}/eventos/{event_held.slug}/tarjeta/" in page
    assert f"{SITE}/ahora/" in page
    before = event_held.media.get().stored_id
    assert client.post(address).status_code == 303
    assert "se hará en los próximos minutos" in client.get(address).content.decode()
    assert drawing.draw_due() and event_held.media.get().stored_id != before


def test_the_desk_of_a_draft_offers_nothing_yet(client, staff):
    event = cast.make_event(
        slug="2031-01-01-foro", title="Borrador", status="draft",
        starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    client.force_login(staff.communications)
    page = client.get(f"/gestion/events/event/{event.pk}/compartir/").content.decode()
    assert "Este evento es un borrador" in page and "tarjeta/" not in page
