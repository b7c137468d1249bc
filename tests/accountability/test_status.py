"""A commitment in words, on given days. Deadlines by hand from the Colombian calendar."""

from datetime import date

import pytest

from accountability import workflow
from accountability.status import Standing, commitment_status, days_words, quiet_since, standing
from tests.accountability.conftest import at

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("due", "days"), [("2021-04-30", 31), ("2021-06-30", 71), ("2021-08-31", 112)]
)
def test_working_days_left_on_15_march_2021(promise, due, days):
    """Test vectors of the design: holidays of Easter, May, June, July and August are skipped."""
    assert days_words(promise(due=due), at("2021-03-15")) == f"{days} working days left"


@pytest.mark.parametrize(("due", "days"), [("2021-02-26", 11), ("2021-03-05", 6)])
def test_working_days_ago_on_15_march_2021(promise, due, days):
    commitment = promise(due=due)
    assert days_words(commitment, at("2021-03-15")) == f"{days} working days ago"
    status = commitment_status(commitment, at("2021-03-15"))
    assert (status.label, status.glyph, status.tone) == ("Overdue", "state-late", "alerta")
    assert status.is_late
    assert status.sentence.endswith(f", {days} working days ago.")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2021-04-29", "1 working day left"),
        ("2021-04-30", "due today"),
        ("2021-05-01", "on the last working day"),  # a Saturday
        ("2021-05-03", "1 working day ago"),
    ],
)
def test_around_the_day(promise, day, words):
    assert days_words(promise(due="2021-04-30"), at(day)) == words


def test_a_day_off_before_a_date_on_a_day_off(promise):
    """Due on a Sunday: on Saturday no working day is left, and it is not due today."""
    commitment = promise(due="2021-05-02")
    assert days_words(commitment, at("2021-05-01")) == "no working days left"
    assert standing(commitment, at("2021-05-01")) == Standing.PENDING


def test_late_begins_at_midnight_in_bogota(promise):
    commitment = promise(due="2021-04-30")
    assert standing(commitment, at("2021-04-30", 23)) == Standing.PENDING
    assert standing(commitment, at("2021-05-01", 0)) == Standing.LATE


def test_late_counts_from_the_present_date_and_says_it_changed(promise, staff):
    commitment = promise(due="2021-03-31")
    workflow.change_date(
        commitment, actor=staff.approval, to_date=date(2021, 4, 30), reason="Lluvias."
    )
    assert standing(commitment, at("2021-04-15")) == Standing.PENDING
    sentence = commitment_status(commitment, at("2021-03-15")).sentence
    assert "31 working days left" in sentence
    assert sentence.endswith("The date changed once.")


@pytest.mark.parametrize(
    ("closed", "label", "words"),
    [
        ("2021-04-26", "Fulfilled", "4 working days before the date"),
        ("2021-04-30", "Fulfilled", "on the date itself"),
        ("2021-05-01", "Fulfilled late", "just after the date"),
        ("2021-05-04", "Fulfilled late", "2 working days after the date"),
    ],
)
def test_how_it_was_fulfilled(promise, told, staff, closed, label, words):
    commitment = promise(due="2021-04-30", target=1)
    told(commitment, done=1)
    commitment.refresh_from_db()
    workflow.fulfil_commitment(commitment, actor=staff.approval, at=at(closed))
    status = commitment_status(commitment, at("2022-01-01"))
    assert (status.label, status.glyph, status.tone) == (label, "state-ok", "ok")
    assert not status.is_late
    assert words in status.sentence


@pytest.mark.parametrize(
    ("move", "label"),
    [("close_partly", "Partly fulfilled"), ("withdraw_commitment", "Withdrawn")],
)
def test_other_ends_say_their_reason_and_are_never_late(promise, told, staff, move, label):
    commitment = promise(due="2021-04-30")
    told(commitment, done=3)
    commitment.refresh_from_db()
    getattr(workflow, move)(commitment, actor=staff.approval, reason="Se acabó el contrato.")
    status = commitment_status(commitment, at("2030-01-01"))
    assert (status.label, status.is_late) == (label, False)
    assert "Se acabó el contrato." in status.sentence


def test_glyphs_of_the_unfinished(promise, told):
    commitment = promise(due="2021-08-31")
    assert commitment_status(commitment, at("2021-03-15")).glyph == "state-none"
    told(commitment, done=3)
    commitment.refresh_from_db()
    status = commitment_status(commitment, at("2021-03-15"))
    assert (status.label, status.glyph, status.tone) == ("In progress", "state-progress", "curso")


def test_sixty_days_without_news(promise, told):
    commitment = promise(due="2021-12-31")
    assert quiet_since(commitment, at("2021-02-18")) is None
    assert quiet_since(commitment, at("2021-02-19")) == date(2020, 12, 21)
    told(commitment, done=3, day="2021-02-12")
    commitment.refresh_from_db()
    assert quiet_since(commitment, at("2021-02-19")) is None
