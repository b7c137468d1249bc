"""The form's cookie: what it opens, what it does not, and that no session is made of a citizen."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.test import Client

from events.models import Event
from portal.base import automatic, clock
from questions.models import Question

pytestmark = pytest.mark.django_db

NAME = "formulario"
TEXT = "¿Quién vigila los vertimientos a la quebrada de la vereda?"


@pytest.fixture
def root(event_open):
    return f"/eventos/{event_open.slug}/preguntar/"


def first_step(client, root, text=TEXT):
    with mock.patch("time.time", return_value=1_700_000_000):
        started = automatic.opened_now()
    fields = {"kind": "question", "text": text, "topic": "agua", "municipality": "Oiba"}
    return client.post(root, {**fields, "started": started})


def walk(client, root, text=TEXT):
    """Every step by the cookie alone: no step names the draft."""
    first_step(client, root, text)
    client.post(f"{root}datos/", {"display": "anonymous"})
    return client.post(f"{root}revisar/", {})


def code_on(client, root):
    """The secret code of the receipt; None where there is none to see."""
    page = client.get(f"{root}listo/").content.decode()
    found = re.search(r'class="secreto">([0-9A-Z-]+)<', page)
    return found and found.group(1)


def test_a_whole_walk_leaves_no_session_of_a_citizen(client, root):
    walk(client, root)
    assert code_on(client, root)
    assert Question.objects.count() == 1
    assert not Session.objects.exists()
    assert set(client.cookies) <= {NAME, "guardia"}


def test_scripts_do_not_read_it_and_other_sites_do_not_send_it(client, root):
    cookie = first_step(client, root).cookies[NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert cookie["max-age"] == 12 * 60 * 60


def test_it_is_encrypted_on_the_way_where_the_portal_is(client, root, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert first_step(client, root).cookies[NAME]["secure"]


def test_one_that_we_did_not_sign_opens_nothing(client, root):
    walk(client, root)
    token = client.cookies[NAME].value.split(":")[0].strip(".")
    for forged in (f".{token}", f".{token}:x:y", Signer(key="ours?").sign(f".{token}"), "a.b.c"):
        other = Client()
        other.cookies[NAME] = forged
        assert code_on(other, root) is None


def test_one_of_yesterday_opens_nothing(client, root):
    walk(client, root)
    later = clock.now().timestamp() + 12 * 60 * 60 + 1
    with mock.patch("time.time", return_value=later):
        assert code_on(client, root) is None


def test_another_browser_sees_no_receipt(client, root):
    walk(client, root)
    assert code_on(Client(), root) is None


def test_leaving_a_borrowed_telephone_forgets_receipt_and_draft(client, root):
    walk(client, root)
    first_step(client, root, "¿Cuándo limpian el río que pasa por la vereda?")
    client.post("/mi-pregunta/salir/")
    assert code_on(client, root) is None
    assert "Cuándo limpian" not in client.get(root).content.decode()


def test_who_did_not_get_the_answer_finds_the_receipt(client, root):
    first_step(client, root)
    client.post(f"{root}datos/", {"display": "anonymous"})
    before = client.cookies[NAME].value
    client.post(f"{root}revisar/", {})
    client.cookies[NAME] = before
    assert code_on(client, root)
    assert TEXT not in client.get(root).content.decode()


def test_the_next_question_is_a_new_draft_and_keeps_the_receipt_of_the_first(client, root):
    walk(client, root)
    code = code_on(client, root)
    first_step(client, root, "¿Cuándo limpian el río que pasa por la vereda?")
    assert code_on(client, root) == code
    client.post(f"{root}datos/", {"display": "anonymous"})
    client.post(f"{root}revisar/", {})
    assert code_on(client, root) not in (code, None)
    assert Question.objects.count() == 2


def test_terms_are_counted_by_the_event_as_it_is_when_it_is_sent(client, root, event_open):
    """The pages show an event that may be a second old; what is filed must not."""
    first_step(client, root)
    client.post(f"{root}datos/", {"display": "anonymous"})
    # past the workflow, so that no process hears of it
    ends_at = event_open.ends_at + timedelta(days=28)
    Event.objects.filter(pk=event_open.pk).update(ends_at=ends_at)
    client.post(f"{root}revisar/", {})
    question = Question.objects.get()
    assert question.event_due_on > clock.local_day(ends_at)
