"""Pages of one commitment and of the minutes: what they show, and what they never show."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile

from accountability import workflow
from accountability.minutes import workflow as editions
from accountability.models import Commitment, Evidence
from entity.models import Topic
from events.publishing import event_changed
from portal.base.models import StoredFile
from questions import workflow as questions
from tests.accountability.conftest import at


def path_of(commitment) -> str:
    return f"/compromisos/{commitment.reference.lower()}-{commitment.slug}/"


def read(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert '<html lang="es-CO"' in page
    assert page.count("<h1") == 1
    assert "csrfmiddlewaretoken" not in page
    return page


@pytest.mark.parametrize(
    "asked", ["c-01/", "C-01/", "c-01-otra-cosa/", "C-01-visitar-los-vertimientos/"]
)
def test_every_address_of_a_commitment_leads_to_one(promise, client, asked):
    commitment = promise("Visitar los vertimientos")
    response = client.get(f"/compromisos/{asked}")
    assert (response.status_code, response["Location"]) == (301, path_of(commitment))
    assert path_of(commitment) == "/compromisos/c-01-visitar-los-vertimientos/"
    read(client, path_of(commitment))


def test_a_commitment_that_is_not_there(entity, client):
    for asked in ("c-99/", "c-99-nada/", "x-01-nada/"):
        assert client.get(f"/compromisos/{asked}").status_code == 404


def test_a_draft_has_no_page(promise, client):
    assert client.get(path_of(promise(draft=True))).status_code == 404


def test_the_page_tells_it_all(promise, told, staff, minutes, client):
    commitment = promise(due="2021-03-31", paragraph=3, promised="Visitaremos quince puntos")
    told(commitment, done=9, title="Van nueve visitas")
    commitment.refresh_from_db()
    workflow.change_date(
        commitment, actor=staff.approval, to_date=date(2021, 4, 30), reason="Las lluvias.",
        approved_by_post="Dirección General", at=at("2021-03-10"),
    )  # fmt: skip
    page = read(client, path_of(commitment))
    assert "«Visitaremos quince puntos»" in page
    assert 'href="/eventos/2020-12-21-jornada/acta/#p-3"' in page
    assert '<s><time datetime="2021-03-31">31 mar 2021</time></s>' in page
    assert '<time datetime="2021-04-30">30 abr 2021</time>' in page
    assert "Las lluvias." in page
    assert "Dirección General" in page
    assert page.count('<rect x="') == 15
    assert page.count('fill="url(#ray)"') == 6
    assert 'href="https://www.cas.example/informe"' in page
    days = re.findall(r'<li(?: class="cambio")?><time datetime="([\d-]+)">', page)
    assert days == ["2021-03-10", "2021-03-03", "2020-12-21"]
    assert "https://wa.me/?text=C-01." in page


def test_many_things_are_a_bar_and_not_cells(promise, client):
    page = read(client, path_of(promise(target=20000)))
    assert "20.000" in page
    assert page.count('<rect x="') == 0


def test_unpublished_news_do_not_leak(promise, news, staff, client):
    commitment = promise()
    news(commitment, title="Borrador secreto")
    waiting = news(commitment, title="Espera secreta")
    workflow.request_update_approval(waiting, actor=staff.office)
    page = read(client, path_of(commitment))
    assert "secret" not in page


def test_the_question_is_shown_only_when_it_is_public(promise, event_held, staff, client):
    filing = questions.Filing(
        token="t-1", text="¿Qué control hay?", topic=Topic.objects.first(), event=event_held,
        scope="region",
    )  # fmt: skip
    asked = questions.submit_question(filing, at=at("2020-12-04"))
    commitment = promise(question=asked)
    assert "¿Qué control hay" not in read(client, path_of(commitment))
    questions.publish_text(
        asked, actor=staff.moderation, public_text="¿Qué control hay?", title="¿Qué control hay?"
    )
    assert "¿Qué control hay?" in read(client, path_of(commitment))


def test_others_of_the_same_office(promise, client):
    first, _second = promise("Primero"), promise("Segundo")
    promise("Oculto", draft=True)
    page = read(client, path_of(first))
    assert "C-02. Segundo" in page
    assert "Oculto" not in page


def test_a_proof_with_a_file_is_served_once_it_is_public(promise, news, staff, client):
    commitment = promise()
    update = news(commitment, proof=False)
    stored = StoredFile(name="informe.pdf", content_type="application/pdf", size=4, sha256="0" * 64)
    stored.content.save("x", ContentFile(b"%PDF"), save=True)
    proof = Evidence.objects.create(update=update, title="Informe", stored=stored)
    path = f"/compromisos/pruebas/{proof.pk}/"
    assert client.get(path).status_code == 404
    workflow.request_update_approval(update, actor=staff.office)
    workflow.publish_update(update, actor=staff.approval)
    response = client.get(path)
    assert b"".join(response.streaming_content) == b"%PDF"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert path in read(client, path_of(commitment))


def test_queries_of_a_commitment_do_not_grow(promise, told, staff, minutes, count_queries):
    commitment = promise()

    def fill(day):
        promise(f"Otro {day}")
        told(commitment, done=3, day=day)
        commitment.refresh_from_db()
        to_date = date(2021, 5, int(day[-2:]))
        workflow.change_date(commitment, actor=staff.approval, to_date=to_date, reason="x")

    fill("2021-02-01")
    one = count_queries(path_of(commitment))
    fill("2021-02-02")
    fill("2021-02-03")
    assert count_queries(path_of(commitment)) == one <= 8


# Minutes --------------------------------------------------------------------------------------

ACTA = "/eventos/2020-12-21-jornada/acta/"


def test_no_minutes_before_they_are_published(draft_minutes, staff, client):
    assert client.get(ACTA).status_code == 404
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    assert client.get(ACTA).status_code == 404
    editions.publish_minutes(draft_minutes, actor=staff.approval)
    assert "Segundo de Compromisos." in read(client, ACTA)


def test_paragraphs_are_numbered_throughout(minutes, client):
    page = read(client, ACTA)
    assert re.findall(r'id="p-(\d+)"', page) == ["1", "2", "3", "4"]
    assert re.findall(r'href="#p-(\d+)"', page) == ["1", "2", "3", "4"]
    assert re.search(r'id="p-3".*?<p>Primero de Compromisos\.</p>', page, re.DOTALL)


def test_the_head_of_the_minutes(minutes, record, staff, client):
    assert "120" not in read(client, ACTA)
    workflow.publish_record(record, actor=staff.communications)
    page = read(client, ACTA)
    for words in ("003-2020", "San Gil", "lunes 21 de diciembre de 2020", "Zoom: 120"):
        assert words in page
    assert "9:00" in page
    assert "12:00\u00a0m." in page


def test_the_minutes_list_the_public_commitments_with_their_first_date(minutes, promise, client):
    promise("Visible", due="2021-03-31")
    promise("Invisible", draft=True)
    page = read(client, ACTA)
    assert "Visible" in page
    assert "31 mar 2021" in page
    assert "Invisible" not in page


def test_the_newest_published_edition_stands(minutes, staff, client):
    fresh = editions.new_edition(minutes, actor=staff.communications, change_note="Se corrige.")
    fresh.sections.filter(order=1).update(body="Texto corregido.")
    assert "Texto corregido." not in read(client, ACTA)
    editions.approve_minutes(fresh, actor=staff.approval)
    editions.publish_minutes(fresh, actor=staff.approval, at=at("2021-02-03"))
    page = read(client, ACTA)
    assert "Texto corregido." in page
    assert "Se corrige." in page
    assert "28 de diciembre de 2020" in page  # the earlier edition, by its day


def test_markup_in_the_minutes_is_only_text(minutes, client):
    minutes.sections.filter(order=1).update(body="<script>alert(1)</script>")
    page = read(client, ACTA)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_minutes_of_a_draft_event_are_not_shown(minutes, client):
    type(minutes.event).objects.filter(pk=minutes.event_id).update(status="draft")
    assert client.get(ACTA).status_code == 404


def test_queries_of_the_minutes_do_not_grow(minutes, promise, count_queries):
    promise("Uno")
    one = count_queries(ACTA)
    promise("Dos")
    promise("Tres")
    minutes.sections.create(order=9, title="Final", body="Fin.\n\nDe verdad.")
    assert count_queries(ACTA) == one <= 8
    assert Commitment.objects.count() == 3


def test_the_agenda_shows_the_balance_of_the_event_before(client, event_open, promise):
    promise()
    item = event_open.agenda.create(title="Balance de compromisos", kind="balance", minutes=5)
    event_changed(event_open)
    text = client.get(event_open.get_absolute_url()).content.decode()
    assert "0 de 1 compromiso del 21 de diciembre de 2020 cumplido." in text
    item.delete()
    event_changed(event_open)
    text = client.get(event_open.get_absolute_url()).content.decode()
    assert "compromiso del 21 de diciembre" not in text
