"""A second entity begins with flags alone: nothing of the first one is in what it gets."""

import io
from datetime import timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from entity import registry, setup
from entity.models import Entity, Municipality, Office, PrivacyNotice, Topic
from portal.base import versions

FLAGS = {
    "name": "Corporación Autónoma Regional del Ejemplo",
    "short_name": "CARE",
    "email": "atencion@example.org",
    "website": "https://www.example.org",
    "city": "Popayán",
    "department": "Cauca",
    "department_code": "19",
    "region_name": "Todo el Cauca",
}


@pytest.fixture(autouse=True)
def nothing_read_before(db):
    """Another test's entity must not be remembered under the same content version."""
    versions.forget()
    registry.forget()
    yield
    versions.forget()
    registry.forget()


def run(**flags):
    out = io.StringIO()
    with mock.patch("sys.stdin.isatty", return_value=False):
        call_command("setup_entity", stdout=out, **flags)
    return out.getvalue()


def test_another_entity_from_flags():
    said = run(**FLAGS, phone="602 000 0000", closing_hour="17:00")

    entity = Entity.objects.get()
    assert {name: getattr(entity, name) for name in FLAGS} == FLAGS
    assert not entity.is_demo
    assert f"{entity.closing_hour:%H:%M}" == "17:00"
    assert Office.objects.get().name == "Dirección General"
    assert Topic.objects.get().name == "Otro tema o no estoy seguro"
    assert "no list of municipalities for department 19" in said
    assert registry.registry().entity == entity

    notice = PrivacyNotice.objects.in_force()
    assert notice.version == "1"
    assert FLAGS["name"] in notice.consent_label
    for needed in (FLAGS["name"], FLAGS["email"], "602 000 0000", "voluntario", "18 años"):
        assert needed in notice.text
    for needed in ("Para qué los usamos", "Qué datos pedimos", "Sus derechos", "política"):
        assert needed in notice.text
    assert "{" not in notice.text + notice.consent_label


def test_nothing_of_the_first_entity_is_in_it():
    run(**FLAGS)
    models = [model for model in apps.get_models() if model.__module__.startswith("entity")]
    rows = [row for model in models for row in model.objects.values()]
    text = " ".join(str(value) for row in rows for value in row.values()).lower()
    assert "corporación autónoma regional del ejemplo" in text
    assert not any(word in text for word in ("santander", "cas.gov", "san gil"))
    assert "cas" not in text.replace(",", " ").replace("(", " ").replace(")", " ").split()


def test_a_department_with_a_list_gets_its_municipalities():
    with mock.patch.dict(FLAGS, department="Santander", department_code="68"):
        assert "87 municipalities" in run(**FLAGS)
    oiba = Municipality.objects.get(name="Oiba")
    assert oiba.code == "68500"
    assert oiba.authority
    assert oiba.province


def test_running_it_again_changes_only_what_is_named():
    run(**{**FLAGS, "department_code": "68"})
    Municipality.objects.filter(code="68500").update(authority="Otra")
    Office.objects.update(name="Gerencia")
    before = versions.read(versions.EVERYTHING)

    run(phone="602 000 0000")

    entity = Entity.objects.get()
    assert entity.phone == "602 000 0000"
    assert entity.name == FLAGS["name"]
    assert Office.objects.get().name == "Gerencia"
    assert Municipality.objects.get(code="68500").authority == "Otra"
    assert Municipality.objects.count() == 87
    assert Topic.objects.count() == PrivacyNotice.objects.count() == 1
    assert versions.read(versions.EVERYTHING) > before


def test_without_a_terminal_it_says_what_is_missing():
    with pytest.raises(CommandError, match="Add --email, --city"):
        run(**{**FLAGS, "email": "", "city": " "})
    assert not Entity.objects.exists()


def test_on_a_terminal_it_asks_for_what_is_missing():
    answers = iter(["", "preguntas@example.org"])
    with (
        mock.patch("sys.stdin.isatty", return_value=True),
        mock.patch("builtins.input", side_effect=lambda label: next(answers)),
    ):
        call_command("setup_entity", stdout=io.StringIO(), **{**FLAGS, "email": ""})
    assert Entity.objects.get().email == "preguntas@example.org"


def test_what_is_wrong_is_said_in_a_sentence():
    with pytest.raises(CommandError, match=r"Nothing was saved\. --email"):
        run(**{**FLAGS, "email": "no es un correo"})
    assert not Entity.objects.exists()
    assert not Office.objects.exists()


def test_the_first_notice_is_in_force_at_once():
    at = timezone.now() - timedelta(days=1)
    setup.set_up(FLAGS, at=at)
    assert PrivacyNotice.objects.in_force(at)
