"""Texts that are used often: fields, who is offered which, and inserting without writing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from entity.models import Office
from portal.base.models import Transition
from questions import text_templates, workflow
from questions.models import Answer, Question, TextTemplate
from tests.questions.desk import page_of, write_page

BOGOTA = ZoneInfo("America/Bogota")
NOW = datetime(2020, 12, 4, 10, tzinfo=BOGOTA)
ADD = "/gestion/questions/texttemplate/add/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(staff):
    return staff.office.office_memberships.get().office


@pytest.fixture
def assigned(make_question, staff, office):
    return workflow.assign_question(
        make_question(at=NOW), actor=staff.moderation, office=office, at=NOW
    )


def ready(text="Sobre {radicado}.", use="clarification", **fields) -> TextTemplate:
    return TextTemplate.objects.create(use=use, title="Un texto", text=text, **fields)


def test_every_field_is_filled_with_its_fact(assigned):
    template = ready("{radicado} | {tema} | {municipio} | {oficina} | {vence} | {fecha}")
    assert text_templates.fill(template, assigned, at=NOW) == (
        f"{assigned.reference} | Agua y ríos | Oiba | Subdirección de Autoridad Ambiental | "
        "29 de diciembre de 2020 | 4 de diciembre de 2020"
    )


def test_nothing_else_in_braces_is_touched(make_question):
    """No format string: what an administrator writes reaches into nothing."""
    text = "{radicado.pk} {0} {__class__} {} { {tema"
    assert text_templates.fill(ready(text), make_question()) == text


def test_without_an_office_it_says_so(make_question):
    assert text_templates.fill(ready("{oficina}"), make_question()) == "la oficina encargada"


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.administration)
    return client


def save(desk, text):
    data = {"use": "answer", "title": "Un texto", "text": text, "is_active": "on"}
    return desk.post(ADD, data)


def test_a_text_with_known_fields_is_saved(desk):
    assert save(desk, "Buenos días. {radicado} vence el {vence}.").status_code == 302
    assert TextTemplate.objects.get().text == "Buenos días. {radicado} vence el {vence}."


@pytest.mark.parametrize("text", ["{nombre}", "{radicado} {correo }", "{Radicado}", "{}"])
def test_an_unknown_field_is_refused_with_a_sentence(desk, text):
    response = save(desk, text)
    assert response.status_code == 200
    (words,) = response.context["adminform"].form.errors["text"]
    assert "no es un campo" in words and "{radicado}" in words
    assert not TextTemplate.objects.exists()


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "communications"])
def test_only_the_administration_keeps_them(client, staff, role):
    client.force_login(staff[role])
    assert client.get(ADD).status_code == 403


def test_each_office_is_offered_its_own_and_those_of_all(assigned, office):
    other = Office.objects.exclude(pk=office.pk).first()
    mine, everybodys = ready(office=office), ready()
    ready(office=other)
    ready(is_active=False)
    ready(use="answer")
    found = text_templates.offered(assigned, ["clarification"])
    assert found.keys() == {"clarification"}
    assert set(found["clarification"]) == {mine, everybodys}


def sent(**values) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def test_the_text_stands_below_what_was_typed(assigned):
    template = ready()
    data = sent(insert="clarification", template_clarification=str(template.pk), asked="Hola.\n")
    filled, place = text_templates.inserted(data, assigned)
    assert (place, filled["asked"]) == ("asked", f"Hola.\n\nSobre {assigned.reference}.")
    assert data["asked"] == "Hola.\n"


@pytest.mark.parametrize("key", ["", "x", "999999", "-1"])
def test_without_a_text_nothing_changes(assigned, key):
    data = sent(insert="clarification", template_clarification=key, asked="Hola.")
    assert text_templates.inserted(data, assigned)[0]["asked"] == "Hola."


def test_the_text_of_another_office_is_not_inserted(assigned, office):
    foreign = ready(office=Office.objects.exclude(pk=office.pk).first())
    data = sent(insert="clarification", template_clarification=str(foreign.pk))
    assert text_templates.inserted(data, assigned)[0].get("asked", "") == ""


@pytest.mark.parametrize(
    ("use", "field"),
    [("clarification", "asked"), ("archive", "archive_reason"), ("return", "return_reason")],
)
def test_inserting_on_the_review_page_writes_nothing(client, staff, assigned, use, field):
    template = ready(use=use)
    client.force_login(staff.moderation)
    moves = Transition.objects.count()
    data = {
        "insert": use, f"template_{use}": template.pk, "title": "Mi título",
        "revision": assigned.revision,
    }  # fmt: skip
    response = client.post(page_of(assigned), data)
    assert response.status_code == 200
    form = response.context["form"]
    assert form[field].value() == f"Sobre {assigned.reference}."
    assert form["title"].value() == "Mi título"
    assert Question.objects.get(pk=assigned.pk).revision == assigned.revision
    assert Transition.objects.count() == moves


def test_inserting_on_the_answer_page_writes_nothing(client, staff, assigned):
    template = ready(use="answer")
    client.force_login(staff.office)
    assert "Un texto" in client.get(write_page(assigned)).content.decode()
    data = {"insert": "answer", "template_answer": template.pk, "summary": "Sí.", "body": "Iremos."}
    response = client.post(write_page(assigned), data)
    assert response.status_code == 200
    form = response.context["form"]
    assert form["body"].value() == f"Iremos.\n\nSobre {assigned.reference}."
    assert form["summary"].value() == "Sí."
    assert not Answer.objects.exists()
