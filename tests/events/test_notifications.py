"""Followers of an event hear when its day changes, and of nothing else."""

from datetime import datetime, timedelta

import pytest

from events import workflow
from portal.base import announcements, follows
from portal.base.models import OutgoingMail
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(event_open):
    for language in ("es-co", "en"):
        email = f"{language[:2]}@example.org"
        follows.add(f"event:{event_open.slug}", email, language)
    return event_open


def told() -> list[tuple[str, str, str]]:
    announcements.expand_due()
    rows = OutgoingMail.objects.order_by("pk").values_list("language", "subject", "text")
    return list(rows)


def test_each_change_of_the_day_is_told_in_the_readers_language(event, staff):
    boss = staff.communications
    workflow.postpone(event, actor=boss, reason="Alerta por lluvias.")
    starts_at = datetime(2031, 3, 5, 12, tzinfo=BOGOTA)
    workflow.set_new_date(
        event, actor=boss, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3)
    )
    workflow.suspend(event, actor=boss, reason="Falla eléctrica.")
    workflow.cancel(event, actor=boss, reason="Sin sede.")
    letters = told()
    spanish = [subject for language, subject, _text in letters if language == "es-co"]
    title = "Audiencia pública de rendición de cuent…"
    assert spanish == [
        f"Aplazado: {title}", f"Nueva fecha: {title}", f"Suspendido: {title}",
        f"Cancelado: {title}",
    ]  # fmt: skip
    english = [subject.split(":")[0] for language, subject, _text in letters if language == "en"]
    assert english == ["Postponed", "New date", "Suspended", "Cancelled"]
    texts = [text for language, _subject, text in letters if language == "es-co"]
    assert "Motivo: Alerta por lluvias." in texts[0]
    assert "miércoles 5 de marzo de 2031 a las 12:00\u00a0m." in texts[1]
    assert all(f"/eventos/{event.slug}/" in text for text in texts)
    assert all(len(subject) <= 60 for _language, subject, _text in letters)
    assert all("List-Unsubscribe" in mail.headers for mail in OutgoingMail.objects.all())


def test_that_it_took_place_is_told_to_nobody(event, staff):
    workflow.hold(event, actor=staff.communications, at=event.starts_at)
    assert told() == []


def test_a_refused_move_tells_nobody(event, staff):
    with pytest.raises(workflow.MoveRefused):
        workflow.postpone(event, actor=staff.communications, reason=" ")
    assert told() == []


def test_a_draft_is_nothing_to_follow(event):
    follows.start(f"event:{event.slug}", "ana@example.org")
    assert event.title in OutgoingMail.objects.get().text
    type(event).objects.update(status="draft")
    follows.start(f"event:{event.slug}", "otra@example.org")
    assert OutgoingMail.objects.count() == 1
