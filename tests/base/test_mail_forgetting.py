"""Sent messages lose address and words after a while; that they were sent stays."""

from datetime import timedelta

import pytest
from django.test import override_settings

from portal.base import chores, clock, outbox
from portal.base.models import OutgoingMail

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status


@pytest.fixture
def letter():
    """A message of `days` ago, and its row as it is later."""

    def write(status, days):
        at = clock.now() - timedelta(days=days)
        row = outbox.queue(
            f"question:18:received:{days}:{status}",
            to="maria@correo.example",
            compose=lambda: outbox.Letter("Recibimos", ["Sí."], "Ver", "https://p.example/x/"),
            headers={"In-Reply-To": "<a@correo.example>"},
            at=at,
        )
        OutgoingMail.objects.filter(pk=row.pk).update(status=status, sent_at=at)
        return lambda: OutgoingMail.objects.get(pk=row.pk)

    return write


@pytest.mark.parametrize("status", [Status.SENT, Status.CANCELLED])
def test_after_half_a_year_only_the_line_stays(letter, status):
    row = letter(status, 181)
    before = row()
    assert chores.forget_old_letters(clock.now()) == 1
    after = row()
    assert (after.to, after.text, after.html, after.secrets, after.headers) == ("", "", "", [], {})
    kept = ("key", "status", "subject", "message_id", "created_at", "sent_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert chores.forget_old_letters(clock.now()) == 0


@pytest.mark.parametrize(
    ("status", "days"),
    [(Status.SENT, 179), (Status.QUEUED, 400), (Status.SENDING, 400), (Status.FAILED, 400)],
)
def test_what_is_young_or_still_to_be_sent_keeps_everything(letter, status, days):
    row = letter(status, days)
    assert chores.forget_old_letters(clock.now()) == 0
    assert row().to == "maria@correo.example"


def test_whoever_installs_the_portal_says_after_how_many_days(letter):
    row = letter(Status.SENT, 31)
    with override_settings(MAIL_KEPT_DAYS=30):
        assert chores.forget_old_letters(clock.now()) == 1
    assert row().to == ""


def test_a_step_that_was_told_is_not_told_again(letter):
    letter(Status.SENT, 200)
    chores.forget_old_letters(clock.now())
    outbox.queue(
        "question:18:received:200:sent",
        to="x@y.example",
        compose=lambda: outbox.Letter("Recibimos", ["Sí."], "Ver", "https://p.example/x/"),
    )
    assert OutgoingMail.objects.get().status == Status.SENT


def test_the_desk_shows_a_forgotten_one_in_words(client, staff, letter):
    row = letter(Status.SENT, 200)
    chores.forget_old_letters(clock.now())
    client.force_login(staff.administration)
    for tail in ("", f"{row().pk}/change/", f"{row().pk}/history/"):
        page = client.get(f"/gestion/base/outgoingmail/{tail}")
        assert page.status_code == 200
        assert "question:18" not in page.content.decode()
        assert "•••@" not in page.content.decode()
