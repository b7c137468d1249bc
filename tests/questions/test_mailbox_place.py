"""IMAP_URL: what can be read from it, and what is told of one that can't be used."""

import pytest
from django.core.checks import run_checks

from questions.mailbox.place import Place, WrongAddress, own_place, place_of, reply_address


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (
            "imaps://direccion%40cas.gov.co:a%3Ab%2F%40@mail.cas.gov.co/INBOX",
            ("mail.cas.gov.co", 993, "direccion@cas.gov.co", "a:b/@", "INBOX", "tls"),
        ),
        ("imaps://u:p@h:1993/Buz%C3%B3n/Uno", ("h", 1993, "u", "p", "Buzón/Uno", "tls")),
        ("imap://u:p@mail.example", ("mail.example", 143, "u", "p", "INBOX", "starttls")),
        ("imap://u:p@127.0.0.1:1143/", ("127.0.0.1", 1143, "u", "p", "INBOX", "none")),
        ("imap://u:p@[::1]/X", ("::1", 143, "u", "p", "X", "none")),
        ("imap://u:p@localhost/X", ("localhost", 143, "u", "p", "X", "none")),
        ("imap://u:p@localhost.example/X", ("localhost.example", 143, "u", "p", "X", "starttls")),
    ],
)
def test_the_parts_of_an_address(url, place):
    assert place_of(url) == Place(*place)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("pop3://u:secreta@h", "neither imaps:// nor imap://"),
        ("imaps:///INBOX", "no host"),
        ("imaps://u@h", "no user or no password"),
        ("imaps://h/INBOX", "no user or no password"),
        ("imaps://u:secreta@h:hola/INBOX", "host or the port"),
        ("imaps://u:secreta#1@h/INBOX", "host or the port|no user|%23"),
        ("imaps://u:secreta@h/INBOX?x", "%3F"),
        ("imaps://u:secreta@[::1/INBOX", "host or the port"),
    ],
)
def test_a_wrong_address_is_told_at_the_start_without_the_password(settings, url, says):
    with pytest.raises(WrongAddress, match=says):
        place_of(url)
    settings.IMAP_URL = url
    (found,) = [one for one in run_checks() if one.id == "questions.E001"]
    assert "secreta" not in str(found)
    assert reply_address() == ""


def test_without_an_address_nothing_is_read(settings):
    settings.IMAP_URL = ""
    assert own_place() is None and reply_address() == ""


def test_replies_go_to_the_mailbox_where_its_user_is_an_address(settings):
    settings.IMAP_URL = "imaps://direccion%40cas.gov.co:p@h"
    assert reply_address() == "direccion@cas.gov.co"
    settings.IMAP_URL = "imaps://direccion:p@h"
    assert reply_address() == ""
