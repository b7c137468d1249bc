"""News by e-mail: a page of its own, double opt-in, and one letter to who follows twice."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from events import workflow
from events.models import Event
from portal.base import announcements, follows
from portal.base.models import OutgoingMail, Subscription
from tests import cast
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db
READER = "ana@example.org"


def letters() -> list[str]:
    announcements.expand_due()
    return list(OutgoingMail.objects.filter(is_bulk=True).values_list("subject", flat=True))


@pytest.fixture
def draft(entity):
    starts = datetime(2031, 5, 6, 9, tzinfo=BOGOTA)
    event = cast.make_event(
        slug="2031-05-06-foro", title="Foro del agua", status="draft",
        starts_at=starts, ends_at=starts + timedelta(hours=3),
    )  # fmt: skip
    event.agenda.create(title="Saludo", minutes=180)
    event.venue, event.about = "Casa de la cultura", "El agua"
    event.cutoff_on, event.questions_close_at = date(2020, 11, 30), starts
    event.save()
    return event


def test_the_whole_way_from_the_page_to_the_letter(client, draft, staff):
    page = client.get("/suscribirse/")
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    sent = client.post("/suscribirse/", {"email": READER, "wanted": "news"})
    assert sent.headers["Location"] == "/suscribirse/?enviado=1"
    assert "Revise su correo" in client.get("/suscribirse/?enviado=1").content.decode()
    text = OutgoingMail.objects.get(key__startswith="follow:").text
    assert "las novedades de este portal" in text
    link = urlsplit(re.search(r"http\S+/seguir/confirmar/\S+", text)[0]).path
    client.post(link)
    assert list(follows.followers("news").values_list("email", flat=True)) == [READER]
    workflow.announce(draft, actor=staff.communications)
    assert letters() == ["Le invitamos: Foro del agua"]


def test_only_the_event_in_focus_may_be_chosen(client, event_open):
    page = client.get("/suscribirse/").content.decode()
    assert f'value="event:{event_open.slug}"' in page
    client.post("/suscribirse/", {"email": READER, "wanted": f"event:{event_open.slug}"})
    assert Subscription.objects.get().topic == f"event:{event_open.slug}"
    refused = client.post("/suscribirse/", {"email": READER, "wanted": "question:1"})
    assert refused.status_code == 200 and Subscription.objects.count() == 1


def test_without_a_coming_event_there_is_nothing_to_choose(client, event_held):
    assert 'name="wanted"' not in client.get("/suscribirse/").content.decode()
    client.post("/suscribirse/", {"email": READER})
    assert Subscription.objects.get().topic == "news"


@pytest.mark.parametrize("typed", ["", "ana", "a@b"])
def test_a_wrong_address_is_told_beside_the_field(client, entity, typed):
    page = client.post("/suscribirse/", {"email": typed}).content.decode()
    assert 'id="id_email-error"' in page and not Subscription.objects.exists()


def test_who_follows_the_event_and_the_news_gets_one_letter(event_open, staff):
    for topic in (f"event:{event_open.slug}", follows.NEWS):
        follows.add(topic, READER, "es-co")
    workflow.postpone(event_open, actor=staff.communications, reason="Lluvias.")
    assert len(letters()) == 1


def test_a_draft_is_no_news(draft, client):
    follows.add(follows.NEWS, READER, "es-co")
    assert Event.objects.get(pk=draft.pk).status == "draft"
    assert letters() == []
