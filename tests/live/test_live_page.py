"""The public page of a session: its states and words, its players, and how it is renewed."""

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string

from entity.registry import registry
from events import players, selectors
from events.models import Event, StreamLink
from events.session import workflow as session
from live.page import LivePage
from portal.base import clock
from tests.conftest import BOGOTA
from tests.live.live_page import address, make_live_event, opened
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 20, 9, tzinfo=BOGOTA)


def half(hour, minute=0) -> datetime:
    return NINE.replace(hour=hour, minute=minute)


@pytest.fixture
def event(entity):
    return make_live_event()


@pytest.fixture
def planned(entity):
    """At nine o'clock of a known day."""
    return make_live_event(starts_at=NINE)


@pytest.fixture
def page(client):
    def get(path) -> str:
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return get


def strip_at(event, at) -> str:
    """The words of the strip at an instant."""
    found = selectors.with_live_data(Event.objects.all()).get(pk=event.pk)
    live = LivePage(selectors.event_page(found, at))
    context = {"live": live, "event": found, "entity": registry().entity}
    return render_to_string("events/live_now.html", context)


def test_the_live_page_has_its_parts_in_the_order_of_their_use(page, event, staff):
    opened(event, staff.communications)
    text = page(address(event))
    marks = [
        'data-part="signal"',
        'data-part="now"',
        "Última actualización:",
        "Ver en vivo",
        'id="minuto"',
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert text.index("Ver en vivo") < text.index('name="text"') < text.index('data-part="wall"')
    assert text.index('data-part="wall"') < text.index('data-part="agenda"')
    assert text.index('data-part="agenda"') < text.index('data-part="minutes"')


@pytest.mark.parametrize("days", [2, -2])
def test_before_and_afterwards_the_address_shows_another_page(page, entity, days):
    other = make_live_event(starts_at=clock.now() + timedelta(days=days))
    assert 'data-part="now"' not in page(address(other))


def test_the_words_of_each_state(planned, staff):
    actor = staff.communications
    assert "Empezamos a las 9:00" in strip_at(planned, half(8, 50))
    live = session.session_for(planned)
    session.delay_session(live, actor=actor, until=half(9, 15), at=half(8, 55))
    assert "Vamos con 15 minutos de retraso" in strip_at(planned, half(9, 1))
    session.open_session(live, actor=actor, at=half(9, 16))
    session.next_item(live, actor=actor, at=half(9, 17))
    shown = strip_at(planned, half(9, 20))
    assert "<b>Apertura</b>" in shown and "Desde las 9:17" in shown
    session.pause_session(live, actor=actor, resumes_at=half(10, 30), at=half(10))
    assert "10:30" in strip_at(planned, half(10, 5))
    session.resume_session(live, actor=actor, at=half(10, 30))
    session.stream_down(live, actor=actor, at=half(10, 40))
    shown = strip_at(planned, half(10, 41))
    assert "Se cayó la transmisión" in shown
    assert "Mientras tanto" in shown and 'href="https://zoom.us/j/1"' in shown
    assert "youtube.com" not in shown
    session.stream_up(live, actor=actor, at=half(10, 45))
    session.end_session(live, actor=actor, at=half(12))
    shown = strip_at(planned, half(12, 1))
    assert "data-over" in shown
    assert "27 de noviembre de 2026" in shown  # five working days later


def test_just_before_the_start_the_page_of_the_session_is_there(page, entity):
    soon = make_live_event(starts_at=clock.now() + timedelta(minutes=10))
    assert "Empezamos a las" in page(address(soon))


def test_the_agenda_marks_the_present_item_and_its_real_hours(planned, staff):
    live = opened(planned, staff.communications, half(9, 4))
    session.next_item(live, actor=staff.communications, at=half(9, 5))
    session.next_item(live, actor=staff.communications, at=half(9, 41))
    found = selectors.with_live_data(Event.objects.all()).get(pk=planned.pk)
    shown = LivePage(selectors.event_page(found, half(9, 45)))
    rows = [(m.item.title, m.at, m.ended_at, m.is_current) for m in shown.agenda]
    assert rows == [
        ("Apertura", half(9, 5), half(9, 41), False),
        ("Informes", half(9, 41), None, True),
        ("Diálogo", half(10), None, False),
    ]
    text = render_to_string("events/live_agenda.html", {"live": shown})
    assert text.count('aria-current="true"') == 1


def test_hidden_lines_stay_in_the_console_and_the_rest_is_one_tap_away(page, event, staff):
    for number in range(16):
        session.write_line(event, actor=staff.communications, text=f"Pasó la cosa {number}.")
    session.write_line(event, actor=staff.communications, text="Nota interna", is_public=False)
    text = page(address(event))
    assert "Pasó la cosa 15." in text and "Pasó la cosa 0." not in text
    assert text.index("Pasó la cosa 15.") < text.index("Pasó la cosa 14.")
    everything = page(address(event) + "?minutos=todos")
    assert "Pasó la cosa 0." in everything and "Nota interna" not in everything


def test_nothing_of_another_host_is_in_the_page_before_a_click(client, event):
    response = client.get(address(event))
    text = response.content.decode()
    assert "<iframe" not in text
    assert 'data-player="https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"' in text
    assert f'href="{"https://www.youtube.com/watch?v=abcdefghijk"}"' in text
    policy = response.headers["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com;" in policy + ";"
    assert "default-src 'none'" in policy
    again = client.get(address(event))
    assert again.headers["Content-Security-Policy"] == policy  # from the store
    assert "frame-src" not in client.get("/").headers["Content-Security-Policy"]


def test_without_a_player_no_frame_is_allowed(client, event):
    StreamLink.objects.filter(kind="youtube").delete()
    policy = client.get(address(event)).headers["Content-Security-Policy"]
    assert "frame-src" not in policy


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://youtu.be/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://www.youtube.com/live/abcdefghijk", "/embed/abcdefghijk?"),
        ("https://m.youtube.com/watch?v=abcdefghijk&t=3", "/embed/abcdefghijk?"),
        ("https://www.facebook.com/cas/videos/12/", "plugins/video.php?href=https%3A%2F%2Fwww.f"),
    ],
)
def test_players(url, expected):
    assert expected in players.player_address(StreamLink(url=url))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@cas",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        'https://www.youtube.com/watch?v="><script>',
        "https://www.facebook.com/cas",
        "https://zoom.us/j/1",
    ],
)
def test_what_opens_only_in_its_own_site(url):
    assert players.player_address(StreamLink(url=url)) == ""


def test_what_a_minute_costs_and_how_to_join_by_telephone(page, event):
    text = page(address(event))
    for words in ("cerca de 10 MB por minuto", "123 4567", "cas", 'href="tel:6010000000"'):
        assert words in text


def test_the_page_that_reloads_itself_is_asked_for_and_can_be_left(page, event):
    assert 'http-equiv="refresh"' not in page(address(event))
    text = page(address(event) + "?auto=1")
    assert '<meta http-equiv="refresh" content="60">' in text
    assert "Dejar de recargar" in text
    assert "<textarea" not in text  # nobody loses what they write


def test_the_home_page_leads_to_the_session(page, event, staff):
    opened(event, staff.communications)
    text = page("/")
    assert "En vivo" in text and "Siga en vivo" in text
    assert f'href="{address(event)}#pregunte-ahora"' in text
