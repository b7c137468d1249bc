"""What the script of the console fetches: the part that changes, without writing anything."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import ConsoleSeat, LogLine
from events.session import workflow as session
from questions.live import workflow as queue
from tests.live.console_stage import *  # noqa: F403 - an open session and its operator
from tests.live.desk import console_of, press, queued
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room
from tests.questions.desk import words_of

pytestmark = pytest.mark.django_db
MOST_OF_STATE, MOST_OF_PAGE = 22, 25


def queries(client, address) -> int:
    """The fewest of three: versions that were read a second ago are read again now and then."""
    found = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found.append(len(asked))
    return min(found)


def test_the_queries_do_not_grow_with_the_questions(
    operator, staff, event_open, live, make_question, published
):
    here = console_of(event_open)
    state, page = [], []
    for wanted in (1, 8):
        for _ in range(wanted):
            make_question(event=event_open)
            published(event=event_open)
            turn = queued(published(event=event_open), staff.moderation)
        if wanted == 1:
            queue.put_on_air(turn, actor=staff.moderation)
        state.append(queries(operator, f"{here}estado/"))
        page.append(queries(operator, here))
    assert state[0] == state[1] <= MOST_OF_STATE
    assert page[0] == page[1] <= MOST_OF_PAGE


def test_nothing_new_is_answered_without_a_body(operator, staff, event_open, live):
    address = f"{console_of(event_open)}estado/"
    first = operator.get(address)
    assert first["Cache-Control"].count("no-store") == 1
    time.sleep(1.1)  # the clock of the page goes on, and is no news
    same = operator.get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    session.write_line(event_open, actor=staff.moderation, text="Sigue.")
    new = operator.get(address, headers={"If-None-Match": first["ETag"]})
    assert new.status_code == 200
    assert "Sigue." in words_of(new)


def test_reading_writes_nothing_and_the_seat_is_a_post(operator, staff, event_open):
    here = console_of(event_open)
    for address in ("/gestion/vivo/", here, f"{here}estado/", f"{here}bitacora/"):
        operator.get(address)
        assert not ConsoleSeat.objects.exists(), address
    assert operator.get(f"{here}puesto/").status_code == 405
    assert operator.post(f"{here}puesto/").status_code == 204
    assert ConsoleSeat.objects.get().user == staff.moderation


def test_an_act_takes_the_seat_and_the_other_one_sees_it(client, staff, event_open, live):
    client.force_login(staff.moderation)
    press(client, event_open, "line", text="Sigue.")
    client.force_login(staff.make("communications", username="lucia"))
    assert "Operadores: usted y Moderation" in words_of(client.get(console_of(event_open)))


def test_the_script_gets_the_parts_and_the_message(operator, event_open, live):
    answer = press(operator, event_open, "line", by_script=True, text="Sigue el punto 3.")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert 'data-refused=""' in html
    for part in ("c-cab", "c-luces", "c-revisar", "c-cola", "c-aire", "c-palabra", "c-bitacora"):
        assert html.count(f'id="{part}"') == 1, part
    assert "Sigue el punto 3." in words_of(answer)
    refused = press(operator, event_open, "line", by_script=True, text="").content.decode()
    assert 'data-refused="line"' in refused
    assert 'class="error-campo"' in refused


def test_a_draft_has_no_console(operator, event_open):
    draft = type(event_open).objects.create(
        slug="2031-01-01-x", title="X", kind=event_open.kind, status="draft",
        starts_at=event_open.starts_at, ends_at=event_open.ends_at,
    )  # fmt: skip
    assert operator.get(console_of(draft)).status_code == 404


def test_the_list_names_what_can_be_run(operator, event_open):
    page = operator.get("/gestion/vivo/")
    assert event_open.title in words_of(page)
    assert f'href="{console_of(event_open)}"' in page.content.decode()


def test_hostile_words_are_only_words(operator, staff, event_open, live, make_question):
    make_question(event=event_open, text='<script>alert(1)</script> ¿Y el "agua" & los ríos?')
    press(operator, event_open, "line", text="<img src=x onerror=alert(1)>")
    html = operator.get(console_of(event_open)).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert LogLine.objects.get(text__contains="<img").is_public


def test_the_whole_log_is_there(operator, staff, event_open, live):
    for number in range(15):
        session.write_line(event_open, actor=staff.moderation, text=f"Línea {number:02}")
    here = words_of(operator.get(console_of(event_open)))
    assert "Línea 00" not in here
    assert "Línea 00" in words_of(operator.get(f"{console_of(event_open)}bitacora/"))
