"""“Copy this event”: what comes along, what stays behind, what is told beside its field."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events import copying
from events.models import Event
from tests.conftest import BOGOTA
from tests.events.desk import DESK, said

pytestmark = pytest.mark.django_db

NEW = {"title": "Otra jornada", "starts_at": "2031-03-05T14:00:00", "slug": "", "ends_at": ""}


@pytest.fixture
def event(event_held, staff):
    """The event of 2020 with everything of its own."""
    Event.objects.filter(pk=event_held.pk).update(
        rules="Tres minutos.", speaking_minutes=3, questions_per_person=2, has_captions=True,
        venue="Auditorio", place_url="https://map.example", status_reason="x", revision=4,
        questions_close_at=datetime(2020, 12, 18, 17, tzinfo=BOGOTA), cutoff_on="2020-11-30",
        topics_close_on="2020-12-01", calendar_sequence=7,
    )  # fmt: skip
    event_held.refresh_from_db()
    moment = event_held.agenda.first()
    moment.started_at, moment.recording_second = event_held.starts_at, 10
    moment.outcome = "Se abrió."
    moment.save()
    event_held.agenda.create(parent=moment, order=1, title="Himno", minutes=3)
    event_held.sections.create(slug="a", title="A", body="x")
    event_held.ways.create(icon="mail", title="Carta", body="x")
    event_held.documents.create(title="Informe", url="https://a.example")
    event_held.halls.create(network="200.1.2.3", label="Sala")
    event_held.streams.update(
        test_result="works", tested_by=staff.root, tested_at=event_held.starts_at,
        test_note="ok", recording_url="https://r.example", dial_in="601 555 0143",
        opens_at=event_held.starts_at - timedelta(minutes=15),
    )  # fmt: skip
    return event_held


@pytest.fixture
def copy(event, desk, staff):
    """`copy(**typed)`: ask for the copy as the browser does."""
    client = desk(staff.communications)
    return lambda **typed: client.post(f"{DESK}{event.pk}/copiar/", {**NEW, **typed})


def test_the_copy_is_a_draft_of_another_day(copy, event):
    response = copy()
    made = Event.objects.get(title="Otra jornada")
    assert response.url == f"{DESK}{made.pk}/change/"
    assert (made.slug, made.status, made.status_reason) == ("2031-03-05-jornada", "draft", "")
    assert (made.revision, made.calendar_sequence, made.announced_at) == (0, 0, None)
    assert made.starts_at == datetime(2031, 3, 5, 14, tzinfo=BOGOTA)
    assert made.ends_at == datetime(2031, 3, 5, 17, tzinfo=BOGOTA)
    assert (made.kind, made.about, made.rules) == (event.kind, event.about, "Tres minutos.")
    assert (made.speaking_minutes, made.has_captions, made.venue) == (3, True, "Auditorio")
    assert any("Aquí está el borrador." in words for words in said(response))


def test_days_that_count_from_the_event_keep_their_distance(copy):
    copy()
    made = Event.objects.get(title="Otra jornada")
    assert made.questions_close_at == datetime(2031, 3, 2, 22, tzinfo=UTC)
    assert made.topics_close_on.isoformat() == "2031-02-13"
    assert made.streams.get().opens_at == datetime(2031, 3, 5, 8, 45, tzinfo=BOGOTA)
    assert (made.cutoff_on, made.period_from) == (None, None)


def test_what_comes_along_and_what_stays(copy, event):
    copy()
    made = Event.objects.get(title="Otra jornada")
    points = made.agenda.order_by("pk").values_list("title", "parent__title", "minutes")
    assert list(points) == [
        ("Instalación", None, 15), ("Diálogo con la ciudadanía", None, 45),
        ("Himno", "Instalación", 3),
    ]  # fmt: skip
    assert set(made.agenda.values_list("started_at", "recording_second", "outcome")) == {
        (None, None, "")
    }
    stream = made.streams.get()
    assert (stream.url, stream.dial_in) == ("https://video.example/cas", "601 555 0143")
    assert (stream.test_result, stream.tested_by, stream.test_note, stream.recording_url) == (
        "", None, "", "",
    )  # fmt: skip
    assert [s.slug for s in made.sections.all()] == ["a"]
    assert [w.title for w in made.ways.all()] == ["Carta"]
    assert not made.documents.exists()
    assert not made.halls.exists()
    assert event.agenda.count() == 3


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"starts_at": ""}, "starts_at", "Escriba el día y la hora."),
        ({"starts_at": "mañana"}, "starts_at", "Escriba el día y la hora."),
        ({"starts_at": "9999-12-31T23:30:00"}, "starts_at", "Revise el año"),
        ({"ends_at": "0001-01-01T00:00:00"}, "ends_at", "Revise el año"),
        ({"ends_at": "2031-03-05T13:00:00"}, "ends_at", "El fin debe ser después del inicio."),
        ({"slug": "2020-12-21-jornada"}, "slug", "Otra jornada tiene esta dirección."),
        ({"slug": "jornada nueva"}, "slug", "Empiece con la fecha"),
        ({"title": ""}, "title", "Este campo es obligatorio."),
    ],
)
def test_mistakes_are_told_beside_their_field(copy, typed, field, words):
    response = copy(**{"title": "Lo que escribí", **typed})
    assert response.status_code == 200
    text = response.content.decode()
    assert list(response.context["form"].errors) == [field]
    assert words in text
    assert f'aria-describedby="id_{field}' in text or f'id_{field}-error"' in text
    assert Event.objects.count() == 1


def test_the_same_day_twice_gives_two_addresses(copy):
    copy(title="Otra jornada en Vélez")
    copy(title="Otra jornada en Oiba")
    slugs = Event.objects.filter(title__startswith="Otra").values_list("slug", flat=True)
    assert set(slugs) == {"2031-03-05-jornada", "2031-03-05-jornada-2"}


def test_pressed_twice_it_is_one_draft(copy):
    first, second = copy(), copy()
    assert first.headers["Location"] == second.headers["Location"]
    assert Event.objects.filter(title="Otra jornada").count() == 1


def test_a_written_address_pressed_twice_is_told(copy):
    assert copy(slug="2031-03-05-foro").status_code == 303
    assert "Otra jornada tiene esta dirección." in copy(slug="2031-03-05-foro").content.decode()


@pytest.mark.parametrize("role", ["moderation", "office", "internal_control", "administration"])
def test_who_may_not_add_events_copies_none(desk, staff, event, role):
    assert desk(staff[role]).get(f"{DESK}{event.pk}/copiar/").status_code == 403
    assert desk(staff[role]).post(f"{DESK}{event.pk}/copiar/", NEW).status_code == 403
    day = datetime(2031, 1, 1, tzinfo=UTC)
    told = {"title": "x", "slug": "2031-01-01-x", "starts_at": day, "ends_at": day}
    with pytest.raises(PermissionDenied):
        copying.copy_event(event, actor=staff[role], **told)
    assert Event.objects.count() == 1
