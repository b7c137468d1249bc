"""Trying the links: who may, what is kept, what an edited link forgets, when somebody is warned."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events import stream_tests
from events.models import StreamLink
from events.publishing import event_changed
from portal.base import clock
from portal.base.machine import MoveRefused
from tests.events.desk import DESK, change, errors, form_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream(event_open) -> StreamLink:
    return event_open.streams.get()


def tried(stream, actor, result="works", **told):
    told = {"url": stream.url, **told}
    return stream_tests.record_test(stream, actor=actor, result=result, **told)


def test_the_newest_test_stands_with_its_person_hour_and_note(stream, staff):
    at = clock.now() - timedelta(hours=2)
    tried(stream, staff.communications, "fails", note=" Pide clave. ", at=at)
    stream.refresh_from_db()
    assert (stream.test_result, stream.test_note, stream.tested_by, stream.tested_at) == (
        "fails", "Pide clave.", staff.communications, at,
    )  # fmt: skip
    tried(stream, staff.root, note="x" * 999)
    stream.refresh_from_db()
    assert (stream.test_result, stream.tested_by, len(stream.test_note)) == (
        "works", staff.root, 200,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "internal_control"])
def test_who_may_not_writes_nothing(stream, staff, role):
    with pytest.raises(PermissionDenied):
        tried(stream, staff[role])
    stream.refresh_from_db()
    assert stream.test_result == ""


def test_a_result_is_one_of_two_and_of_the_link_that_is_there(stream, staff):
    with pytest.raises(MoveRefused, match="funciona o falla"):
        tried(stream, staff.communications, "maybe")
    with pytest.raises(MoveRefused, match="cambió este enlace"):
        tried(stream, staff.communications, url="https://old.example")
    stream.refresh_from_db()
    assert stream.test_result == ""


def near(event, *, hours):
    return event.starts_at - timedelta(hours=hours)


def test_within_a_day_whoever_looks_is_warned(event_open, stream, staff):
    untried = ["Nadie ha probado el enlace «Facebook Live»."]
    assert stream_tests.warnings(event_open, near(event_open, hours=25)) == []
    assert stream_tests.warnings(event_open, near(event_open, hours=23)) == untried
    tried(stream, staff.communications, "fails")
    fails = ["El enlace «Facebook Live» falla."]
    assert stream_tests.warnings(event_open, near(event_open, hours=1)) == fails
    tried(stream, staff.communications)
    assert stream_tests.warnings(event_open, near(event_open, hours=1)) == []


def test_nobody_is_warned_of_an_event_that_will_not_be(event_open, event_held):
    event_open.status = "cancelled"
    assert stream_tests.warnings(event_open, near(event_open, hours=1)) == []
    assert stream_tests.warnings(event_held) == []


def test_the_page_of_the_desk(desk, staff, stream, event_open):
    client, path = desk(staff.communications), f"{DESK}{event_open.pk}/transmision/"
    assert "Nadie lo ha probado." in client.get(path).content.decode()
    note, url = {f"note-{stream.pk}": "Se ve y se oye."}, {f"url-{stream.pk}": stream.url}
    response = client.post(path, {"act": f"works-{stream.pk}", **note, **url})
    assert response.status_code == 303
    assert "«Facebook Live»: Funciona." in said(response)
    text = client.get(path).content.decode()
    assert "Se ve y se oye." in text
    assert staff.communications.first_name in text
    stale = client.post(path, {"act": f"fails-{stream.pk}", **note})
    assert stale.status_code == 409
    assert 'value="Se ve y se oye."' in stale.content.decode()
    for act in ("works-", "works-x", "", "works-" + "9" * 30):
        assert client.post(path, {"act": act}).status_code == 400
    assert client.post(path, {"act": "works-999999"}).status_code == 404
    assert client.get(path).content.decode().count("Se ve y se oye.") == 1


def test_who_reads_sees_the_tests_and_no_button(desk, staff, stream, event_open):
    client, path = desk(staff.internal_control), f"{DESK}{event_open.pk}/transmision/"
    assert 'name="act"' not in client.get(path).content.decode()
    data = {"act": f"works-{stream.pk}", f"url-{stream.pk}": stream.url}
    assert client.post(path, data).status_code == 403


def edited(client, event, stream, **changes):
    row = {
        "id": stream.pk, "event": event.pk, "order": 1, "kind": stream.kind,
        "label": stream.label, "url": stream.url, "recording_url": "", **changes,
    }  # fmt: skip
    data = form_of(event, rows={"streams": [row]}, **{"streams-INITIAL_FORMS": 1})
    return client.post(change(event), data)


def test_another_address_is_a_link_nobody_tried(desk, staff, stream, event_open):
    tried(stream, staff.communications)
    client = desk(staff.communications)
    assert edited(client, event_open, stream, label="Facebook").status_code == 302
    stream.refresh_from_db()
    assert stream.test_result == "works"
    edited(client, event_open, stream, url="https://other.example")
    stream.refresh_from_db()
    assert (stream.test_result, stream.tested_at, stream.tested_by) == ("", None, None)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x", "zoommtg://zoom.us/1"]
)
@pytest.mark.parametrize("field", ["url", "recording_url"])
def test_another_scheme_is_refused_with_a_sentence(desk, staff, stream, event_open, field, url):
    response = edited(desk(staff.communications), event_open, stream, **{field: url})
    found = errors(response)
    assert {name: list(words) for name, words in found.items()} == {
        f"streams.{field}": ["Escriba una dirección que empiece por https://"]
    }


def test_a_telephone_has_digits(desk, staff, stream, event_open):
    response = edited(desk(staff.communications), event_open, stream, dial_in="llame ya")
    assert set(errors(response)) == {"streams.dial_in"}


def test_what_the_public_sees_of_a_stream(client, event_open, stream):
    stream.meeting_id, stream.passcode = "812 3456", "agua"
    stream.dial_in, stream.megabytes_a_minute = "+57 601 555 0143, código 12#", 12
    stream.save()
    event_changed(event_open)
    text = client.get(event_open.get_absolute_url()).content.decode()
    for words in ("812 3456", "agua", 'href="tel:+576015550143"', "Gasta cerca de 12 MB"):
        assert words in text
    assert f'href="{stream.url}"' in text
    for embedding in ("<iframe", "<video", "<object", "<embed"):
        assert embedding not in text
    stream.recording_url = "https://video.example/grabacion"
    stream.save()
    event_changed(event_open)
    text = client.get(event_open.get_absolute_url()).content.decode()
    assert 'href="https://video.example/grabacion"' in text
    assert f'href="{stream.url}"' not in text


def test_the_recording_of_a_stream_stays_in_the_record(client, event_held):
    event_held.streams.update(recording_url="https://video.example/grabacion")
    event_changed(event_held)
    text = client.get(event_held.get_absolute_url()).content.decode()
    assert "Facebook Live: ver la grabación" in text
