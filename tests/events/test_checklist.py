"""The list of an event: what the portal sees by itself, what people mark, what no one can tick."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.models import Commitment, Minutes, SessionRecord, Signatory
from entity.models import Office
from events import stream_tests
from events.convocation import checklist, workflow
from events.models import AudienceCount, Event
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.models import Transition

pytestmark = pytest.mark.django_db
CODES = {
    "before": [
        "date_and_media", "subject_and_cutoff", "report", "agenda", "rules", "form", "streams",
        "access", "invited", "phone",
    ],
    "during": ["screen", "moderators", "log", "survey", "attendance"],
    "after": [
        "recording", "answers", "matrix", "commitments", "minutes", "evaluation", "told",
        "participa", "closed",
    ],
}  # fmt: skip


def rows(event) -> dict[str, checklist.Row]:
    return {row.task.code: row for row in checklist.of_event(event).rows}


def is_done(event, code) -> bool:
    return rows(event)[code].is_done


def mark(event, actor, code, state, reason=""):
    workflow.mark_task(event, actor=actor, code=code, state=state, reason=reason)


def path(event, code) -> str:
    return f"/gestion/events/event/{event.pk}/convocatoria/tarea/{code}/"


def test_the_tasks_stand_under_their_stages(event_open):
    stages = checklist.of_event(event_open).stages
    assert {stage: [row.task.code for row in found] for stage, _l, found in stages} == CODES
    labels = [label for _s, label, _r in stages]
    assert labels == ["Antes de la jornada", "Durante la jornada", "Después de la jornada"]


def test_what_the_event_says_is_checked_by_itself(event_open, staff):
    assert {code for code, row in rows(event_open).items() if row.is_done} == {
        "date_and_media", "subject_and_cutoff", "agenda",
    }  # fmt: skip
    event_open.questions_close_at, event_open.rules = event_open.starts_at, "Tres minutos."
    event_open.has_interpreter = event_open.has_captions = True
    event_open.cutoff_on = None
    event_open.save()
    stream = event_open.streams.get()
    stream_tests.record_test(stream, actor=staff.communications, result="works", url=stream.url)
    AudienceCount.objects.create(event=event_open, channel="room", people=40)
    found = rows(event_open)
    assert {code for code, row in found.items() if row.is_done} == {
        "date_and_media", "agenda", "rules", "form", "access", "streams", "attendance",
    }  # fmt: skip
    assert found["subject_and_cutoff"].verdict.note == "Falta: la fecha de corte"
    assert found["streams"].verdict.note == "Funcionan 1 de 1"


def test_a_report_is_a_page_and_a_pdf(event_open):
    page = {"kind": "management_report", "url": "https://cas.example/informe", "format": "HTML"}
    event_open.documents.create(title="Informe", **page)
    assert rows(event_open)["report"].verdict.note == "Falta el PDF."
    event_open.documents.create(title="Informe", **{**page, "format": "PDF"})
    assert is_done(event_open, "report")


def test_the_archive_of_a_held_event(event_held):
    notes = {code: row.verdict.note for code, row in rows(event_held).items() if row.verdict}
    assert notes["recording"] == "No hay grabación."
    record = SessionRecord.objects.create(
        event=event_held, recording_url="https://video.example/1", status="published"
    )
    assert rows(event_held)["recording"].verdict.note == "Faltan los subtítulos."
    SessionRecord.objects.filter(pk=record.pk).update(has_captions=True)
    now = clock.now()
    minutes = Minutes.objects.create(
        event=event_held, number="1", place="San Gil", started_at=now, ended_at=now,
        president="P", secretary="S", status="published", published_at=now,
    )  # fmt: skip
    signatory = Signatory.objects.create(minutes=minutes, role="Preside", position="Dirección")
    assert rows(event_held)["minutes"].verdict.note == "Falta una firma."
    Signatory.objects.filter(pk=signatory.pk).update(signed_on=date(2020, 12, 28))
    Commitment.objects.create(
        reference="C-01", slug="x", event=event_held, title="Reforestar", promised="Reforestar",
        office=Office.objects.first(), original_due_on=date(2021, 3, 1), due_on=date(2021, 3, 1),
        status="pending",
    )  # fmt: skip
    found = rows(event_held)
    done = {code for code in CODES["after"] if found[code].is_done}
    assert done >= {"recording", "closed", "minutes", "commitments"}


def test_a_person_marks_and_takes_away(event_open, staff, client):
    client.force_login(staff.communications)
    assert client.post(path(event_open, "phone"), {"state": "done"}).status_code == 303
    assert is_done(event_open, "phone")
    client.post(path(event_open, "phone"), {"state": "done"})  # a second press
    client.post(path(event_open, "phone"), {"state": "missing"})
    assert not is_done(event_open, "phone")
    moves = Transition.objects.filter(move="mark_task").values_list("detail", "to_state", "actor")
    actor = staff.communications.pk
    assert list(moves) == [("phone", "done", actor), ("phone", "missing", actor)]


def test_not_applicable_wants_a_reason_and_leaves_the_sum(event_open, staff, client):
    client.force_login(staff.communications)
    refused = client.post(path(event_open, "screen"), {"state": "not_applicable", "reason": " "})
    assert refused.status_code == 409
    assert 'id="motivo-screen-error"' in refused.content.decode()
    assert checklist.of_event(event_open).total == 24
    long = client.post(path(event_open, "screen"), {"state": "not_applicable", "reason": "a" * 201})
    assert long.status_code == 409 and 'value="' + "a" * 201 + '"' in long.content.decode()
    reason = "La jornada es virtual <b>"
    client.post(path(event_open, "screen"), {"state": "not_applicable", "reason": reason})
    page = client.get(f"/gestion/events/event/{event_open.pk}/convocatoria/").content.decode()
    assert "La jornada es virtual &lt;b&gt;" in page
    assert (checklist.of_event(event_open).total, is_done(event_open, "screen")) == (23, False)


@pytest.mark.parametrize(
    ("code", "state"), [("agenda", "done"), ("nada", "done"), ("phone", "quizás"), ("phone", "")]
)
def test_what_nobody_may_mark(event_open, staff, code, state):
    with pytest.raises(MoveRefused):
        mark(event_open, staff.communications, code, state)
    assert not event_open.marks.exists()


def test_who_may_not_mark(event_open, staff):
    for role in ("internal_control", "moderation", "office", "approval", "administration"):
        with pytest.raises(PermissionDenied):
            mark(event_open, staff[role], "phone", "done")
    assert not event_open.marks.exists()


def test_the_home_counts_anew_after_a_mark(event_open, staff):
    assert checklist.counts_of(event_open) == (3, 24)
    mark(event_open, staff.communications, "phone", "done")
    assert checklist.counts_of(event_open) == (4, 24)


def test_queries_do_not_grow(event_held, staff):
    def count():
        with CaptureQueriesContext(connection) as captured:
            checklist.of_event(event_held)
        return len(captured)

    few = count()
    for n in range(4):
        event_held.documents.create(title=f"Anexo {n}", url="https://cas.example/a")
        event_held.streams.create(label=f"Radio {n}", kind="radio", url="https://r.example")
    mark(event_held, staff.communications, "phone", "done")
    mark(event_held, staff.communications, "log", "done")
    assert count() <= few + 1 <= 16  # who marked, once there is a mark


def test_a_draft_is_told_what_is_missing(event_open, staff, client):
    Event.objects.filter(pk=event_open.pk).update(
        status="draft", cutoff_on=None, starts_at=event_open.starts_at + timedelta(days=60),
        ends_at=event_open.ends_at + timedelta(days=60),
    )  # fmt: skip
    client.force_login(staff.communications)
    page = client.get(f"/gestion/events/event/{event_open.pk}/convocatoria/").content.decode()
    assert "Antes de anunciarla, agregue: la fecha de corte, el día en que cierran" in page
