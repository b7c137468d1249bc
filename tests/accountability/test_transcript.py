"""The transcript: paragraphs with their times, captions taken over, found by the search."""

import pytest

from accountability import publishing, workflow
from accountability.models import SessionRecord
from accountability.transcript import reading

pytestmark = pytest.mark.django_db
PAGE = "/eventos/2020-12-21-jornada/transcripcion/"
TEXT = """[00:00:00] Damos inicio a la jornada.

[01:02:03] Hicimos cuarenta visitas
de control.

Sin hora.

[99:99] Esto no es una hora."""
VTT = """WEBVTT - Jornada

NOTE nada de esto se lee

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:04.000 align:start
<v Directora>Damos <b>inicio</b> a la jornada.

00:00:04.500 --> 00:00:06.000
Bienvenidas y bienvenidos.

00:00:06.000 --> 00:00:07.000
Bienvenidas y bienvenidos.

01:10.000 --> 01:12.000
<script>alert(1)</script>Sigue el informe.
"""


@pytest.fixture
def published(record, staff):
    record.transcript = TEXT
    record.save()
    return workflow.publish_record(record, actor=staff.approval)


def test_paragraphs_and_their_times():
    found = reading.paragraphs(TEXT, "https://video.example/v?id=7")
    assert [one.second for one in found] == [0, 3723, None, None]
    assert found[1].clock == "01:02:03"
    assert found[1].address == "https://video.example/v?id=7&t=3723"
    assert found[3].text == "[99:99] Esto no es una hora."


def test_captions_become_paragraphs_of_half_a_minute():
    assert reading.from_captions(VTT) == (
        "[00:00:01] Damos inicio a la jornada. Bienvenidas y bienvenidos.\n\n"
        "[00:01:10] alert(1)Sigue el informe."
    )


def test_captions_say_their_signs_and_long_hours():
    text = "WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nAgua &amp; suelo &lt;5 m " + "<" * 40_000
    told = reading.from_captions(text)
    assert told.startswith("[100:00:00] Agua & suelo <5 m")


def test_two_paragraphs_of_one_second_share_one_anchor(client, published):
    SessionRecord.objects.update(transcript="[00:00:05] Uno.\n\n[00:00:05] Dos.")
    published.refresh_from_db()
    publishing.record_changed(published)
    page = client.get(PAGE).content.decode()
    assert page.count('id="t-5"') == 1
    assert page.count('href="#t-5"') == 2


def test_the_desk_form_offers_and_saves_every_field(client, staff, event_held):
    client.force_login(staff.communications)
    fields = {
        "event": event_held.pk, "recording_url": "https://video.example/7",
        "recording_label": "Vídeos", "duration_seconds": "90", "has_captions": "on",
        "audio_url": "https://video.example/8", "no_recording_reason": "",
        "summary": "Resumen", "transcript": "[00:00:01] Texto.",
    }  # fmt: skip
    address = "/gestion/accountability/sessionrecord/add/"
    page = client.get(address).content.decode()
    for name in fields:
        assert f'name="{name}"' in page, name
    counts = {
        "attendance-TOTAL_FORMS": 0, "attendance-INITIAL_FORMS": 0,
        "files-TOTAL_FORMS": 0, "files-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(address, {**fields, **counts}).status_code == 302
    made = SessionRecord.objects.get()
    assert (made.event, made.recording_url) == (event_held, "https://video.example/7")
    assert (made.duration_seconds, made.has_captions, made.summary) == (90, True, "Resumen")


def test_every_time_has_an_address(client, published):
    page = client.get(PAGE).content.decode()
    assert 'id="t-3723"' in page
    assert 'href="https://video.example/v?id=7&amp;t=3723"' in page
    assert "Sin hora." in page
    record = "/eventos/2020-12-21-jornada/registro/"
    event = client.get("/eventos/2020-12-21-jornada/").content.decode()
    assert f'href="{record}"' in event
    assert f'href="{PAGE}"' in client.get(record).content.decode()
    assert "cuarenta visitas" not in event


def test_a_draft_has_no_page(client, record):
    record.transcript = TEXT
    record.save()
    assert client.get(PAGE).status_code == 404


def test_what_was_said_is_found_while_it_is_public(client, published):
    found = client.get("/buscar/?q=cuarenta+visitas").content.decode()
    assert f'href="{PAGE}#t-3723"' in found
    published.transcript = ""
    published.save()
    publishing.record_changed(published)
    assert f'href="{PAGE}' not in client.get("/buscar/?q=cuarenta+visitas").content.decode()


@pytest.mark.parametrize("text", [VTT, "WEBVTT\n\nnada con hora"])
def test_the_desk_takes_captions_or_says_why_not(client, staff, record, text):
    client.force_login(staff.communications)
    address = f"/gestion/accountability/sessionrecord/{record.pk}/change/"
    fields = {
        "recording_url": record.recording_url, "transcript": text,
        "attendance-TOTAL_FORMS": 0, "attendance-INITIAL_FORMS": 0,
        "files-TOTAL_FORMS": 0, "files-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(address, fields)
    if text == VTT:
        assert answer.status_code == 302
        assert SessionRecord.objects.get().transcript.startswith("[00:00:01] Damos inicio")
    else:
        assert "no tienen palabras con hora" in answer.content.decode()
        assert "nada con hora" in answer.content.decode()
