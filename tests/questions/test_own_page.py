"""What the own page says to the author after each step."""

import pytest
from dateutil.relativedelta import relativedelta

from portal.base import clock
from portal.base.dates import long_day
from questions import codes, workflow
from questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(make_question):
    return make_question(token="the-token", text="Mi texto original.")


@pytest.fixture
def own(client, case):
    """The own page, opened with the code."""
    data = {"reference": case.reference, "code": codes.code_for("the-token")}
    client.post("/mi-pregunta/", data)
    return lambda: client.get("/mi-pregunta/").content.decode()


def test_the_box_says_the_last_day_and_the_reply_stays_on_the_page(client, case, own, staff):
    workflow.ask_for_clarification(case, actor=staff.moderation, asked="¿En qué vereda?")
    last_day = long_day(clock.local_day() + relativedelta(months=1))
    assert f"Responda a más tardar el {last_day}. Después de ese día podemos cerrarla." in own()
    assert "Le pedimos una aclaración" in own()
    client.post("/mi-pregunta/aclarar/", {"reply": "En El Ejemplo."})
    page = own()
    notice = page.split('role="status"')[1].split("</p>")[0]
    assert "Recibimos su aclaración." in notice
    assert "¿En qué vereda?" in page
    assert "En El Ejemplo." in page
    assert "hasta que usted respondió" in page
    assert "Recibimos su aclaración." not in own()


def test_withdrawing_warns_leads_to_the_box_and_says_that_it_is_done(client, own):
    assert "Su página pública desaparece. No se puede deshacer." in own()
    unsure = client.post("/mi-pregunta/retirar/").content.decode()
    assert '<a href="#sure">Marque la casilla para retirarla.</a>' in unsure
    client.post("/mi-pregunta/retirar/", {"sure": "1"})
    page = own()
    assert "Retiramos su pregunta." in page
    assert "Usted la retiró" in page
    assert "Todavía no la revisamos" not in page


def test_reopening_says_that_it_is_done(client, case, own, staff):
    office = staff.office.office_memberships.get().office
    workflow.assign_question(case, actor=staff.moderation, office=office)
    answer = workflow.draft_answer(case, actor=staff.office, summary="Sí.", body="Sí, en enero.")
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval)
    said = {"value": "no", "reason": "¿De qué año?", "reopen": "on"}
    client.post("/mi-pregunta/respondio/", said)
    assert Question.objects.get().status == "assigned"
    page = own()
    assert "Reabrimos su pregunta." in page
    assert "Reabierta: usted pidió completar la respuesta" in page


def test_an_archived_one_promises_no_answer(case, own, staff, archived):
    workflow.withhold(case, actor=staff.moderation, reason="insults")
    assert "De todos modos le respondemos." in own()
    archived(case)
    page = own()
    assert "De todos modos le respondemos." not in page
    assert "Archivada</li>" in page


@pytest.mark.parametrize("tail", ["aclarar", "mas-tiempo", "retirar", "respondio", "salir"])
def test_the_address_of_a_button_leads_to_the_page(client, own, tail):
    response = client.get(f"/mi-pregunta/{tail}/")
    assert (response.status_code, response.url) == (302, "/mi-pregunta/")
    assert "Mi texto original." in own()
