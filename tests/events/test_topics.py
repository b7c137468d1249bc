"""Topics that citizens propose: asked on the page, reviewed, and told what came of each."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied

from events.models import TopicProposal
from events.process import workflow
from portal.base import automatic, clock
from portal.base.machine import MoveRefused
from portal.base.models import Transition

pytestmark = pytest.mark.django_db
TEXT = "La minería de arena en los ríos"


@pytest.fixture
def event(event_open):
    event_open.topics_close_on = clock.local_day() + timedelta(days=3)
    event_open.save()
    return event_open


def opened() -> str:
    with mock.patch("django.core.signing.time.time", return_value=1_700_000_000):
        return automatic.opened_now()


def send(client, event, **changes):
    data = {"text": TEXT, "municipality": "oiba", "started": opened()} | changes
    return client.post(f"/eventos/{event.slug}/temas/", data)


def page(client, event) -> str:
    return client.get(f"/eventos/{event.slug}/temas/").content.decode()


def proposed(event, text=TEXT, number="one") -> TopicProposal:
    return workflow.propose_topic(event, text=text, token=number)


def test_a_topic_is_proposed_and_waits_unseen(client, event):
    assert send(client, event).headers["Location"].endswith("/temas/?enviado=1")
    proposal = TopicProposal.objects.get()
    assert (proposal.status, proposal.municipality.name) == ("received", "Oiba")
    assert TEXT not in page(client, event)


def test_a_second_press_is_one_proposal(client, event):
    started = opened()
    for _press in range(2):
        assert send(client, event, started=started).status_code == 302
    assert TopicProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Escriba el tema"),
        ({"text": "Agua"}, "Es muy corto"),
        ({"text": "a" * 301}, "El texto tiene 301 letras"),
        ({"municipality": "Oyva"}, "No encontramos «Oyva»"),
        ({"sitio_web": "x"}, "Lea su texto otra vez"),
        ({"started": "forged"}, "Lea su texto otra vez"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, event, changes, sentence):
    answer = send(client, event, **changes)
    text = answer.content.decode()
    assert sentence in text and not TopicProposal.objects.exists()
    assert changes.get("text", TEXT) in text


def test_the_twenty_first_from_one_connection_waits(client, event):
    for number in range(20):
        with mock.patch("django.core.signing.time.time", return_value=1_700_000_000 + number):
            started = automatic.opened_now()
        assert send(client, event, started=started).status_code == 302
    answer = send(client, event)
    assert answer.status_code == 429 and TEXT in answer.content.decode()
    assert TopicProposal.objects.count() == 20


def test_after_the_day_nothing_is_taken_but_the_page_stays(client, event):
    event.topics_close_on = clock.local_day() - timedelta(days=1)
    event.save()
    assert '<form method="post" action="/eventos/' not in page(client, event)
    assert "ya no se pueden proponer" in send(client, event).content.decode()
    with pytest.raises(MoveRefused):
        proposed(event)


def test_the_outcome_of_each_is_public(client, event, staff):
    item = event.agenda.first()
    first, second, third = (proposed(event, f"{TEXT} {n}", str(n)) for n in range(3))
    for row in (first, second, third):
        workflow.publish_topic(row, actor=staff.moderation, public_text=row.original_text)
    workflow.include_topic(first, actor=staff.communications, agenda_item=item)
    workflow.leave_out_topic(second, actor=staff.communications, reason="No es de la CAS.")
    workflow.withhold_topic(third, actor=staff.moderation, reason="Nombra a una persona.")
    text = page(client, event)
    assert "Está en el orden del día</strong>: <a" in text and item.title in text
    assert "No está en el orden del día</strong>. No es de la CAS." in text
    assert f"{TEXT} 2" not in text
    moves = Transition.objects.filter(kind="topic_proposal", object_id=first.pk)
    assert [row.move for row in moves.order_by("pk")] == [
        "propose_topic", "publish_topic", "include_topic",
    ]  # fmt: skip


LEGAL = {
    ("received", "publish_topic"), ("withheld", "publish_topic"), ("received", "withhold_topic"),
    ("published", "withhold_topic"), ("included", "withhold_topic"),
    ("not_included", "withhold_topic"), ("published", "include_topic"),
    ("not_included", "include_topic"), ("published", "leave_out_topic"),
    ("included", "leave_out_topic"),
}  # fmt: skip


@pytest.mark.parametrize("status", TopicProposal.Status.values)
def test_the_table_of_moves(event, staff, status):
    item = event.agenda.first()
    told = {
        "publish_topic": {}, "withhold_topic": {"reason": "Porque sí."},
        "include_topic": {"agenda_item": item}, "leave_out_topic": {"reason": "Porque sí."},
    }  # fmt: skip
    for name, more in told.items():
        row = proposed(event, number=f"{status}{name}")
        TopicProposal.objects.filter(pk=row.pk).update(status=status)
        row.refresh_from_db()
        if (status, name) in LEGAL:
            getattr(workflow, name)(row, actor=staff.moderation, **more)
        else:
            with pytest.raises(MoveRefused):
                getattr(workflow, name)(row, actor=staff.moderation, **more)


@pytest.mark.parametrize("role", ["office", "approval", "internal_control", "administration"])
def test_other_roles_review_nothing(event, staff, role):
    with pytest.raises(PermissionDenied):
        workflow.publish_topic(proposed(event), actor=staff[role])


def test_a_reason_and_an_own_item_are_needed(event, event_held, staff):
    row = workflow.publish_topic(proposed(event), actor=staff.moderation)
    with pytest.raises(MoveRefused):
        workflow.leave_out_topic(row, actor=staff.moderation, reason=" ")
    other = event_held.agenda.create(title="Otro", minutes=5)
    with pytest.raises(MoveRefused):
        workflow.include_topic(row, actor=staff.moderation, agenda_item=other)


def test_the_desk_reviews_publishes_and_says_what_came_of_it(desk, client, event, staff):
    rows = [proposed(event, f"{TEXT} {n}", str(n)) for n in range(2)]
    path, keys = "/gestion/events/topicproposal/", [row.pk for row in rows]
    desk(staff.moderation)
    client.post(f"{path}{keys[0]}/change/", {"public_text": "La minería en los ríos"})
    chosen = {"_selected_action": keys} | {f"_revision_{row.pk}": row.revision for row in rows}
    client.post(path, {"action": "publish", **chosen})
    assert [row.status for row in event.topic_proposals.all()] == ["published"] * 2
    text = page(client, event)
    assert "La minería en los ríos" in text and f"{TEXT} 1" in text
    asked = client.post(path, {"action": "include", "_selected_action": keys[:1]})
    assert "orden del día" in asked.content.decode()
    rows[0].refresh_from_db()
    told = {"action": "include", "apply": "1", "agenda_item": event.agenda.first().pk}
    client.post(path, told | {"_selected_action": keys[:1]})
    rows[0].refresh_from_db()
    assert rows[0].status == "included"


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow(client, event, staff, django_assert_num_queries, number):
    for n in range(number):
        row = proposed(event, f"{TEXT} {n}", str(n))
        workflow.publish_topic(row, actor=staff.moderation)
    page(client, event)
    with django_assert_num_queries(2):
        page(client, event)


def test_the_page_of_the_event_leads_there(client, event):
    text = client.get(event.get_absolute_url()).content.decode()
    assert f'href="/eventos/{event.slug}/temas/"' in text and "Proponga un tema hasta el" in text
