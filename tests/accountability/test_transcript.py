"""The transcript: paragraphs with their times, captions taken over, found by the search."""

import pytest

from accountability import workflow
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


def test_every_time_has_an_address(client, published):
    page = client.get(PAGE).content.decode()
    assert 'id="t-3723"' in page
    assert 'href="https://video.example/v?id=7&amp;t=3723"' in page
    assert "Sin hora." in page
    event = client.get("/eventos/2020-12-21-jornada/").content.decode()
    assert f'href="{PAGE}"' in event
    assert "cuarenta visitas" not in event


def test_a_draft_has_no_page(client, record):
    record.transcript = TEXT
    record.save()
    assert client.get(PAGE).status_code == 404


def test_what_was_said_is_found_while_it_is_public(client, published):
    found = client.get("/buscar/?q=cuarenta+visitas").content.decode()
    assert f'href="{PAGE}"' in found
    from accountability import publishing

    published.transcript = ""
    published.save()
    publishing.record_changed(published)
    assert f'href="{PAGE}"' not in client.get("/buscar/?q=cuarenta+visitas").content.decode()


@pytest.mark.parametrize("text", [VTT, "WEBVTT\n\nnada con hora"])
def test_the_desk_takes_captions_or_says_why_not(client, staff, record, text):
    client.force_login(staff.communications)
    address = f"/gestion/accountability/sessionrecord/{record.pk}/change/"
    fields = {
        "recording_url": record.recording_url, "transcript": text,
        "attendance-TOTAL_FORMS": 0, "attendance-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(address, fields)
    if text == VTT:
        assert answer.status_code == 302
        assert SessionRecord.objects.get().transcript.startswith("[00:00:01] Damos inicio")
    else:
        assert "no tienen palabras con hora" in answer.content.decode()
        assert "nada con hora" in answer.content.decode()
