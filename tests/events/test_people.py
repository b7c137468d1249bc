"""Who comes and who speaks: registered on the page or at the desk, seated, called, let in."""

import re
from datetime import date, datetime, timedelta
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied

from entity.models import Consent
from events.models import Attendee, Speaker
from events.people import selectors, windows, workflow
from events.people.chores import forget_contacts
from portal.base import automatic, clock
from portal.base.machine import MoveRefused
from portal.base.models import AccessEntry, OutgoingMail
from tests import cast
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db
CODE = re.compile(r'class="secreto">([0-9A-Z]{5}-[0-9A-Z]{5})<')


@pytest.fixture
def event(event_open):
    event_open.takes_attendees = event_open.takes_speakers = True
    event_open.seats, event_open.venue = 2, "Auditorio"
    event_open.save()
    return event_open


def opened() -> str:
    with mock.patch("django.core.signing.time.time", return_value=1_700_000_000):
        return automatic.opened_now()


def attend(client, event, **changes):
    data = {"name": "Ana Ruiz", "consent": "on", "started": opened()} | changes
    return client.post(f"/eventos/{event.slug}/inscribirse/", data)


def speak(client, event, **changes):
    data = {
        "name": "Ana Ruiz", "consent": "on", "started": opened(), "in_own_name": "1",
        "theme": "El agua de la vereda", "medium": "in_person",
    } | changes  # fmt: skip
    return client.post(f"/eventos/{event.slug}/intervenir/", data)


def person(name="Ana", **fields) -> workflow.Person:
    return workflow.Person(token=opened(), name=name, **fields)


def test_a_name_gives_a_seat_a_code_and_a_consent(client, event):
    sent = attend(client, event, municipality="oiba", needs="Silla de ruedas")
    page = client.get(sent.headers["Location"]).content.decode()
    attendee = Attendee.objects.get()
    code = CODE.search(page)[1]
    assert workflow.find(Attendee, event, code.lower().replace("-", " ")) == attendee
    assert "Código para la puerta" in page and "<svg" in page
    assert (attendee.status, attendee.municipality.name) == ("confirmed", "Oiba")
    assert Consent.objects.get().kind == "attendee"
    assert code not in str(vars(attendee)) and not OutgoingMail.objects.exists()


def test_with_an_email_the_code_goes_there_and_the_page_is_the_same_for_who_is_known(client, event):
    pages = []
    for _time in range(2):
        sent = attend(client, event, email="Ana@Example.org")
        pages.append(client.get(sent.headers["Location"]).content.decode())
    assert pages[0] == pages[1] and CODE.search(pages[0]) is None
    assert Attendee.objects.count() == 1
    first, second = OutgoingMail.objects.order_by("pk")
    assert re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", first.text) and "Ya está inscrit" in second.subject
    assert "Ana" not in first.subject


def test_the_third_waits_and_gets_the_seat_that_is_given_back(client, event):
    for number in range(3):
        attend(client, event, email=f"n{number}@example.org")
    rows = list(Attendee.objects.order_by("pk"))
    assert [row.status for row in rows] == ["confirmed", "confirmed", "waiting"]
    assert "lista de espera" in OutgoingMail.objects.get(to="n2@example.org").text
    workflow.cancel_attendance(rows[0])
    rows[2].refresh_from_db()
    assert rows[2].status == "confirmed"
    told = OutgoingMail.objects.filter(to="n2@example.org").order_by("-pk").first()
    assert told.subject == "Hay un cupo para usted"


def test_a_seat_that_was_not_theirs_is_given_to_nobody(event):
    rows = [workflow.register_attendee(event, person(f"N{n}")) for n in range(4)]
    workflow.cancel_attendance(rows[3])
    assert selectors.figures(event)["confirmed"] == 2
    with pytest.raises(MoveRefused):
        workflow.cancel_attendance(rows[3])


def test_the_link_of_the_mail_opens_the_own_page_and_cancels(client, event):
    attend(client, event, email="ana@example.org")
    text = OutgoingMail.objects.get().text
    link = urlsplit(re.search(r"http\S+/inscripcion/\S+", text)[0]).path
    assert client.get("/inscripcion/").status_code == 410
    assert client.get(link).headers["Location"] == "/inscripcion/"
    page = client.get("/inscripcion/")
    assert "Con cupo" in page.content.decode() and "no-store" in page.headers["Cache-Control"]
    assert Attendee.objects.get().status == "confirmed"
    client.post("/inscripcion/")
    assert Attendee.objects.get().status == "cancelled"
    assert client.get("/inscripcion/attendee.1:x:forged/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Escriba su nombre"),
        ({"consent": ""}, "Marque la casilla"),
        ({"municipality": "Oyva"}, "No encontramos «Oyva»"),
        ({"email": "ana"}, "Revise el correo"),
        ({"sitio_web": "x"}, "Lea sus datos otra vez"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, event, changes, sentence):
    text = attend(client, event, organisation="Junta de la vereda", **changes).content.decode()
    assert sentence in text and "Junta de la vereda" in text and not Attendee.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"theme": ""}, "theme"),
        ({"theme": "a" * 301}, "theme"),
        ({"in_own_name": "0"}, "organisation"),
        ({"medium": "video"}, "material_url"),
        ({"medium": "audio", "material_url": "javascript:alert(1)"}, "material_url"),
        ({"medium": "text"}, "text"),
    ],
)
def test_what_a_speaker_must_say(client, event, changes, field):
    text = speak(client, event, **changes).content.decode()
    assert f'id="id_{field}-error"' in text and not Speaker.objects.exists()


def test_a_speaker_is_last_in_the_order_and_told(client, event):
    speak(client, event, email="ana@example.org", topic="agua")
    speak(client, event, name="Bea", medium="text", text="Buenos días.")
    assert list(Speaker.objects.values_list("name", "order")) == [("Ana Ruiz", 1), ("Bea", 2)]
    assert "para intervenir" in OutgoingMail.objects.get().subject


def test_a_second_press_is_one_registration(client, event):
    started = opened()
    for _press in range(2):
        assert attend(client, event, started=started).status_code == 303
        assert speak(client, event, started=started).status_code == 303
    assert (Attendee.objects.count(), Speaker.objects.count()) == (1, 1)


def test_the_eleventh_from_one_connection_waits(client, event):
    for _time in range(10):
        attend(client, event)
    assert attend(client, event).status_code == 429
    assert Attendee.objects.count() == 10


def test_registration_closes_three_working_days_before_a_hearing(entity):
    """CDMB's hearing of 26 April 2023: registration until 21 April."""
    starts = datetime(2023, 4, 26, 9, tzinfo=BOGOTA)
    hearing = cast.make_event(
        slug="2023-04-26-audiencia", title="Audiencia", status="announced", takes_speakers=True,
        starts_at=starts, ends_at=starts + timedelta(hours=3),
        kind=cast.EventKind.objects.get(code="audiencia_publica"),
    )  # fmt: skip
    assert windows.speakers_close(hearing) == clock.day_start(date(2023, 4, 22))
    assert windows.takes_speakers(hearing, datetime(2023, 4, 21, 23, 59, tzinfo=BOGOTA))
    assert not windows.takes_speakers(hearing, datetime(2023, 4, 22, 0, 0, tzinfo=BOGOTA))


def test_who_comes_late_is_told_and_offered_the_form(client, event):
    event.speakers_close_at = clock.now() - timedelta(minutes=1)
    event.save()
    text = client.get(f"/eventos/{event.slug}/intervenir/").content.decode()
    assert "cerró" in text and f"/eventos/{event.slug}/preguntar/" in text
    assert "está cerrada" in speak(client, event).content.decode()
    assert not Speaker.objects.exists()


def test_codes_of_another_event_open_nothing(event, event_held):
    attendee = person()
    workflow.register_attendee(event, attendee)
    assert workflow.find(Attendee, event_held, attendee.code) is None
    assert workflow.find(Speaker, event, attendee.code) is None


def test_the_door_lets_in_once_and_says_when(desk, client, event, staff):
    attendee = person("Ana Ruíz")
    row = workflow.register_attendee(event, attendee)
    desk(staff.communications)
    page = f"/gestion/events/event/{event.pk}/entrada/"
    for asked in ({"codigo": attendee.code}, {"q": "ruiz ana"}):
        assert "Ana Ruíz" in client.get(page, asked).content.decode()
    for _press in range(2):
        answer = client.post(page, {"attendee": row.pk}, follow=True).content.decode()
    assert "ya había entrado" in answer
    assert selectors.figures(event)["inside"] == 1
    client.post(page, {"walk_in": "1", "name": "Bea", "started": opened()})
    assert selectors.figures(event) == {"confirmed": 2, "waiting": 0, "inside": 2, "walk_ins": 1}
    assert selectors.peaks(event) == [{"channel": "room", "label": "En el recinto", "people": 2}]


def test_the_order_of_speakers_is_moved_and_marked(desk, client, event, staff):
    rows = [workflow.register_speaker(event, person(name)) for name in "ABC"]
    desk(staff.communications)
    page = f"/gestion/events/event/{event.pk}/intervenciones/"
    client.post(page, {"act": f"up-{rows[2].pk}"})
    client.post(page, {"act": f"heard-{rows[0].pk}"})
    client.post(page, {"act": f"up-{rows[0].pk}"})
    shown = selectors.order_of_speakers(event)
    assert [(row.name, row.status) for row in shown] == [
        ("A", "heard"), ("C", "registered"), ("B", "registered"),
    ]  # fmt: skip
    assert client.post(page, {"act": "fly-1"}).status_code == 400
    assert client.post(page, {"act": f"up-{'9' * 30}"}).status_code == 400


def test_a_speaker_of_another_channel_is_entered_with_how_they_authorised(
    desk, client, event, staff
):
    desk(staff.communications)
    page = f"/gestion/events/event/{event.pk}/intervenciones/agregar/"
    data = {
        "name": "Carlos", "theme": "La minería", "medium": "zoom", "in_own_name": "1",
        "consent": "on", "means": "spoken", "started": opened(),
    }  # fmt: skip
    assert client.post(page, data | {"theme": ""}).status_code == 200
    assert client.post(page, data).status_code == 303
    assert Speaker.objects.get().entered_by == staff.communications
    assert Consent.objects.get().means == "spoken"


def test_how_to_reach_somebody_is_behind_a_click_that_is_written_down(desk, client, event, staff):
    row = workflow.register_attendee(event, person(email="ana@example.org", phone="300 123"))
    desk(staff.communications)
    page = f"/gestion/events/attendee/{row.pk}/change/"
    assert "ana@example.org" not in client.get(page).content.decode()
    shown = client.post(f"/gestion/events/attendee/{row.pk}/contacto/").content.decode()
    assert "ana@example.org" in shown and "300 123" in shown
    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.kind, entry.object_id) == (
        staff.communications, "attendee", row.pk,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "internal_control"])
def test_other_roles_see_nobody(desk, client, event, staff, role):
    row = workflow.register_attendee(event, person())
    desk(staff[role])
    for path in (
        f"event/{event.pk}/entrada/", f"event/{event.pk}/intervenciones/",
        f"event/{event.pk}/publico/", "attendee/", f"attendee/{row.pk}/change/", "speaker/",
    ):  # fmt: skip
        assert client.get(f"/gestion/events/{path}").status_code in (302, 403), path
    with pytest.raises(PermissionDenied):
        workflow.check_in(row, actor=staff[role])


def test_the_audience_is_counted_and_its_peak_shown(desk, client, event, staff):
    desk(staff.communications)
    page = f"/gestion/events/event/{event.pk}/publico/"
    for people in (80, 120, 95):
        data = {"channel": "zoom", "people": people, "counted_at": "2026-12-01T09:30"}
        assert client.post(page, data).status_code == 303
    assert selectors.peaks(event)[0]["people"] == 120
    assert client.post(page, {"channel": "zoom", "people": -1}).status_code == 200


def test_how_to_reach_them_is_forgotten_after_ninety_days(event):
    row = workflow.register_attendee(event, person(email="ana@example.org", phone="3"))
    speaker = workflow.register_speaker(event, person("Bea", phone="4"))
    forget_contacts(event.ends_at + timedelta(days=89))
    row.refresh_from_db()
    assert row.email == "ana@example.org"
    assert forget_contacts(event.ends_at + timedelta(days=91)) == 2
    row.refresh_from_db(), speaker.refresh_from_db()
    assert (row.email, row.phone, row.name, speaker.phone) == ("", "", "Ana", "")
