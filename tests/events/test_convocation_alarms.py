"""Alarms of legal days: each step once, one letter a day, nothing after a proof."""

from datetime import date, datetime, timedelta

import pytest

from events.convocation import notifications, workflow
from events.legal_calendar import Duty
from events.models import Event, EventKind
from portal.base.models import OutgoingMail
from tests import cast
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db


def at(day: str, hour=8) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=BOGOTA)


@pytest.fixture
def hearing(staff):
    """The hearing of 26 April 2023, its team of one person, and somebody who only reads."""
    assert staff.communications and staff.internal_control
    starts = at("2023-04-26", 8)
    return cast.make_event(
        slug="2023-04-26-audiencia", title="Audiencia de seguimiento", status="draft",
        kind=EventKind.objects.get(code="audiencia_seguimiento"), starts_at=starts,
        ends_at=starts + timedelta(hours=4),
    )  # fmt: skip


def told(*days: str) -> list[tuple[str, str]]:
    """Run the chore on each day, as the worker does; the day and what each letter says."""
    found = []
    for day in days:
        before = set(OutgoingMail.objects.values_list("pk", flat=True))
        notifications.tell_duties(at(day))
        found += [(day, mail.text) for mail in OutgoingMail.objects.exclude(pk__in=before)]
    return found


def test_each_step_of_a_duty_is_told_once(hearing, staff):
    days = [f"2023-03-{n:02}" for n in (15, 16, 17, 21, 22, 23, 24, 27, 28, 29)]
    letters = told(*days)
    # 5, 2 and 1 working days before the 27th, and the day after it. The 20th is a holiday. The
    # report is due on 6 April, Holy Thursday: five working days before it is the 29th of March.
    assert [day for day, _text in letters] == [
        "2023-03-17", "2023-03-23", "2023-03-24", "2023-03-28", "2023-03-29",
    ]  # fmt: skip
    first = letters[0][1]
    assert "Aviso expedido (Audiencia de seguimiento): hasta el 27 mar 2023." in first
    assert "Faltan 5 días hábiles" in first
    assert f"/gestion/events/event/{hearing.pk}/convocatoria/" in first
    assert "Atrasada 1 día" in letters[3][1]
    assert "Informe a disposición" in letters[4][1]
    to = set(OutgoingMail.objects.values_list("to", flat=True))
    assert to == {"communications@cas.example"}
    assert set(OutgoingMail.objects.values_list("subject", flat=True)) == {
        "Días legales de sus jornadas"
    }


def test_one_letter_a_day_with_all_that_is_due(hearing):
    letters = told("2023-04-27")
    assert len(letters) == 1
    text = letters[0][1]
    for duty in ("Aviso expedido", "Aviso fijado", "Informe a disposición", "Inscripción", "Acta"):
        assert duty in text
    assert told("2023-04-27") == []


def test_nothing_of_what_has_its_proof(hearing, staff):
    workflow.add_proof(
        hearing, actor=staff.communications, duty=Duty.NOTICE, done_on=date(2023, 3, 15),
        note="Cartelera",
    )  # fmt: skip
    assert told("2023-03-17") == []
    # It may come down on the 30th: of that the team hears, of the notice no more.
    assert ["Aviso expedido" in text for _day, text in told("2023-03-24")] == [False]


def test_a_worker_that_was_down_tells_later(hearing):
    letters = told("2023-03-22")
    assert [day for day, _text in letters] == ["2023-03-22"]
    assert "Faltan 3 días hábiles" in letters[0][1]
    assert told("2023-03-23")[0][1].count("Aviso expedido") >= 1


def test_only_on_working_days_from_seven_on(hearing):
    assert notifications.tell_duties(at("2023-03-17", 6)) == 0
    assert notifications.tell_duties(at("2023-03-18")) == 0  # Saturday
    assert notifications.tell_duties(at("2023-03-20")) == 0  # holiday
    assert notifications.tell_duties(at("2023-03-17", 7)) == 1


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_nothing_of_what_will_not_be(hearing, status):
    Event.objects.filter(pk=hearing.pk).update(status=status)
    assert told("2023-03-24") == []


def test_history_makes_no_alarm(event_held, staff):
    assert staff.communications
    assert told("2026-11-20") == []


def test_without_a_team_it_is_told_to_the_first_one(hearing, staff):
    staff.communications.is_active = False
    staff.communications.save()
    assert told("2023-03-24") == []
    staff.make("communications", username="nueva")
    assert len(told("2023-03-24")) == 1
