"""Invitations: whom a round reaches, what the worker writes, what the invited answer."""

import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from events import workflow as event_workflow
from events.invitations import selectors, sending, workflow
from events.models import Contact, ContactGroup, Event, Invitation, InvitationRound
from portal.base import clock, outbox
from portal.base.machine import MoveRefused
from portal.base.models import OutgoingMail
from tests.base.mail_server import MailServer, running

pytestmark = pytest.mark.django_db
GROUPS = ("alcaldias", "media")


@pytest.fixture
def contacts(db):
    rows = [
        Contact(group_id=GROUPS[n % 2], organisation=f"Org {n}", email=f"c{n}@example.org")
        for n in range(6)
    ]
    return Contact.objects.bulk_create(rows)


@pytest.fixture
def post(settings):
    handler = MailServer()
    with running(handler) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield handler


@pytest.fixture
def team(staff):
    return staff.communications


def start(event, team, *codes, key="abcdefghijkl", message=""):
    groups = ContactGroup.objects.filter(code__in=codes or GROUPS)
    return workflow.start_round(event, actor=team, key=key, groups=groups, message=message)


def calendar_of(message) -> Calendar:
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    assert part.get_param("method") == "PUBLISH"
    return Calendar.from_ical(part.get_payload(decode=True))


def test_a_round_reaches_its_groups_with_calendar_and_one_click(event_open, contacts, team, post):
    start(event_open, team, "alcaldias", message="Los esperamos.\n\nHabrá <café>.")
    assert sending.expand_due() == 3
    assert outbox.send_due() == 3
    first = post.inbox[0]
    assert sorted(m.recipients[0] for m in post.inbox) == [
        "c0@example.org", "c2@example.org", "c4@example.org",
    ]  # fmt: skip
    invitation = Invitation.objects.get(contact__email=first.recipients[0])
    text = first.get_body(("plain",)).get_content()
    assert f"/invitacion/{invitation.key}/" in text and "Habrá <café>." in text
    assert "Habrá &lt;café&gt;." in first.get_body(("html",)).get_content()
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert invitation.contact.key in first["List-Unsubscribe"]
    entry = calendar_of(first).walk("VEVENT")[0]
    assert entry["status"] == "CONFIRMED" and entry["dtstart"].dt == event_open.starts_at
    mail = OutgoingMail.objects.get(to=first.recipients[0])
    assert mail.is_bulk and invitation.key not in f"{mail.text}{mail.html}{mail.headers}"
    assert "-OF-THE-" not in first.as_string()


def test_nobody_twice_and_nobody_who_stopped(event_open, contacts, team):
    workflow.stop(contacts[0])
    start(event_open, team, "alcaldias")
    sending.expand_due()
    sending.expand_due()
    second = start(event_open, team, key="second-round")
    assert second.total == 3
    sending.expand_due()
    sending.expand_due()
    told = OutgoingMail.objects.order_by("to").values_list("to", flat=True)
    assert list(told) == [f"c{n}@example.org" for n in (1, 2, 3, 4, 5)]
    with pytest.raises(MoveRefused):
        start(event_open, team, key="third-round")


def test_pressed_twice_is_one_round(event_open, contacts, team):
    assert start(event_open, team) == start(event_open, team)
    assert InvitationRound.objects.count() == 1
    with pytest.raises(MoveRefused):
        start(event_open, team, key="another-one-")


def test_a_worker_that_dies_goes_on_without_asking_anybody_twice(
    event_open, contacts, team, monkeypatch
):
    monkeypatch.setattr(sending, "BATCH", 2)
    row, now = start(event_open, team), clock.now()
    assert sending.next_batch(row.pk, now) == 2
    write = sending._write

    def die(*args):
        write(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sending, "_write", die)
        sending.next_batch(row.pk, now)
    assert OutgoingMail.objects.count() == Invitation.objects.count() == 2
    assert sending.expand_due(now) == 4
    row.refresh_from_db()
    assert row.finished_at == now
    assert OutgoingMail.objects.values("to").distinct().count() == 6


def test_a_postponed_event_waits_and_a_cancelled_one_invites_nobody_more(
    event_open, contacts, team, monkeypatch
):
    monkeypatch.setattr(sending, "BATCH", 2)
    row = start(event_open, team)
    sending.next_batch(row.pk, clock.now())
    OutgoingMail.objects.update(status=OutgoingMail.Status.SENT)
    event_workflow.postpone(event_open, actor=team, reason="Lluvias")
    assert sending.expand_due() == 2  # the news, to the two who were invited
    assert selectors.progress(row) == {"sent": 2, "failed": 0, "waiting": 0}
    event_workflow.cancel(event_open, actor=team, reason="Lluvias")
    sending.expand_due()
    row.refresh_from_db()
    assert Invitation.objects.count() == 2 and row.finished_at


def test_who_was_invited_hears_of_a_cancellation_with_its_calendar(
    event_open, contacts, team, post
):
    start(event_open, team, "media")
    sending.expand_due()
    outbox.send_due()
    before = calendar_of(post.inbox[0]).walk("VEVENT")[0]
    workflow.stop(contacts[1])
    post.inbox.clear()
    event_workflow.cancel(event_open, actor=team, reason="Lluvias")
    sending.expand_due()
    outbox.send_due()
    assert sorted(m.recipients[0] for m in post.inbox) == ["c3@example.org", "c5@example.org"]
    after = calendar_of(post.inbox[0]).walk("VEVENT")[0]
    assert (after["status"], after["uid"]) == ("CANCELLED", before["uid"])
    assert after["sequence"] > before["sequence"]
    assert post.inbox[0]["Subject"].strip().startswith("Cancelado")


def test_a_failed_message_is_sent_again(event_open, contacts, team, staff, post):
    post.answers["c1@example.org"] = "550 no such user"
    row = start(event_open, team, "media")
    sending.expand_due()
    outbox.send_due()
    assert selectors.progress(row) == {"sent": 2, "failed": 1, "waiting": 0}
    with pytest.raises(PermissionDenied):
        workflow.retry_failed(row, actor=staff.internal_control)
    post.answers.clear()
    assert workflow.retry_failed(row, actor=team) == 1
    outbox.send_due()
    assert selectors.progress(row) == {"sent": 3, "failed": 0, "waiting": 0}


@pytest.fixture
def invitation(event_open, contacts, team):
    start(event_open, team)
    sending.expand_due()
    return Invitation.objects.order_by("pk").first()


def test_opening_changes_nothing_and_the_button_answers(client, invitation):
    path = f"/invitacion/{invitation.key}/"
    page = client.get(path)
    assert "no-store" in page.headers["Cache-Control"]
    assert 'name="robots" content="noindex"' in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.response == "" and invitation.responded_at is None
    assert client.post(path, {"response": "yes", "people": "3"}).status_code == 303
    assert "(3 personas)" in client.get(path).content.decode()
    client.post(path, {"response": "no", "people": "3"})
    invitation.refresh_from_db()
    assert (invitation.response, invitation.people) == ("no", 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Elija una de las tres respuestas"),
        ({"response": "perhaps"}, "perhaps"),
        ({"response": "yes", "people": "dos"}, "Escriba un número, por ejemplo 2"),
        ({"response": "yes", "people": "51"}, "Escriba un número de 1 a 50"),
        ({"response": "yes", "people": "9" * 400}, "Escriba un número de 1 a 50"),
    ],
)
def test_a_wrong_answer_is_told(client, invitation, data, sentence):
    page = client.post(f"/invitacion/{invitation.key}/", data)
    assert page.status_code == 200 and sentence in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.response == ""


def test_a_past_event_takes_no_answers(client, invitation):
    Event.objects.update(starts_at=clock.now() - timedelta(days=2))
    Event.objects.update(ends_at=clock.now() - timedelta(days=1))
    page = client.post(f"/invitacion/{invitation.key}/", {"response": "yes"})
    assert "ya no recibe respuestas" in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.response == ""
    assert client.get("/invitacion/nobody-has-this-key/").status_code == 404


def test_one_click_stops_and_takes_back_what_waits(client, invitation):
    mail = OutgoingMail.objects.get(to=invitation.contact.email)
    stop = urlsplit(mail.headers["List-Unsubscribe"].strip("<>")).path
    client.get(stop)
    assert Contact.objects.filter(stopped_at__isnull=False).count() == 0
    answer = client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "No le enviaremos más" in answer.content.decode()
    mail.refresh_from_db()
    assert (mail.status, mail.text) == ("cancelled", "")
    assert Contact.objects.get(stopped_at__isnull=False) == invitation.contact


def test_the_evidence_names_no_person_and_no_address(client, staff, invitation):
    Contact.objects.update(person="Ana Ruiz", phone="3001234567")
    client.force_login(staff.internal_control)
    page = client.get(f"/gestion/events/event/{invitation.event_id}/invitaciones/")
    lines = client.get(f"/gestion/events/event/{invitation.event_id}/invitaciones/lista/")
    table = b"".join(lines.streaming_content).decode()
    for text in (page.content.decode(), table):
        assert "Org 0" in text and "Alcaldías" in text
        assert not any(word in text for word in ("Ana Ruiz", "3001234567", "c0@example.org"))
    assert len(io.StringIO(table).readlines()) == 7
