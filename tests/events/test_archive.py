"""The archive: by year and by kind, newest first, the numbers of each event, and odd addresses."""

from datetime import timedelta

import pytest

from events.models import Event, EventKind
from tests import cast

pytestmark = pytest.mark.django_db
HELD = "/eventos/2020-12-21-jornada/"


@pytest.fixture
def hearing(event_held):
    """A public hearing of the same year, half a year before the other event."""
    starts = event_held.starts_at - timedelta(days=180)
    return cast.make_event(
        slug="2020-06-24-audiencia-publica", title="Audiencia de mitad de año", status="held",
        kind=EventKind.objects.get(code="audiencia_publica"), starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )  # fmt: skip


def listed(client, address) -> list[str]:
    """Addresses of the events of a page, in their order."""
    page = client.get(address).content.decode()
    return [part.split('href="')[1].split('"')[0] for part in page.split('<h3 id="e-')[1:]]


def test_newest_first_under_their_years(client, event_held, hearing, event_open):
    found = listed(client, "/eventos/")
    assert found == [f"/eventos/{event_open.slug}/", HELD, "/eventos/2020-06-24-audiencia-publica/"]
    assert listed(client, "/eventos/2020/") == found[1:]


def test_one_kind_alone(client, event_held, hearing):
    address = "/eventos/?tipo=audiencia_publica"
    assert listed(client, address) == ["/eventos/2020-06-24-audiencia-publica/"]
    assert listed(client, "/eventos/2020/?tipo=audiencia_publica") == [
        "/eventos/2020-06-24-audiencia-publica/"
    ]
    page = client.get(address).content.decode()
    assert f'href="{address}" aria-current="true"' in page
    assert '<a href="/eventos/"><span>Todas' in page or '<a href="/eventos/"><span>Todos' in page


def test_kinds_are_counted(client, event_held, hearing):
    page = client.get("/eventos/").content.decode()
    choices = page.split('<ul class="filtro-estado"')[1].split("</ul>")[0]
    numbers = [part.split("</b>")[0] for part in choices.split("<b>")[1:]]
    assert numbers == ["2", "1", "1"]


def test_with_one_kind_there_is_nothing_to_choose(client, event_held):
    assert "filtro-estado" not in client.get("/eventos/").content.decode()


@pytest.mark.parametrize(
    "junk", ["nada", "'", "<script>", "audiencia_publica'", "%00", "²", "x" * 300, "1 OR 1=1"]
)
@pytest.mark.parametrize("path", ["/eventos/", "/eventos/2020/"])
def test_an_unknown_kind_leads_to_all(client, event_held, hearing, path, junk):
    answer = client.get(path, {"tipo": junk}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == path


def test_a_kind_that_the_year_does_not_have_leads_to_the_year(client, event_held, hearing):
    Event.objects.filter(pk=hearing.pk).update(starts_at=hearing.starts_at - timedelta(days=400))
    address = "/eventos/2020/?tipo=audiencia_publica"
    assert client.get(address).headers["Location"] == "/eventos/2020/"


def test_a_draft_is_no_kind_of_the_archive(client, event_held, hearing):
    Event.objects.filter(pk=hearing.pk).update(status="draft")
    assert client.get("/eventos/?tipo=audiencia_publica").headers["Location"] == "/eventos/"
    assert listed(client, "/eventos/") == [HELD]


def test_two_kinds_in_one_address(client, event_held, hearing):
    answer = client.get("/eventos/?tipo=nada&tipo=audiencia_publica")
    assert answer.headers["Location"] == "/eventos/?tipo=audiencia_publica"
