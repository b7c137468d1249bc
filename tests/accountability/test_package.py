"""Packages: valid bags of what is public and of nothing else, whatever happens meanwhile."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import bagit
import pytest
from django.core.exceptions import PermissionDenied

from accountability import workflow as archive
from accountability.models import ArchivePackage, RecordFile
from accountability.package import bag, workflow
from accountability.recording.workflow import put_file
from entity.models import Topic
from events.models import Document
from events.session import log
from portal.base import clock, ledger_check, uploads
from portal.base.machine import MoveRefused
from questions import workflow as questions
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path, settings):
    """Packages of a test lie in a folder of its own."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def build(event, staff, **owner):
    workflow.ask_package(actor=staff.communications, **(owner or {"event": event}))
    return workflow.build_due()


def text_of(package) -> str:
    """Every byte of the package's pages and tables, one after the other."""
    payload = bag.path_of(package.folder) / "data"
    kinds = (".html", ".csv", ".json", ".txt")
    return "\n".join(p.read_text("utf-8-sig") for p in payload.rglob("*") if p.suffix in kinds)


def store(name="informe.pdf", data=b"%PDF-1.4 informe"):
    return uploads.CleanFile(name, "application/pdf", data).store()


@pytest.fixture
def filed(entity, event_held):
    """`filed(text)`: a contribution to the held event, not reviewed yet."""

    def make(text, token):
        filing = questions.Filing(
            token=token, text=text, topic=Topic.objects.get(slug="agua"), event=event_held,
            email="vecina@example.org", name="Rosalba Secreta",
        )  # fmt: skip
        return questions.submit_question(filing)

    return make


def test_the_librarys_own_program_calls_it_valid(event_held, staff, minutes, promise):
    promise()
    package = build(event_held, staff)
    assert package.status == "ready"
    checked = subprocess.run(  # noqa: S603 - the library's own command line
        [sys.executable, bagit.__file__, "--validate", str(bag.path_of(package.folder))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert "is valid" in checked.stderr


def test_it_holds_what_is_public_and_nothing_else(
    event_held, staff, filed, promise, record, draft_minutes
):
    shown, hidden = filed("¿Cuándo limpian la quebrada?", "t1"), filed("Texto sin revisar", "t2")
    questions.publish_text(
        shown, actor=staff.moderation, public_text="¿Cuándo limpian la quebrada?", title="Limpieza"
    )
    promise("Visitar los vertimientos")
    promise("Compromiso en borrador", draft=True)
    log.add(event_held, "note", "Línea del equipo", is_public=False)
    log.add(event_held, "note", "Empieza la jornada")
    text = text_of(build(event_held, staff))
    for public in (
        "¿Cuándo limpian la quebrada?",
        "Visitar los vertimientos",
        "Empieza la jornada",
    ):
        assert public in text
    for private in (
        "Texto sin revisar", hidden.reference, "Compromiso en borrador", "Línea del equipo",
        "Primero de Apertura", "video.example", "vecina@example.org", "Rosalba",
    ):  # fmt: skip
        assert private not in text, private


def test_every_relative_link_leads_to_a_file_of_the_package(event_held, staff, minutes, promise):
    promise()
    Document.objects.create(event=event_held, title="Informe ../../de gestión", stored=store())
    data = bag.path_of(build(event_held, staff).folder) / "data"
    links = 0
    for page in data.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text("utf-8")):
            if not re.match(r"(https?|mailto):", link):
                links += 1
                assert (page.parent / link).resolve().is_relative_to(data), link
                assert (page.parent / link).is_file(), f"{page.name}: {link}"
    assert links > 20


def test_the_record_takes_its_recording_and_files_along(event_held, staff, record):
    put_file(record, "audio", store("audio.mp3"), actor=staff.communications)
    shown = {"record": record, "alternative": "Tres personas.", "title": "La visita"}
    RecordFile.objects.create(stored=store("foto.jpg"), **shown)
    archive.publish_record(record, actor=staff.approval)  # which asks for a package
    package = workflow.build_due()
    page = (bag.path_of(package.folder) / "data" / "registro.html").read_text()
    places = re.findall(r'href="(archivos/[^"]+)"', page)
    assert [Path(place).suffix for place in places] == [".mp3", ".jpg"]
    assert all((bag.path_of(package.folder) / "data" / place).is_file() for place in places)
    assert "La visita</a>. Tres personas." in page


def test_no_name_of_a_file_leaves_the_folder(event_held, staff):
    for title, name in (
        ("../../../etc/passwd", "../x.pdf"), ("ñandú 🐦 " + "muy largo " * 20, "a.pdf;rm"),
        ("", ".htaccess"),
    ):  # fmt: skip
        Document.objects.create(event=event_held, title=title[:160] or "·", stored=store(name))
    package = build(event_held, staff)
    files = sorted(p.name for p in (bag.path_of(package.folder) / "data/archivos").rglob("*.*"))
    assert len(files) == 3
    assert all(re.fullmatch(r"\d{3}-[a-z0-9-]+\.[a-z0-9]{1,5}", name) for name in files), files


def test_the_zip_is_the_same_bag_and_tells_its_length(client, event_held, staff, minutes, tmp_path):
    package = build(event_held, staff)
    response = client.get("/eventos/2020-12-21-jornada/paquete.zip")
    body = b"".join(response.streaming_content)
    assert response["Content-Length"] == str(len(body))
    assert response["ETag"] == f'"{package.sha256}"'
    zipfile.ZipFile(io.BytesIO(body)).extractall(tmp_path / "unpacked")
    assert bagit.Bag(str(tmp_path / "unpacked/paquete-2020-12-21-jornada-1")).validate()


def test_the_page_says_how_to_check_it(client, event_held, staff):
    address = "/eventos/2020-12-21-jornada/paquete/"
    assert "Todavía no hay paquete" in client.get(address).content.decode()
    package = build(event_held, staff)
    page = client.get(address).content.decode()
    assert package.sha256 in page
    assert "sha256sum -c" in page


def test_a_draft_event_has_neither_page_nor_zip(client, event_held, staff):
    build(event_held, staff)
    type(event_held).objects.filter(pk=event_held.pk).update(status="draft")
    assert client.get("/eventos/2020-12-21-jornada/paquete/").status_code == 404
    assert client.get("/eventos/2020-12-21-jornada/paquete.zip").status_code == 404


def test_a_year_holds_its_events_under_one_index(client, event_held, staff):
    package = build(None, staff, year=2020)
    data = bag.path_of(package.folder) / "data"
    assert 'href="2020-12-21-jornada/index.html"' in (data / "index.html").read_text("utf-8")
    assert (data / "2020-12-21-jornada/jornada.html").is_file()
    assert len(list(data.rglob("registro-publicaciones.txt"))) == 1
    assert client.get("/eventos/2020/paquete.zip").status_code == 200
    assert client.get("/eventos/2019/paquete/").status_code == 404


def test_publishing_the_record_asks_for_one(event_held, staff, record):
    archive.publish_record(record, actor=staff.approval)
    assert workflow.build_due().event == event_held
    assert workflow.build_due() is None


def test_who_may_ask(event_held, staff):
    for role in ("moderation", "office", "approval", "internal_control"):
        with pytest.raises(PermissionDenied):
            workflow.ask_package(actor=staff[role], event=event_held)
    workflow.ask_package(actor=staff.communications, event=event_held)
    with pytest.raises(MoveRefused):
        workflow.ask_package(actor=staff.communications, event=event_held)


def test_a_year_without_events_is_refused(event_held, staff):
    with pytest.raises(MoveRefused):
        workflow.ask_package(actor=staff.communications, year=1999)


def test_the_desk_asks_and_says_why_not(client, event_held, staff):
    client.force_login(staff.communications)
    address = "/gestion/accountability/archivepackage/add/"
    assert client.post(address, {"event": event_held.pk}).status_code == 302
    again = client.post(address, {"event": event_held.pk}).content.decode()
    assert "Ya se está armando un paquete" in again
    neither = client.post(address, {}).content.decode()
    assert "Elija un evento o escriba un año" in neither
    assert ArchivePackage.objects.count() == 1


def test_without_space_it_fails_with_a_sentence(event_held, staff, monkeypatch):
    full = SimpleNamespace(free=10 * 1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    package = build(event_held, staff)
    assert package.status == "failed"
    assert "10 MB" in package.problem
    monkeypatch.undo()
    workflow.retry_package(package, actor=staff.communications)
    assert workflow.build_due().status == "ready"


def test_a_file_that_is_gone_fails_with_its_name(event_held, staff):
    stored = store("perdido.pdf")
    Document.objects.create(event=event_held, title="Informe", stored=stored)
    Path(stored.content.path).unlink()
    package = build(event_held, staff)
    assert package.status == "failed"
    assert "perdido.pdf" in package.problem
    assert list(bag.root().iterdir()) == []  # nothing half made stays


def test_what_a_dead_worker_left_is_built_by_another(event_held, staff, monkeypatch):
    workflow.ask_package(actor=staff.communications, event=event_held)

    def dies(_package, _at):
        raise KeyboardInterrupt

    monkeypatch.setattr(bag, "build", dies)
    now = clock.now()
    with pytest.raises(KeyboardInterrupt):
        workflow.build_due(now)
    monkeypatch.undo()
    assert workflow.build_due(now) is None  # still leased
    assert workflow.build_due(now + timedelta(hours=2)).status == "ready"


def test_what_kills_every_worker_is_given_up(event_held, staff, monkeypatch):
    package = workflow.ask_package(actor=staff.communications, event=event_held)

    def dies(_package, _at):
        raise KeyboardInterrupt

    monkeypatch.setattr(bag, "build", dies)
    now = clock.now()
    for hour in (0, 2, 4):
        with pytest.raises(KeyboardInterrupt):
            workflow.build_due(now + timedelta(hours=hour))
    assert workflow.build_due(now + timedelta(hours=6)) is None
    package.refresh_from_db()
    assert package.status == "failed"


@pytest.mark.django_db(transaction=True)
def test_two_workers_build_one_package_once(event_held, staff):
    workflow.ask_package(actor=staff.communications, event=event_held)
    built = []
    refused, faults = at_once(*[lambda: built.append(workflow.build_due())] * 2)
    assert (refused, faults) == ([], [])
    assert sorted(package is not None for package in built) == [False, True]
    assert len(list(bag.root().iterdir())) == 1


def test_the_log_finds_a_package_that_was_changed(event_held, staff):
    package = build(event_held, staff)
    assert [fault for fault in ledger_check.faults() if "paquete" in fault] == []
    with (bag.path_of(package.folder) / bag.MANIFEST).open("a") as manifest:
        manifest.write("0" * 64 + "  otro\n")
    assert len([fault for fault in ledger_check.faults() if "paquete-1" in fault]) == 1


def test_the_last_two_editions_stay_on_the_disk(event_held, staff):
    packages = [build(event_held, staff) for _n in range(3)]
    assert [package.edition for package in packages] == [1, 2, 3]
    on_disk = sorted(path.name for path in bag.root().iterdir())
    assert on_disk == sorted(package.folder for package in packages[1:])
    assert [fault for fault in ledger_check.faults() if "paquete" in fault] == []
