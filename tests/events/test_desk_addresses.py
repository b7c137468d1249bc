"""Every address of the desk of this room, opened and pressed by every role: tables by hand.

Who may read events reads their pages; people, proofs, contacts and moves are for fewer. Nothing of
it depends on what the page would show.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import resolve

from events.models import (
    Attendee,
    Contact,
    ContactGroup,
    DutyProof,
    Event,
    InvitationRound,
    ReportDelivery,
    Result,
    Speaker,
    TopicProposal,
)
from portal.base import clock, uploads
from tests.base.files import picture

ROLES = (
    "moderation", "moderation_blind", "office", "approval", "communications", "internal_control",
    "administration",
)  # fmt: skip

# The columns are ROLES: mod, blind, office, approval, communications, control, administration.
OPENED = """
event/                                             200 200 200 200 200 200 200
event/?q=audiencia&status__exact=draft             200 200 200 200 200 200 200
event/add/                                         403 403 403 403 200 403 403
event/{open}/change/                               200 200 200 200 200 200 200
event/{draft}/change/                              200 200 200 200 200 200 200
event/{open}/history/                              200 200 200 200 200 200 200
event/{open}/delete/                               403 403 403 403 403 403 403
event/{draft}/delete/                              403 403 403 403 403 403 403
event/{open}/                                      302 302 302 302 302 302 302
event/{open}/agenda/                               200 200 200 200 200 200 200
event/{open}/transmision/                          200 200 200 200 200 200 200
event/{open}/copiar/                               403 403 403 403 200 403 403
event/{open}/compartir/                            200 200 200 200 200 200 200
event/{open}/intervenciones/                       403 403 403 403 200 403 403
event/{open}/intervenciones/agregar/               403 403 403 403 200 403 403
event/{open}/entrada/                              403 403 403 403 200 403 403
event/{open}/entrada/?codigo=AAAAAAAAAA            403 403 403 403 200 403 403
event/{open}/publico/                              403 403 403 403 200 403 403
event/{open}/invitaciones/                         403 403 403 403 200 200 200
event/{open}/invitaciones/nueva/                   403 403 403 403 200 403 403
event/{open}/invitaciones/lista/                   403 403 403 403 200 200 200
event/{open}/convocatoria/                         403 403 403 403 200 200 403
event/{open}/convocatoria/deber/answers/           403 403 403 403 200 403 403
event/{open}/convocatoria/deber/nada/              403 403 403 403 404 403 403
event/{open}/convocatoria/prueba/{proof}/          403 403 403 403 200 403 403
event/{draft}/convocatoria/prueba/{proof}/         403 403 403 403 404 403 403
event/{open}/convocatoria/prueba/{proof}/archivo/  403 403 403 403 200 200 403
event/{draft}/convocatoria/prueba/{proof}/archivo/ 403 403 403 403 404 404 403
event/{open}/convocatoria/tarea/access/            405 405 405 405 405 405 405
event/{open}/convocatoria/evidencias/              405 405 405 405 405 405 405
event/{draft}/mover/announce/                      403 403 403 403 200 403 403
event/{open}/mover/nada/                           403 403 403 403 404 403 403
eventkind/                                         403 403 403 403 403 403 200
eventkind/add/                                     403 403 403 403 403 403 200
eventkind/jornada/change/                          403 403 403 403 403 403 200
eventkind/jornada/history/                         403 403 403 403 403 403 200
eventkind/jornada/delete/                          403 403 403 403 403 403 403
result/                                            403 403 403 403 200 200 403
result/add/                                        403 403 403 403 200 403 403
result/importar/                                   403 403 403 403 200 403 403
result/plantilla.csv                               403 403 403 403 200 403 403
result/plantilla.exe                               403 403 403 403 404 403 403
result/{result}/change/                            403 403 403 403 200 200 403
result/{result}/history/                           403 403 403 403 200 200 403
result/{result}/delete/                            403 403 403 403 200 403 403
topicproposal/                                     200 200 403 403 200 200 403
topicproposal/add/                                 403 403 403 403 403 403 403
topicproposal/{topic}/change/                      200 200 403 403 200 200 403
topicproposal/{topic}/history/                     200 200 403 403 200 200 403
topicproposal/{topic}/delete/                      403 403 403 403 403 403 403
reportdelivery/                                    403 403 403 403 200 200 403
reportdelivery/add/                                403 403 403 403 200 403 403
reportdelivery/{delivery}/change/                  403 403 403 403 200 200 403
reportdelivery/{delivery}/history/                 403 403 403 403 200 200 403
reportdelivery/{delivery}/delete/                  403 403 403 403 403 403 403
reportdelivery/{delivery}/archivo/                 403 403 403 403 200 200 403
contactgroup/                                      403 403 403 403 403 403 200
contactgroup/add/                                  403 403 403 403 403 403 200
contactgroup/{group}/change/                       403 403 403 403 403 403 200
contactgroup/{group}/history/                      403 403 403 403 403 403 200
contactgroup/{group}/delete/                       403 403 403 403 403 403 403
contact/                                           403 403 403 403 200 200 200
contact/add/                                       403 403 403 403 200 403 200
contact/importar/                                  403 403 403 403 200 403 200
contact/plantilla.csv                              403 403 403 403 200 403 200
contact/plantilla.exe                              403 403 403 403 404 403 404
contact/directorio.csv                             403 403 403 403 405 403 405
contact/{contact}/change/                          403 403 403 403 200 200 200
contact/{contact}/history/                         403 403 403 403 200 200 200
contact/{contact}/delete/                          403 403 403 403 200 403 200
speaker/                                           403 403 403 403 200 403 403
speaker/add/                                       403 403 403 403 403 403 403
speaker/{speaker}/change/                          403 403 403 403 200 403 403
speaker/{speaker}/history/                         403 403 403 403 200 403 403
speaker/{speaker}/delete/                          403 403 403 403 403 403 403
speaker/{speaker}/contacto/                        400 400 400 400 400 400 400
attendee/                                          403 403 403 403 200 403 403
attendee/add/                                      403 403 403 403 403 403 403
attendee/{attendee}/change/                        403 403 403 403 200 403 403
attendee/{attendee}/history/                       403 403 403 403 200 403 403
attendee/{attendee}/delete/                        403 403 403 403 403 403 403
attendee/{attendee}/contacto/                      400 400 400 400 400 400 400
"""
# Buttons: address, what is sent, and the answers. A form with errors answers 200, and what another
# one overtook 409: who may press gets that far.
PRESSED = """
event/{open}/agenda/ act=up-{item}                            403 403 403 403 409 403 403
event/{open}/agenda/ act=delete-{item}                        403 403 403 403 409 403 403
event/{open}/transmision/ act=works-{stream}                  403 403 403 403 409 403 403
event/{open}/compartir/ x=x                                   403 403 403 403 303 403 403
event/{open}/copiar/ title=x                                  403 403 403 403 200 403 403
event/{open}/intervenciones/ act=up-{speaker}                 403 403 403 403 303 403 403
event/{open}/intervenciones/agregar/ name=x                   403 403 403 403 200 403 403
event/{open}/entrada/ attendee={attendee}                     403 403 403 403 303 403 403
event/{open}/publico/ people=x                                403 403 403 403 200 403 403
event/{open}/invitaciones/ retry={round}                      403 403 403 403 303 403 403
event/{open}/invitaciones/nueva/ key=x                        403 403 403 403 200 403 403
event/{open}/convocatoria/deber/answers/ note=x               403 403 403 403 200 403 403
event/{open}/convocatoria/prueba/{proof}/ reason=             403 403 403 403 200 403 403
event/{open}/convocatoria/tarea/nada/ state=done              403 403 403 403 409 403 403
event/{open}/convocatoria/evidencias/ x=x                     403 403 403 403 200 200 403
event/{draft}/mover/announce/ x=x                             403 403 403 403 200 403 403
event/{draft}/mover/announce/ apply=1                         403 403 403 403 200 403 403
result/importar/ rows=x                                       403 403 403 403 303 403 403
contact/importar/ rows=x                                      403 403 403 403 303 403 303
contact/directorio.csv x=x                                    403 403 403 403 200 403 200
speaker/{speaker}/contacto/ x=x                               403 403 403 403 200 403 403
attendee/{attendee}/contacto/ x=x                             403 403 403 403 200 403 403
"""


@dataclass(frozen=True)
class Line:
    address: str
    codes: tuple[int, ...]
    sent: str = ""


def opened() -> list[Line]:
    cut = (line.split() for line in OPENED.strip().splitlines())
    return [Line(address, tuple(map(int, codes))) for address, *codes in cut]


def pressed() -> list[Line]:
    cut = (line.split() for line in PRESSED.strip().splitlines())
    return [Line(address, tuple(map(int, codes)), sent) for address, sent, *codes in cut]


def stored():
    return uploads.accept(SimpleUploadedFile("foto.png", picture("PNG"))).store()


@pytest.fixture
def names(event_open, staff):
    """What the addresses of the tables name."""
    far, day, actor = clock.now() + timedelta(days=90), clock.local_day(), staff.communications
    group = ContactGroup.objects.first()
    kept = {
        "open": event_open, "item": event_open.agenda.first(),
        "stream": event_open.streams.first(),
        "draft": Event.objects.create(
            slug="2030-01-10-jornada", kind=event_open.kind, title="Borrador",
            starts_at=far, ends_at=far + timedelta(hours=2),
        ),
        "proof": DutyProof.objects.create(
            event=event_open, duty="answers", done_on=day, stored=stored(), recorded_by=actor
        ),
        "result": Result.objects.create(event=event_open, number=1, goal="Visitas"),
        "topic": TopicProposal.objects.create(event=event_open, original_text="Agua", token="t"),
        "delivery": ReportDelivery.objects.create(
            event=event_open, report="Informe", body="Contraloría", delivered_on=day,
            stored=stored(), recorded_by=actor,
        ),
        "group": group,
        "contact": Contact.objects.create(
            group=group, organisation="Veeduría", email="v@x.example"
        ),
        "round": InvitationRound.objects.create(key="r", event=event_open, started_by=actor),
        "speaker": Speaker.objects.create(
            event=event_open, name="Ana", theme="Agua", code_digest="s"
        ),
        "attendee": Attendee.objects.create(
            event=event_open, name="Luz", status="confirmed", code_digest="a"
        ),
    }  # fmt: skip
    return {name: row.pk for name, row in kept.items()}


def address_of(line: Line, names: dict) -> str:
    return f"/gestion/events/{line.address.format(**names)}"


def answers(client, staff, table, ask) -> tuple[list[str], list[str]]:
    """What every role was answered, and what the table says."""
    found, expected = [], []
    for role, line in product(ROLES, table):
        client.force_login(staff[role])
        what = f"{role} {line.address} {line.sent}"
        found.append(f"{what} {ask(line)}")
        expected.append(f"{what} {line.codes[ROLES.index(role)]}")
    return found, expected


def test_every_address_and_every_role(client, staff, names):
    def ask(line):
        return client.get(address_of(line, names)).status_code

    found, expected = answers(client, staff, opened(), ask)
    assert found == expected


def test_every_button_and_every_role(client, staff, names):
    def ask(line):
        sent = QueryDict(line.sent.format(**names)).dict()
        return client.post(address_of(line, names), sent).status_code

    found, expected = answers(client, staff, pressed(), ask)
    assert found == expected


def test_whoever_is_not_signed_in_goes_to_the_login(client, names):
    for line in opened():
        to = client.get(address_of(line, names)).get("Location", "")
        to_form = to.endswith("/change/")  # Django's, for old links
        assert to.startswith(("/gestion/login/", "/cuenta/")) or to_form, line.address
    for line in pressed():
        to = client.post(address_of(line, names), {"x": "x"}).get("Location", "")
        assert to.startswith(("/gestion/login/", "/cuenta/")), line.address


def test_no_address_of_the_room_is_missing_from_the_table(names):
    """A new page of the desk needs a line here."""
    known = {resolve(address_of(line, names).partition("?")[0]).url_name for line in opened()}
    wanted = {
        pattern.name
        for model, model_admin in admin.site._registry.items()
        if model._meta.app_label == "events"
        for pattern in model_admin.urls
    }
    assert wanted - known == set()
