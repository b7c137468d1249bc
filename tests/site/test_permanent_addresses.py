"""Every address that the pages of a held event lead to answers.

Control bodies cite these addresses as evidence, so a dead one has to be found here and not by them.
"""

import re
from datetime import datetime
from html import unescape
from urllib.parse import urldefrag, urljoin

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from events.models import Event
from portal.base import document_texts
from portal.base.models import SearchEntry
from portal.site import demo

pytestmark = pytest.mark.django_db
EVENT = "/eventos/2020-12-21-jornada/"
STARTS = (EVENT, "/participa/?anio=2020", "/eventos/2020/", "/verificar/", "/mapa-del-sitio/")
# What the portal promised before: these stay, whatever the pages link to.
PROMISED = (
    "", "preguntas/", "documentos/", "acta/", "temas/", "cuentas/", "calendario.ics",
    "minuto-a-minuto/", "evaluar/resultados/", "paquete/",
)  # fmt: skip
LINK = re.compile(r'<(?:a|link|img|source|track|script)\b[^>]*?\s(?:href|src)="([^"]+)"')
LEFT_OUT = ("/static/", "/gestion/", "/cuenta/", "/en/")


@pytest.fixture
def archive(settings, tmp_path):
    """The demonstration, with its held event of 2020 complete."""
    settings.DATA_DIR = tmp_path
    demo.load(timezone.make_aware(datetime(2026, 11, 22, 16, 30)))
    document_texts.read_new()


def links_of(response, address) -> set[str]:
    """Addresses of this portal that a page leads to, without the place in the page."""
    if not response.headers["Content-Type"].startswith("text/html"):
        return set()
    found = (unescape(link) for link in LINK.findall(response.content.decode()))
    own = (urldefrag(urljoin(address, link)).url for link in found)
    return {link for link in own if link.startswith("/") and not link.startswith(LEFT_OUT)}


def visited(client, starts) -> dict[str, int]:
    """The answer of each address: what the starts lead to, and what the event's own pages do."""
    waiting, answers = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        response = client.get(address, follow=True)
        answers[address] = response.status_code
        if address in starts or address.startswith(EVENT):
            waiting.extend(links_of(response, address) - answers.keys())
        if response.streaming:  # a file that is left half read stays open
            list(response)
    return answers


def test_every_address_of_a_held_event_answers(client, archive):
    answers = visited(client, STARTS)
    assert {address: code for address, code in answers.items() if code != 200} == {}
    assert len(answers) > 100  # the pages were really read


def test_what_was_promised_stays(client, archive):
    codes = {part: client.get(EVENT + part).status_code for part in PROMISED}
    assert codes == dict.fromkeys(PROMISED, 200)
    assert client.get(f"/en{EVENT}acta/").status_code == 200


def test_every_search_hit_leads_to_its_page(client, archive):
    paths = list(SearchEntry.objects.values_list("path", flat=True))
    dead = [path for path in paths if client.get(urldefrag(path).url).status_code != 200]
    assert dead == []
    assert any("/documentos/" in path for path in paths)


@pytest.mark.parametrize("short", ["preguntas/18", "preguntas/18-otro-titulo", "compromisos/C-07"])
def test_short_and_old_addresses_lead_to_the_present_one(client, archive, short):
    answer = client.get(f"/{short}/")
    assert answer.status_code == 301
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_address_of_an_announced_event_is_fixed(client, archive):
    """No redirect is needed where an address never moves: the desk does not offer it."""
    User.objects.create_superuser("root", password="x")
    client.force_login(User.objects.get(username="root"))
    event = Event.objects.get(slug="2020-12-21-jornada")
    page = client.get(f"/gestion/events/event/{event.pk}/change/").content.decode()
    assert 'name="title"' in page
    assert 'name="slug"' not in page
