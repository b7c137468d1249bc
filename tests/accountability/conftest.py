"""Commitments, their news, records and minutes, made through the workflow as in real life."""

import itertools
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accountability import workflow
from accountability.minutes import workflow as editions
from accountability.models import (
    CommitmentUpdate,
    Evidence,
    Minutes,
    MinutesSection,
    SessionRecord,
    Signatory,
)
from entity.models import Office, Topic
from questions import workflow as questions

BOGOTA = ZoneInfo("America/Bogota")


def at(day: str, hour: int = 10) -> datetime:
    """An instant of a day, by the clock of Bogotá."""
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=BOGOTA)


@pytest.fixture
def english():
    """Sentences as they stand in the code, whatever the catalogue says."""
    with translation.override("en"):
        yield


@pytest.fixture
def promise(event_held, staff):
    """`promise(title, due, …)`: a public commitment of Autoridad Ambiental."""

    def make(title="Visitar los vertimientos", due="2021-03-31", *, draft=False, **fields):
        values = {
            "event": event_held,
            "promised": f"Vamos a {title.lower()}",
            "office": Office.objects.get(code="autoridad-ambiental"),
            "unit": "visitas con informe",
            "target": 15,
            **fields,
        }
        due_on = date.fromisoformat(due)
        made = workflow.add_commitment(
            actor=staff.communications, title=title, original_due_on=due_on, **values
        )
        return made if draft else workflow.publish_commitment(made, actor=staff.approval)

    return make


@pytest.fixture
def news(staff):
    """`news(commitment, done, day)`: an update of the office, with a proof, still a draft."""

    def make(commitment, done=9, day="2021-03-03", *, title="Van nueve visitas", proof=True):
        update = CommitmentUpdate.objects.create(
            commitment=commitment, happened_on=date.fromisoformat(day), title=title, done=done,
            drafted_by=staff.office,
        )  # fmt: skip
        if proof:
            Evidence.objects.create(
                update=update, title="Informe", url="https://www.cas.example/informe"
            )
        return update

    return make


@pytest.fixture
def told(news, staff):
    """`told(commitment, done, day)`: the same, published by the second person."""

    def make(commitment, done=9, day="2021-03-03", **fields):
        update = news(commitment, done, day, **fields)
        workflow.request_update_approval(update, actor=staff.office)
        return workflow.publish_update(update, actor=staff.approval)

    return make


@pytest.fixture
def record(event_held):
    """The draft record of the hearing, with a recording and two channels."""
    made = SessionRecord.objects.create(
        event=event_held, recording_url="https://video.example/v?id=7", duration_seconds=10560,
        has_captions=True,
    )  # fmt: skip
    made.attendance.create(channel="zoom", count=120)
    made.attendance.create(channel="facebook_live", count=92)
    return made


@pytest.fixture
def draft_minutes(event_held):
    """Minutes with two sections of two paragraphs each, and who signs them."""
    made = Minutes.objects.create(
        event=event_held, number="003-2020", place="San Gil", started_at=event_held.starts_at,
        ended_at=event_held.ends_at, president="Dirección General", secretary="Secretaría General",
    )  # fmt: skip
    for order, title in enumerate(("Apertura", "Compromisos"), 1):
        body = f"Primero de {title}.\n\nSegundo de {title}."
        MinutesSection.objects.create(minutes=made, order=order, title=title, body=body)
    Signatory.objects.create(minutes=made, role="Presidencia", position="Dirección General")
    return made


@pytest.fixture
def minutes(draft_minutes, staff):
    """The same, published on 28 December 2020."""
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    return editions.publish_minutes(draft_minutes, actor=staff.approval, at=at("2020-12-28"))


@pytest.fixture
def count_queries(client):
    """`count_queries(path)`: how many queries a page takes to draw anew.

    Reading the content versions is not counted: every page does it, and trusts them for a second.
    """

    def count(path) -> int:
        client.get(path)  # the process knows the entity and the marks of the clock by now
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        asked = [q["sql"] for q in captured if "base_contentversion" not in q["sql"]]
        return len(asked)

    return count


@pytest.fixture
def public_question(event_held, staff):
    """`public_question(answer=True)`: a published contribution to the hearing, with its answer."""
    numbers = itertools.count(1)

    def make(*, answer=False):
        number = next(numbers)
        filing = questions.Filing(
            token=f"acta-{number}", text=f"¿Cuándo limpian la quebrada número {number}?",
            topic=Topic.objects.get(slug="agua"), event=event_held, email="vecina@example.org",
        )  # fmt: skip
        question = questions.submit_question(filing)
        questions.publish_text(
            question, actor=staff.moderation, public_text=question.original_text, title=f"Q{number}"
        )
        office = Office.objects.get(code="autoridad-ambiental")
        questions.assign_question(question, actor=staff.moderation, office=office)
        if answer:
            text = {"summary": "Se responde en una frase", "body": "Con todo detalle."}
            draft = questions.draft_answer(question, actor=staff.office, **text)
            questions.request_approval(draft, actor=staff.office)
            questions.publish_answer(draft, actor=staff.approval)
            question.refresh_from_db()
        return question

    return make
