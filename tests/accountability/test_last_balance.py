"""The balance of the event before, as a page and as an item of the agenda."""

import pytest

from events.agenda.workflow import begin_with_balance
from events.models import AgendaItem

pytestmark = pytest.mark.django_db


def balance_of(event) -> str:
    return f"/eventos/{event.slug}/balance/"


def test_it_shows_what_was_promised_before(client, promise, event_open):
    made = promise(due="2021-03-31")
    promise("Un borrador", draft=True)
    page = client.get(balance_of(event_open)).content.decode()
    assert made.get_absolute_url() in page
    assert "Un borrador" not in page
    assert "1 vencido" in page.lower()
    assert "21 de diciembre de 2020" in page


def test_the_agenda_of_the_next_event_leads_to_it(client, promise, event_open):
    promise()
    AgendaItem.objects.create(event=event_open, order=0, title="Balance", kind="balance", minutes=5)
    page = client.get(event_open.get_absolute_url()).content.decode()
    assert f'href="{balance_of(event_open)}"' in page


def test_the_first_event_has_none_before(client, event_held):
    page = client.get(balance_of(event_held))
    assert page.status_code == 200
    assert "No se realizó ninguna jornada antes de esta" in page.content.decode()


def test_a_draft_event_has_no_page(client, event_open):
    event_open.status = "draft"
    event_open.save()
    assert client.get(balance_of(event_open)).status_code == 404


def test_it_costs_the_same_for_many(count_queries, promise, event_open):
    promise()
    one = count_queries(balance_of(event_open))
    for n in range(4):
        promise(f"Sembrar {n}")
    assert count_queries(balance_of(event_open)) == one <= 8


def test_a_new_event_begins_its_agenda_with_it(event_held, event_open, staff):
    event_open.agenda.all().delete()
    assert begin_with_balance(event_open, actor=staff.office) is None
    begin_with_balance(event_open, actor=staff.communications)
    begin_with_balance(event_open, actor=staff.communications)
    item = event_open.agenda.get()
    assert (item.kind, item.order, item.title) == ("balance", 1, "Balance de la jornada anterior")


def test_the_first_event_of_all_begins_empty(event_open, staff):
    event_open.agenda.all().delete()
    assert begin_with_balance(event_open, actor=staff.communications) is None
    assert not event_open.agenda.exists()
