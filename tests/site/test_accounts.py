"""Accounts of the staff: the few pages that are open, and a reset letter that cannot be bent."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal.base import outbox
from portal.base.models import OutgoingMail


def h1_count(response):
    return response.content.decode().count("<h1")


@pytest.mark.parametrize(
    "address",
    ["login/", "signup/", "inactive/", "password/reset/", "password/reset/done/",
     "password/reset/key/done/", "password/reset/key/1-abc/"],
)  # fmt: skip
def test_open_pages_look_like_the_portal(client, entity, address):
    response = client.get(f"/cuenta/{address}")
    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="es-CO"' in page
    assert page.count("<main") == 1
    assert h1_count(response) == 1
    for field in re.findall(r'<input[^>]* id="([^"]+)"', page):
        assert f'for="{field}"' in page
    assert "style=" not in page
    assert "<script" not in page
    assert "no-store" in response.headers["Cache-Control"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["email/", "confirm-email/", "confirm-email/x/", "password/set/", "3rdparty/",
                "login/code/", "login/code/confirm/", ""],
)  # fmt: skip
def test_every_other_page_of_accounts_is_closed(client, entity, address):
    assert client.get(f"/cuenta/{address}").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_email")


def test_nobody_signs_up(client, entity, django_user_model):
    data = {"username": "nadie", "password1": "una frase larga y propia"}
    data["password2"] = data["password1"]
    response = client.post("/cuenta/signup/", data)
    assert response.status_code == 200
    assert h1_count(response) == 1
    assert not django_user_model.objects.exists()
    assert 'name="password1"' not in response.content.decode()


def test_the_desk_sends_to_the_login_of_accounts(client, entity, staff):
    response = client.get("/gestion/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/cuenta/login/")
    assert 'name="login"' in response.content.decode()


def test_signing_in_leads_to_the_desk(client, entity, staff):
    staff.moderation.set_password("una frase larga y propia")
    staff.moderation.save()
    data = {"login": "moderation", "password": "una frase larga y propia"}
    response = client.post("/cuenta/login/", data)
    assert response.headers["Location"] == "/gestion/"
    wrong = Client().post("/cuenta/login/", {**data, "password": "otra"})
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.content.decode()


@pytest.mark.parametrize("address", ["password/change/", "logout/", "reauthenticate/"])
def test_pages_of_those_who_are_in(client, entity, staff, address):
    client.force_login(staff.moderation)
    response = client.get(f"/cuenta/{address}", follow=True)
    assert response.status_code == 200
    assert h1_count(response) == 1


def test_the_reset_letter_waits_in_the_outbox(client, entity, staff, mailoutbox):
    email = staff.approval.email
    response = client.post("/cuenta/password/reset/", {"email": email})
    assert response.status_code == 302
    letter = OutgoingMail.objects.get()
    assert letter.to == email
    link = re.search(r"http://127\.0\.0\.1:8000(/cuenta/password/reset/key/\S+)", letter.text)
    assert link, letter.text
    assert client.get(link[1], follow=True).status_code == 200
    assert not mailoutbox
    outbox.send_due()
    assert len(mailoutbox) == 1
    assert link[1] not in OutgoingMail.objects.get().text


def test_an_unknown_address_learns_nothing(client, entity, staff):
    known = client.post("/cuenta/password/reset/", {"email": staff.approval.email})
    unknown = client.post("/cuenta/password/reset/", {"email": "nadie@other.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert OutgoingMail.objects.count() == 1
