"""The entity's own recording: what comes in, who gets it, and in which parts."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from accountability import workflow as archive
from accountability.models import SessionRecord
from accountability.recording import workflow
from accountability.transcript import captions
from events.models import Event
from portal.base import clock, incoming, ledger_check
from portal.base.machine import MoveRefused
from portal.base.models import PublicationEntry, StoredFile, Transition
from portal.base.uploads import CleanFile

pytestmark = pytest.mark.django_db
DATA = Path("tests/data/recording")
BASE = "/eventos/2020-12-21-jornada/grabacion/"
VTT = """WEBVTT - con notas

STYLE
::cue { background: url(https://malo.example/x) }

NOTE nombre de alguien

1
00:00:01.000 --> 00:00:03.500 position:10%
<v Ana>Buenos <b>días</b></v> &lt;script&gt;

00:02.000 --> 00:04.000
Empezamos.
"""


def desk(record) -> str:
    return f"/gestion/accountability/sessionrecord/{record.pk}/grabacion/"


def upload(name: str, as_name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(as_name or name, (DATA / name).read_bytes())


def content(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def own(record):
    """A record without a recording elsewhere."""
    record.recording_url = ""
    record.save()
    return record


@pytest.fixture
def desk_client(client, staff):
    client.force_login(staff.communications)
    return client


@pytest.fixture
def published(desk_client, own, staff):
    desk_client.post(desk(own), {"video": upload("sesion.mp4")})
    return archive.publish_record(SessionRecord.objects.get(), actor=staff.approval)


@pytest.mark.parametrize(
    ("field", "name", "address", "content_type"),
    [
        ("video", "sesion.mp4", "video", "video/mp4"),
        ("video", "sesion.webm", "video", "video/webm"),
        ("audio", "sesion.mp3", "audio", "audio/mpeg"),
        ("audio", "sesion.m4a", "audio", "audio/mp4"),
        ("audio", "sesion.ogg", "audio", "audio/ogg"),
    ],
)
def test_what_is_uploaded_is_sent_as_it_came(
    desk_client, record, staff, client, field, name, address, content_type
):
    sent = desk_client.post(desk(record), {field: upload(name, "../../etc/ñandú\r\nX: y.exe")})
    assert sent.status_code == 303
    assert client.get(BASE + address).status_code == 404  # the record is a draft
    archive.publish_record(SessionRecord.objects.get(), actor=staff.approval)
    client.logout()
    response = client.get(BASE + address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    kept = StoredFile.objects.get(content_type=content_type)
    assert response.headers["Content-Disposition"] == f'inline; filename="{kept.name}"'
    assert kept.name.startswith(("grabacion-2020", "audio-2020"))
    assert content(response) == (DATA / name).read_bytes()


@pytest.mark.parametrize(
    ("field", "sent", "words"),
    [
        ("video", (DATA / "sesion.mp3").read_bytes(), "Solo podemos recibir un video"),
        ("audio", (DATA / "sesion.mp4").read_bytes(), "Solo podemos recibir un audio"),
        ("video", b"<html><script>alert(1)</script>" * 99, "Solo podemos recibir un video"),
        ("video", b"\x1aE\xdf\xa3", "Solo podemos recibir un video"),
        ("captions", b"1\n00:00:01,000 --> 00:00:02,000\nSRT", "Los subt"),
        ("captions", b"WEBVTT\n\nsin tiempos", "Estos subt"),
        ("captions", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\xfe", "Guarde los subt"),
        ("captions", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\x00", "Los subt"),
        ("captions", b"WEBVTT\n\n" + b"x" * (2 * 1024 * 1024), "Los subtítulos pasan de 2 MB"),
    ],
)
def test_what_is_something_else_is_refused_beside_its_field(
    desk_client, record, field, sent, words
):
    answer = desk_client.post(desk(record), {field: SimpleUploadedFile("a.mp4", sent)})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].startswith(words)
    assert not StoredFile.objects.exists()


def test_nothing_chosen_is_told(desk_client, record):
    answer = desk_client.post(desk(record), {})
    assert answer.status_code == 422 and "Escoja un archivo." in answer.content.decode()


def test_captions_keep_times_and_words_alone(desk_client, published, client):
    sent = {"captions": SimpleUploadedFile("c.vtt", VTT.encode()), "fill_transcript": "on"}
    assert desk_client.post(desk(published), sent).status_code == 303
    client.logout()
    response = client.get(f"{BASE}subtitulos.vtt")
    assert response.headers["Content-Type"] == "text/vtt"
    assert content(response).decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nBuenos días &lt;script&gt;\n\n"
        "00:00:02.000 --> 00:00:04.000\nEmpezamos.\n"
    )
    record = SessionRecord.objects.get()
    assert record.has_captions
    assert record.transcript == "[00:00:01] Buenos días <script> Empezamos."
    page = client.get("/eventos/2020-12-21-jornada/transcripcion/").content.decode()
    assert "&lt;script&gt;" in page and f'href="{BASE}video#t=1"' in page


def test_a_transcript_that_is_there_stays(desk_client, record):
    SessionRecord.objects.update(transcript="Lo que escribió una persona.")
    sent = {"captions": SimpleUploadedFile("c.vtt", VTT.encode()), "fill_transcript": "on"}
    desk_client.post(desk(record), sent)
    assert SessionRecord.objects.get().transcript == "Lo que escribió una persona."


def test_captions_are_read_as_they_come():
    srt_like = "WEBVTT\r\n\r\n01:02:03.004 --> 01:02:04.000\r\nHola\r\n"
    assert captions.written(list(captions.cues(srt_like))) == (
        "WEBVTT\n\n01:02:03.004 --> 01:02:04.000\nHola\n"
    )


def test_the_page_plays_it_and_only_that_page_may(published, client):
    client.logout()
    response = client.get("/eventos/2020-12-21-jornada/registro/")
    assert "media-src 'self'" in response.headers["Content-Security-Policy"]
    page = response.content.decode()
    assert '<video class="reproductor" controls preload="none"' in page
    assert f'src="{BASE}video"' in page and "(MP4, " in page
    event = client.get("/eventos/2020-12-21-jornada/")
    assert "media-src" not in event.headers["Content-Security-Policy"]
    assert 'class="video"' in event.content.decode() and "<video" not in event.content.decode()
    assert "No hay grabación" not in event.content.decode()


def test_a_page_without_a_file_may_play_none(record, staff, client):
    archive.publish_record(record, actor=staff.approval)
    response = client.get("/eventos/2020-12-21-jornada/registro/")
    assert "media-src" not in response.headers["Content-Security-Policy"]


def test_nobody_else_uploads_nor_looks(client, staff, published):
    StoredFile.objects.update(name="x")
    for person in (staff.office, staff.moderation):
        client.force_login(person)
        assert client.get(desk(published)).status_code == 403
        assert client.post(desk(published), {"audio": upload("sesion.mp3")}).status_code == 403
        assert client.get(f"{desk(published)}video/").status_code == 403
    client.force_login(staff.communications)
    assert client.get(f"{desk(published)}video/").status_code == 200
    for nothing in ("captions", "otra"):
        assert client.get(f"{desk(published)}{nothing}/").status_code == 404
    client.logout()
    assert client.get(desk(published)).status_code == 302
    assert SessionRecord.objects.get().audio_file is None


def test_files_of_an_event_that_became_a_draft_are_nobodys(published, client):
    Event.objects.update(status="draft")
    assert client.get(f"{BASE}video").status_code == 404


def test_a_file_takes_the_place_of_the_one_before(
    desk_client, published, django_capture_on_commit_callbacks
):
    first = SessionRecord.objects.get().recording_file
    place = Path(first.content.path)
    with django_capture_on_commit_callbacks(execute=True):
        desk_client.post(desk(published), {"video": upload("sesion.webm")})
    assert not place.exists() and not StoredFile.objects.filter(pk=first.pk).exists()
    told = PublicationEntry.objects.filter(kind="recording_video").order_by("number")
    assert [(e.act, e.reference) for e in told] == [
        ("published", "2020-12-21-jornada/grabacion/grabacion"),
        ("corrected", "2020-12-21-jornada/grabacion/grabacion"),
    ]
    assert told[0].sha256 == first.sha256
    assert list(ledger_check.faults()) == []
    moves = Transition.objects.filter(move="put_recording")
    assert moves.count() == 2


def test_exchanged_bytes_are_found(published):
    place = Path(SessionRecord.objects.get().recording_file.content.path)
    place.write_bytes(place.read_bytes().replace(b"mdat", b"mdaT"))
    assert [fault for fault in ledger_check.faults() if "grabacion/grabacion" in fault]


def test_the_last_recording_of_a_public_record_stays_until_the_reason_is_written(
    desk_client, published, staff
):
    answer = desk_client.post(desk(published), {"take_away": "video"}, follow=True)
    assert "por qué no hay grabación" in answer.content.decode()
    assert SessionRecord.objects.get().recording_file
    SessionRecord.objects.update(no_recording_reason="Se dañó el disco.")
    desk_client.post(desk(published), {"take_away": "video"})
    assert SessionRecord.objects.get().recording_file is None
    told = PublicationEntry.objects.filter(kind="recording_video").order_by("number")
    assert [entry.act for entry in told] == ["published", "withdrawn"]
    assert list(ledger_check.faults()) == []
    with pytest.raises(MoveRefused):
        workflow.take_away(published, "video", actor=staff.communications)


def test_an_own_file_is_a_recording(own, staff):
    with pytest.raises(MoveRefused, match="grabación"):
        archive.publish_record(own, actor=staff.approval)
    stored = CleanFile("a.mp3", "audio/mpeg", (DATA / "sesion.mp3").read_bytes()).store()
    workflow.put_file(own, "audio", stored, actor=staff.communications)
    own = SessionRecord.objects.get()
    assert archive.publish_record(own, actor=staff.approval).status == "published"


def test_a_draft_that_is_deleted_takes_its_recording_along(
    client, staff, record, django_capture_on_commit_callbacks
):
    client.force_login(staff.root)
    client.post(desk(record), {"video": upload("sesion.mp4"), "audio": upload("sesion.mp3")})
    places = [Path(stored.content.path) for stored in StoredFile.objects.all()]
    assert len(places) == 2 and all(place.exists() for place in places)
    record.attendance.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(desk(record).replace("grabacion", "delete"), {"post": "yes"})
    assert not SessionRecord.objects.exists() and not StoredFile.objects.exists()
    assert not any(place.exists() for place in places)


def test_large_files_go_through_the_disk_and_leave_nothing_behind(desk_client, record, settings):
    waits = Path(settings.INCOMING_DIR)
    large = (DATA / "sesion.mp4").read_bytes() + b"\0" * (3 * 1024 * 1024)
    desk_client.post(desk(record), {"video": SimpleUploadedFile("a.mp4", large)})
    stored = SessionRecord.objects.get().recording_file
    assert Path(stored.content.path).read_bytes() == large
    assert waits.is_dir() and list(waits.iterdir()) == []


def test_no_room_is_told_before_the_body_is_read(desk_client, record, settings, monkeypatch):
    settings.PRIVATE_MAX_BYTES = 0
    monkeypatch.setattr(incoming, "RESERVE", 2**60)
    large = b"\0" * (18 * 1024 * 1024)
    answer = desk_client.post(desk(record), {"video": SimpleUploadedFile("a.mp4", large)})
    assert answer.status_code == 507
    assert "No hay espacio" in answer.content.decode()


@override_settings(PRIVATE_MAX_BYTES=0, RECORDING_MAX_BYTES=20 * 1024 * 1024)
@pytest.mark.parametrize(
    ("role", "megabytes", "status"),
    [("communications", 19, 422), ("communications", 23, 413), ("office", 19, 413)],
)
def test_a_large_body_is_only_taken_here_and_from_who_may(
    client, staff, record, role, megabytes, status
):
    client.force_login(staff[role])
    large = SimpleUploadedFile("a.mp4", b"\0" * (megabytes * 1024 * 1024))
    assert client.post(desk(record), {"video": large}).status_code == status


@override_settings(PRIVATE_MAX_BYTES=0)
@pytest.mark.parametrize("path", ["/preguntar/", "/gestion/", "/no-existe/", "/verificar/"])
def test_a_large_body_is_refused_everywhere_else(client, entity, path):
    large = SimpleUploadedFile("a.pdf", b"\0" * (18 * 1024 * 1024))
    assert client.post(path, {"file": large}).status_code == 413


def test_what_was_broken_off_is_deleted_after_a_day(settings):
    folder = Path(settings.INCOMING_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    old = folder / "tmpold.upload"
    old.write_bytes(b"x")
    incoming.forget_broken_off(clock.now() + timedelta(hours=23))
    assert old.exists()
    incoming.forget_broken_off(clock.now() + timedelta(hours=25))
    assert not old.exists()
