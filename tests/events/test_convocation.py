"""The legal days of an event at the desk: their lights, their proofs, what the minimum refuses."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entity.registry import working_calendar
from events import workflow as events
from events.convocation import duties, minimum, workflow
from events.legal_calendar import Duty, days_of
from events.models import DutyProof, EventKind
from portal.base.machine import MoveRefused
from portal.base.models import Transition
from tests import cast
from tests.base.files import picture
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 no pdf"


def at(day: str, hour=10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=BOGOTA)


@pytest.fixture
def hearing(entity):
    """A hearing like that of the CDMB, on 26 April 2023, still a draft."""
    starts = at("2023-04-26", 8)
    return cast.make_event(
        slug="2023-04-26-audiencia", title="Audiencia de seguimiento", status="draft",
        kind=EventKind.objects.get(code="audiencia_seguimiento"), venue="Auditorio",
        starts_at=starts, ends_at=starts + timedelta(hours=4), questions_close_at=starts,
    )  # fmt: skip


def panel(event, day: str) -> dict[str, duties.DutyRow]:
    return {str(row.duty): row for row in duties.legal_panel(event, at(day))}


def light(event, day: str, duty: str) -> tuple[str, str]:
    found = panel(event, day)[duty].light
    return found.tone, found.words


def prove(event, actor, duty, done_on, **told):
    told = {"note": "En la cartelera", "at": at("2024-01-10"), **told}
    day = date.fromisoformat(done_on)
    return workflow.add_proof(event, actor=actor, duty=Duty(duty), done_on=day, **told)


def page_of(event, tail="") -> str:
    return f"/gestion/events/event/{event.pk}/convocatoria/{tail}"


def test_the_hearing_of_the_cdmb_gets_its_published_days(hearing, client, staff):
    days = {str(row.duty): row.last_day.isoformat() for row in duties.legal_panel(hearing)}
    assert days == {
        "notice": "2023-03-27", "report": "2023-04-06", "notice_posted": "2023-04-12",
        "speakers": "2023-04-21", "hearing": "2023-04-26", "minutes": "2023-05-04",
        "answers": "2023-05-18",
    }  # fmt: skip
    client.force_login(staff.communications)
    page = client.get(page_of(hearing)).content.decode()
    for day in ("2023-03-27", "2023-04-21", "2023-05-04"):
        assert f'datetime="{day}"' in page
    assert "27 mar 2023" in page and "21 abr 2023" in page


def test_the_numbers_are_those_of_the_kind(hearing):
    kind = hearing.kind
    kind.notice_days, kind.speaker_days, kind.minutes_days = 45, 5, 10
    days = days_of(hearing, working_calendar())
    assert days[Duty.NOTICE] == date(2023, 3, 12)
    assert days[Duty.SPEAKERS] == date(2023, 4, 19)
    assert days[Duty.MINUTES] == date(2023, 5, 11)


def test_what_is_no_hearing_has_no_notice_and_says_so(event_held, client, staff):
    assert list(panel(event_held, "2021-01-05")) == ["hearing", "minutes", "answers"]
    client.force_login(staff.internal_control)
    page = client.get(page_of(event_held)).content.decode()
    assert "Este tipo de evento no tiene aviso legal." in page
    assert "Lo que debe decir el aviso" not in page


@pytest.mark.parametrize(
    ("day", "tone", "words"),
    [
        ("2023-03-16", "verde", "6 días hábiles"),  # 20 March is a holiday
        ("2023-03-17", "ambar", "5 días hábiles"),
        ("2023-03-24", "ambar", "1 día hábil"),
        ("2023-03-27", "rojo", "hoy"),
        ("2023-03-29", "rojo", "2 días"),
    ],
)
def test_the_light_of_a_notice_without_proof(hearing, day, tone, words):
    found = light(hearing, day, "notice")
    assert found[0] == tone
    assert words in found[1].lower()


@pytest.mark.parametrize(
    ("duty", "done_on", "tone", "words"),
    [
        ("notice", "2023-03-27", "verde", "Cumplido a tiempo"),
        ("notice", "2023-03-28", "rojo", "Cumplido tarde"),
        ("notice_posted", "2023-04-12", "verde", "Cumplido a tiempo"),
        ("notice_posted", "2023-04-11", "rojo", "Se retiró antes de tiempo"),
        ("minutes", "2023-05-04", "verde", "Cumplido a tiempo"),
    ],
)
def test_the_light_of_what_was_done(hearing, staff, duty, done_on, tone, words):
    prove(hearing, staff.communications, duty, done_on)
    assert light(hearing, "2023-05-30", duty) == (tone, words)


def test_a_notice_that_was_issued_earlier_may_come_down_earlier(hearing, staff):
    prove(hearing, staff.communications, "notice", "2023-03-13")
    assert panel(hearing, "2023-03-14")["notice_posted"].last_day == date(2023, 3, 28)


def test_a_wrong_proof_stays_and_counts_no_more(hearing, staff):
    proof = prove(hearing, staff.communications, "notice", "2023-03-27")
    with pytest.raises(MoveRefused):
        workflow.call_wrong(proof, actor=staff.communications, reason="  ")
    workflow.call_wrong(proof, actor=staff.communications, reason="Era de otra audiencia")
    row = panel(hearing, "2023-03-30")["notice"]
    assert (row.light.tone, row.done_on, len(row.proofs)) == ("rojo", None, 1)
    with pytest.raises(MoveRefused):
        workflow.call_wrong(proof, actor=staff.root, reason="Otra razón")
    proof.refresh_from_db()
    assert (proof.wrong_reason, proof.wrong_by) == ("Era de otra audiencia", staff.communications)


def test_a_new_date_wants_a_new_notice(hearing, staff):
    team = staff.communications
    prove(hearing, team, "notice", "2023-03-20")
    events.announce(hearing, actor=team, at=at("2023-03-21"))
    events.postpone(hearing, actor=team, reason="Lluvias", at=at("2023-04-20"))
    starts = at("2023-08-16", 8)
    events.set_new_date(
        hearing, actor=team, starts_at=starts, ends_at=starts + timedelta(hours=4),
        at=at("2023-05-02"),
    )  # fmt: skip
    assert panel(hearing, "2023-05-03")["notice"].done_on is None
    prove(hearing, team, "notice", "2023-07-10")
    assert light(hearing, "2023-07-11", "notice") == ("verde", "Cumplido a tiempo")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"done_on": "2024-01-11"}, "futuro"),
        ({"done_on": "0001-01-01"}, "año"),
        ({"note": " "}, "prueba"),
        ({"duty": "hearing"}, "deber"),
    ],
)
def test_what_is_no_proof_is_refused(hearing, staff, told, words):
    told = {"duty": "notice", "done_on": "2023-03-27", **told}
    with pytest.raises(MoveRefused, match=words):
        prove(hearing, staff.communications, **told)
    assert not DutyProof.objects.exists()


def test_a_second_press_keeps_one_proof(hearing, staff):
    first = prove(hearing, staff.communications, "notice", "2023-03-27")
    assert prove(hearing, staff.communications, "notice", "2023-03-27") == first
    assert prove(hearing, staff.communications, "notice", "2023-03-27", note="Otra") != first


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "administration"])
def test_other_roles_neither_see_nor_write(hearing, staff, client, role):
    with pytest.raises(PermissionDenied):
        prove(hearing, staff[role], "notice", "2023-03-27")
    client.force_login(staff[role])
    for tail in ("", "deber/notice/"):
        assert client.get(page_of(hearing, tail)).status_code == 403
    for tail in ("deber/notice/", "evidencias/", "tarea/phone/"):
        assert client.post(page_of(hearing, tail), {"state": "done"}).status_code == 403
    assert not DutyProof.objects.exists() and not hearing.marks.exists()


def test_internal_control_reads_and_writes_nothing(hearing, staff, client):
    client.force_login(staff.internal_control)
    page = client.get(page_of(hearing)).content.decode()
    assert "/deber/" not in page and "/tarea/" not in page
    assert client.post(page_of(hearing, "deber/notice/"), {}).status_code == 403
    assert client.post(page_of(hearing, "tarea/phone/"), {"state": "done"}).status_code == 403


def test_a_proof_by_the_form_and_what_was_typed_stays(hearing, staff, client):
    client.force_login(staff.communications)
    path = page_of(hearing, "deber/notice/")
    for wrong in (
        {"done_on": "2999-01-01", "note": "Cartelera"}, {"done_on": "ayer", "note": "Cartelera"},
        {"done_on": "2023-03-27", "note": "Cartelera", "url": "javascript:alert(1)"},
    ):  # fmt: skip
        response = client.post(path, wrong)
        assert response.status_code == 200 and "Cartelera" in response.content.decode()
    lying = SimpleUploadedFile("aviso.pdf", PDF, "application/pdf")
    response = client.post(path, {"done_on": "2023-03-27", "file": lying, "note": "Aviso"})
    assert list(response.context["form"].errors) == ["file"]
    assert not DutyProof.objects.exists()
    photo = SimpleUploadedFile("cartelera.jpg", picture("JPEG"), "image/jpeg")
    done = client.post(path, {"done_on": "2023-03-27", "file": photo})
    assert (done.status_code, done.url) == (303, f"{page_of(hearing)}#notice")
    proof = DutyProof.objects.get()
    assert (proof.recorded_by, proof.done_on) == (staff.communications, date(2023, 3, 27))
    file = client.get(page_of(hearing, f"prueba/{proof.pk}/archivo/"))
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_no_proof_of_another_event_is_reached(hearing, event_held, staff, client):
    proof = prove(hearing, staff.communications, "notice", "2023-03-27")
    client.force_login(staff.communications)
    path = page_of(event_held, f"prueba/{proof.pk}/")
    assert client.post(path, {"reason": "x"}).status_code == 404
    assert client.get(page_of(event_held, "deber/notice/")).status_code == 404  # no hearing


def test_a_hearing_called_too_late_wants_a_public_reason(hearing, staff, client):
    team = staff.communications
    assert minimum.late_notice(hearing, at("2023-03-27")) is None
    with pytest.raises(MoveRefused, match="27 de marzo de 2023"):
        events.announce(hearing, actor=team, at=at("2023-03-28"))
    client.force_login(team)
    move = f"/gestion/events/event/{hearing.pk}/mover/announce/"
    assert 'name="reason"' in client.get(move).content.decode()
    client.post(move, {"apply": "1", "reason": "El auditorio se inundó"})
    hearing.refresh_from_db()
    assert hearing.status == "announced"
    assert Transition.objects.get(move="announce").reason == "El auditorio se inundó"
    assert hearing.status_reason == "El auditorio se inundó"


def test_a_notice_issued_in_time_elsewhere_is_no_late_one(hearing, staff):
    prove(hearing, staff.communications, "notice", "2023-03-24")
    events.announce(hearing, actor=staff.communications, at=at("2023-04-03"))
    assert hearing.status == "announced"


def test_queries_of_the_panel_do_not_grow(hearing, staff, client):
    client.force_login(staff.communications)

    def count():
        client.get(page_of(hearing))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_of(hearing)).status_code == 200
        return len(captured)

    prove(hearing, staff.communications, "notice", "2023-03-27")
    few = count()
    for n in range(15):
        prove(hearing, staff.communications, "notice", "2023-03-27", note=f"Prueba {n}")
        hearing.documents.create(title=f"Anexo {n}", url="https://cas.example/a")
        workflow.mark_task(
            hearing, actor=staff.communications, code="phone",
            state="done" if n % 2 else "missing",
        )  # fmt: skip
    assert count() == few <= 30


def test_the_public_reads_why_a_hearing_was_called_late(hearing, staff, client):
    starts = datetime(2031, 4, 23, 8, tzinfo=BOGOTA)
    hearing.starts_at, hearing.ends_at = starts, starts + timedelta(hours=4)
    hearing.save()
    events.announce(
        hearing, actor=staff.communications, reason="Se dañó el auditorio <b>", at=at("2031-04-01")
    )
    page = client.get(hearing.get_absolute_url()).content.decode()
    assert "Esta audiencia se anunció después del día que pide la ley." in page
    assert "Se dañó el auditorio &lt;b&gt;" in page
    events.hold(hearing, actor=staff.communications, at=starts)
    assert "Se dañó" not in client.get(hearing.get_absolute_url()).content.decode()


def test_a_coming_hearing_without_its_notice_is_warned_about(hearing, staff):
    assert minimum.warnings(hearing, at("2023-04-01")) == []  # a draft
    hearing.status = "announced"
    words = "El aviso debía expedirse a más tardar el 27 de marzo de 2023"
    assert [said.startswith(words) for said in minimum.warnings(hearing, at("2023-04-01"))] == [
        True
    ]
    assert minimum.warnings(hearing, at("2023-03-27")) == []
    assert minimum.warnings(hearing, at("2023-04-27")) == []
    prove(hearing, staff.communications, "notice", "2023-03-27")
    assert minimum.warnings(hearing, at("2023-04-01")) == []


def test_what_the_notice_must_say_is_checked(hearing):
    def missing():
        return [one.label for one in duties.contents_of_notice(hearing) if not one.is_there]

    call, where = "Convocatoria a quienes quieran intervenir", "Dónde y hasta cuándo inscribirse"
    report = "Dónde se puede consultar el informe"
    assert missing() == [call, where, report]
    hearing.takes_speakers = True
    assert missing() == [where, report]
    hearing.ways.create(icon="place", title="Alcaldías", body="Inscríbase allí.")
    hearing.documents.create(title="Informe", url="https://cas.example/informe")
    assert missing() == []
    hearing.about = hearing.venue = ""
    assert missing() == ["Objeto de la audiencia", "Fecha, lugar y hora"]
