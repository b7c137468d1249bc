"""Every address of the desk of this room, opened by every role: a table written by hand.

What belongs to another office does not exist for an office (404, or Django's way home); what a
role has nothing to do with is refused (403). Nothing of it depends on what the page would show.
"""

from dataclasses import dataclass
from itertools import product

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve
from django.utils import timezone

from entity.models import Office, Topic
from portal.base import uploads
from portal.base.models import AccessEntry, OutgoingMail
from questions import workflow
from questions.models import ImportBatch, InboundMessage, TextTemplate, TopicRule
from tests.base.files import picture

ROLES = (
    "moderation", "moderation_blind", "office", "approval", "communications", "internal_control",
    "administration",
)  # fmt: skip

# The columns are ROLES: mod, blind, office, approval, communications, control, administration.
TABLE = """
question/                                     200 200 200 200 403 200 403
question/?vista=todas&q=agua                  200 200 200 200 403 200 403
question/{new}/change/                        200 200 404 200 403 200 403
question/{own}/change/                        200 200 200 200 403 200 403
question/{other}/change/                      200 200 404 200 403 200 403
question/{own}/history/                       200 200 200 200 302 200 302
question/{other}/history/                     200 200 302 200 302 200 302
question/{own}/delete/                        403 403 403 403 403 403 403
question/{own}/                               302 302 302 302 302 302 302
question/add/                                 403 403 403 403 403 403 403
question/{own}/archivo/{own_file}/            200 403 200 403 403 403 403
question/{other}/archivo/{other_file}/        200 403 404 403 403 403 403
question/{own}/archivo/{other_file}/          404 403 404 403 403 403 403
question/{own}/reservar/                      405 405 405 405 405 405 405
question/siguiente/                           302 302 403 403 403 403 403
question/deshacer/                            405 405 405 405 405 405 405
question/teclas/                              405 405 405 405 405 405 405
question/nuevo/                               200 200 403 403 200 403 403
question/nuevo/{new}/                         302 302 403 403 302 403 403
question/nuevo/{new}/comprobante/             302 302 403 403 302 403 403
question/nuevo/{new}/comprobante.pdf          302 302 403 403 302 403 403
question/formularios/                         200 200 403 403 200 403 403
question/formularios/1-2/                     200 200 403 403 200 403 403
question/formularios/7-9/                     404 404 403 403 404 403 403
question/formularios/1-2/hojas/               200 200 403 403 200 403 403
question/formularios/7-9.pdf                  404 404 403 403 404 403 403
question/importar/                            200 200 403 403 200 403 403
question/importar/plantilla.csv               200 200 403 403 200 403 403
question/importar/plantilla.exe               404 404 403 403 404 403 403
question/importar/{batch}/                    200 404 403 403 404 403 403
answer/                                       200 200 200 200 403 200 403
answer/add/                                   403 403 403 403 403 403 403
answer/{draft}/change/                        200 200 200 200 403 200 403
answer/{other_draft}/change/                  200 200 404 200 403 200 403
answer/{other_draft}/history/                 200 200 302 200 302 200 302
answer/{draft}/delete/                        403 403 403 403 403 403 403
answer/{draft}/                               302 302 302 302 302 302 302
answer/{own}/escribir/                        403 403 200 403 403 403 403
answer/{other}/escribir/                      302 302 404 302 403 302 403
answer/{draft}/anexo/{annex}/                 200 200 200 200 403 200 403
answer/{other_draft}/anexo/{other_annex}/     200 200 404 200 403 200 403
answer/{draft}/anexo/{other_annex}/           404 404 404 404 403 404 403
inboundmessage/                               403 403 403 403 403 200 200
inboundmessage/add/                           403 403 403 403 403 403 403
inboundmessage/{inbound}/change/              403 403 403 403 403 200 200
inboundmessage/{inbound}/history/             403 403 403 403 403 200 200
inboundmessage/{inbound}/delete/              403 403 403 403 403 403 403
petitiontype/                                 403 403 403 403 403 403 200
petitiontype/add/                             403 403 403 403 403 403 200
petitiontype/general/change/                  403 403 403 403 403 403 200
petitiontype/general/history/                 403 403 403 403 403 403 200
petitiontype/general/delete/                  403 403 403 403 403 403 403
texttemplate/                                 403 403 403 403 403 403 200
texttemplate/add/                             403 403 403 403 403 403 200
texttemplate/{template}/change/               403 403 403 403 403 403 200
texttemplate/{template}/history/              403 403 403 403 403 403 200
texttemplate/{template}/delete/               403 403 403 403 403 403 403
topicrule/                                    403 403 403 403 403 403 200
topicrule/add/                                403 403 403 403 403 403 200
topicrule/{rule}/change/                      403 403 403 403 403 403 200
topicrule/{rule}/history/                     403 403 403 403 403 403 200
topicrule/{rule}/delete/                      403 403 403 403 403 403 200
../base/outgoingmail/                         403 403 403 403 403 200 200
../base/outgoingmail/add/                     403 403 403 403 403 403 403
../base/outgoingmail/{mail}/change/           403 403 403 403 403 200 200
../base/outgoingmail/{mail}/history/          403 403 403 403 403 200 200
../base/outgoingmail/{mail}/delete/           403 403 403 403 403 403 403
../base/accessentry/                          403 403 403 403 403 200 403
../base/accessentry/add/                      403 403 403 403 403 403 403
../base/accessentry/{look}/change/            403 403 403 403 403 200 403
../base/accessentry/{look}/history/           403 403 403 403 403 200 403
../base/accessentry/{look}/delete/            403 403 403 403 403 403 403
../base/staffpreference/                      200 200 200 200 200 200 200
../base/staffpreference/add/                  403 403 403 403 403 403 403
"""


@dataclass(frozen=True)
class Line:
    address: str
    codes: tuple[int, ...]


def lines() -> list[Line]:
    cut = (line.split() for line in TABLE.strip().splitlines())
    return [Line(address, tuple(map(int, codes))) for address, *codes in cut]


def clean(name="foto.png"):
    return uploads.accept(SimpleUploadedFile(name, picture("PNG")))


@pytest.fixture
def case_of(published, staff):
    """A published contribution with a file, in the hands of an office; and one with a draft."""

    def make(person):
        office = person.office_memberships.get().office
        with_file = published(files=[clean().store()])
        workflow.assign_question(with_file, actor=staff.moderation, office=office)
        drafted = workflow.assign_question(published(), actor=staff.moderation, office=office)
        draft = workflow.draft_answer(drafted, actor=person, summary="Sí.", body="Sí.")
        annex = workflow.attach_file(draft, actor=person, file=clean(), small=None, words="Río")
        return with_file, draft, annex

    return make


@pytest.fixture
def names(case_of, make_question, staff):
    """What the addresses of the table name."""
    own, draft, annex = case_of(staff.office)
    other, _draft, _annex = case_of(staff.other_office)
    other_draft = workflow.draft_answer(other, actor=staff.other_office, summary="No.", body="No.")
    other_annex = workflow.attach_file(
        other_draft, actor=staff.other_office, file=clean(), small=None, words="Río"
    )
    workflow.reserve_forms(actor=staff.moderation, count=2)
    kept = {
        "new": make_question(), "own": own, "other": other, "draft": draft, "annex": annex,
        "other_draft": other_draft, "other_annex": other_annex,
        "own_file": own.files.get(), "other_file": other.files.get(),
        "batch": ImportBatch.objects.create(token="t", actor=staff.moderation, name="x.csv"),
        "inbound": InboundMessage.objects.create(
            digest="x", result="filed", received_at=timezone.now()
        ),
        "template": TextTemplate.objects.create(title="Saludo", use="answer", text="Buen día."),
        "rule": TopicRule.objects.create(
            topic=Topic.objects.first(), office=Office.objects.first()
        ),
        "mail": OutgoingMail.objects.create(
            key="question:1:received:0:author", to="a@b.example", message_id="<1@x>", language="es"
        ),
        "look": AccessEntry.objects.create(
            actor=staff.moderation, kind="question", object_id=1, reference="RC", what="identity"
        ),
    }  # fmt: skip
    return {name: row.pk for name, row in kept.items()}


def address_of(line: Line, names: dict) -> str:
    return f"/gestion/questions/{line.address.format(**names)}".replace("questions/../", "")


def test_every_address_and_every_role(client, staff, names):
    found, expected = [], []
    for role, line in product(ROLES, lines()):
        client.force_login(staff[role])
        code = client.get(address_of(line, names)).status_code
        found.append(f"{role} {line.address} {code}")
        expected.append(f"{role} {line.address} {line.codes[ROLES.index(role)]}")
    assert found == expected


def test_whoever_is_not_signed_in_goes_to_the_login(client, names):
    for line in lines():
        response = client.get(address_of(line, names))
        to_login = response.get("Location", "").startswith(("/gestion/login/", "/cuenta/"))
        to_form = response.get("Location", "").endswith("/change/")  # Django's, for old links
        assert response.status_code == 302 and (to_login or to_form), line.address


def test_no_address_of_the_room_is_missing_from_the_table(names):
    """A new page of the desk needs a line here."""
    known = {resolve(address_of(line, names).partition("?")[0]).url_name for line in lines()}
    wanted = {
        pattern.name
        for model, model_admin in admin.site._registry.items()
        if model._meta.app_label == "questions"
        for pattern in model_admin.urls
    }
    assert wanted - known == set()
