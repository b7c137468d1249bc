"""A round that is under way when the event is postponed or called off: no old letter leaves."""

from datetime import timedelta

import pytest

from events import workflow as event_workflow
from events.invitations import selectors, sending, workflow
from events.models import Contact, ContactGroup, Event, Invitation
from portal.base import clock, outbox
from portal.base.models import OutgoingMail, Transition
from tests.base.mail_server import MailServer, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings):
    handler = MailServer()
    with running(handler) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield handler


@pytest.fixture
def sent_two_of_five(event_open, staff, post):
    """A round of five, all written, two of them with their readers."""
    Contact.objects.bulk_create(
        Contact(group_id="media", organisation=f"Radio {n}", email=f"c{n}@example.org")
        for n in range(5)
    )
    groups = ContactGroup.objects.filter(code="media")
    row = workflow.start_round(event_open, actor=staff.communications, key="k" * 12, groups=groups)
    assert sending.expand_due() == 5
    assert outbox.send_due(limit=2) == 2
    return row


def told(post) -> list[tuple[str, str]]:
    return [(mail["Subject"].split()[0], mail.recipients[0][:2]) for mail in post.inbox]


def desk(client, staff, event) -> str:
    client.force_login(staff.communications)
    return client.get(f"/gestion/events/event/{event.pk}/invitaciones/").content.decode()


def test_a_postponed_event_takes_back_what_waits_and_goes_on_with_the_new_day(
    client, event_open, staff, post, sent_two_of_five
):
    event_workflow.postpone(event_open, actor=staff.communications, reason="Lluvias")
    assert selectors.progress(sent_two_of_five) == {"sent": 2, "failed": 0, "waiting": 0}
    assert Invitation.objects.count() == 2
    page = desk(client, staff, event_open)
    assert "2 de 5 enviadas" in page and "Espera: el evento está aplazado" in page

    post.inbox.clear()
    assert sending.expand_due() == 2 and outbox.send_due() == 2
    assert sorted(told(post)) == [("Aplazado:", "c0"), ("Aplazado:", "c1")]

    post.inbox.clear()
    later = event_open.starts_at + timedelta(days=30)
    event_workflow.set_new_date(
        event_open, actor=staff.communications, starts_at=later, ends_at=later + timedelta(hours=3)
    )
    sending.expand_due()
    outbox.send_due()
    invited = sorted(reader for subject, reader in told(post) if subject == "Invitación:")
    assert invited == ["c2", "c3", "c4"]
    assert len(post.inbox) == 5  # and the new day for the two who had the old one
    assert OutgoingMail.objects.filter(to="c4@example.org").count() == 1
    assert "Espera" not in desk(client, staff, event_open)


def test_a_cancelled_event_invites_nobody_more_and_the_round_says_so(
    client, event_open, staff, post, sent_two_of_five
):
    event_workflow.cancel(event_open, actor=staff.communications, reason="Lluvias")
    post.inbox.clear()
    sending.expand_due()
    outbox.send_due()
    assert sorted(told(post)) == [("Cancelado:", "c0"), ("Cancelado:", "c1")]
    sent_two_of_five.refresh_from_db()
    assert sent_two_of_five.finished_at
    assert "Se detuvo: el evento se canceló" in desk(client, staff, event_open)
    assert Transition.objects.get(move="take_back").to_state == "3"


def test_a_letter_that_is_on_its_way_is_not_taken_back(event_open, staff, sent_two_of_five):
    in_hand = OutgoingMail.objects.filter(status=OutgoingMail.Status.QUEUED).first()
    OutgoingMail.objects.filter(pk=in_hand.pk).update(status=OutgoingMail.Status.SENDING)
    event_workflow.postpone(event_open, actor=staff.communications, reason="Lluvias")
    assert Invitation.objects.filter(mail_key=in_hand.key).exists()
    assert selectors.to_tell(event_open).count() == 3


def test_a_round_of_another_event_goes_on(event_open, event_held, staff, sent_two_of_five):
    event_workflow.cancel(event_open, actor=staff.communications, reason="Lluvias")
    other = Event.objects.get(pk=event_held.pk)
    other.status, other.ends_at = Event.Status.ANNOUNCED, clock.now() + timedelta(days=1)
    other.save()
    groups = ContactGroup.objects.filter(code="media")
    workflow.start_round(other, actor=staff.communications, key="o" * 12, groups=groups)
    sending.expand_due()
    assert other.invitations.count() == 5
