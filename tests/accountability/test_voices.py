"""Remarks about drafts and notes about commitments: nobody's words go public by themselves."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accountability.minutes import workflow as editions
from accountability.models import CommitmentNote, MinutesRemark
from accountability.voices import workflow
from entity.models import Consent
from portal.base import automatic, clock
from portal.base.machine import MoveRefused
from portal.base.models import OutgoingMail, Transition
from tests.accountability.conftest import at

pytestmark = pytest.mark.django_db
ACTA = "/eventos/2020-12-21-jornada/acta/"
FORM = ACTA + "borrador/observar/"
MAIL = "vecina@example.org"


@pytest.fixture
def draft(draft_minutes, staff):
    """A draft that takes remarks until tomorrow."""
    until = clock.local_day() + timedelta(days=1)
    return editions.open_to_remarks(draft_minutes, actor=staff.approval, until=until)


@pytest.fixture
def opened(client, monkeypatch):
    """`opened(address)`: the hidden field of a page that was opened long enough ago."""
    monkeypatch.setattr(automatic, "looks_automatic", lambda post: bool(post.get("website")))

    def open_page(address):
        page = client.get(address).content.decode()
        return re.search(r'name="started" value="([^"]+)"', page).group(1)

    return open_page


@pytest.fixture
def send(client, opened):
    def post(address, **fields):
        values = {"started": opened(address), "text": "Falta lo que dijo la veeduría.", **fields}
        return client.post(address, values)

    return post


@pytest.fixture
def remark(draft):
    return workflow.submit_remark(
        draft, text="Falta lo que dijo Pedro Pérez.", token="t", email=MAIL, paragraph=2
    )


def test_a_remark_is_received_once(client, draft, opened):
    values = {"started": opened(FORM), "text": "Falta la hora de cierre.", "paragraph": "4"}
    first, second = client.post(FORM, values), client.post(FORM, values)
    row = MinutesRemark.objects.get()
    assert (row.text, row.paragraph, row.email) == ("Falta la hora de cierre.", 4, "")
    assert first.url == second.url == f"{FORM}?enviado={row.number}"
    assert f"OBS-{row.number}" in client.get(first.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Escriba lo que quiere decir"),
        ({"text": "Corto"}, "Es muy corto"),
        ({"text": "x" * 1501}, "1501"),
        ({"paragraph": "99"}, "El borrador tiene 4 párrafos."),
        ({"paragraph": "dos"}, "Escriba el número del párrafo"),
        ({"email": "no-es"}, "Escriba el correo así"),
        ({"email": MAIL}, "Marque la casilla"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(send, draft, fields, sentence):
    answer = send(FORM, **{"text": "Falta la hora de cierre.", **fields})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    for typed in {"text": "Falta la hora de cierre.", **fields}.values():
        assert typed in page
    assert not MinutesRemark.objects.exists()


def test_after_the_last_day_the_page_says_so_and_keeps_the_text(client, send, draft):
    MinutesRemark.objects.all().delete()
    type(draft).objects.update(remarks_until=clock.local_day() - timedelta(days=1))
    assert "Las observaciones se recibieron hasta" in client.get(FORM).content.decode()


def test_a_remark_that_comes_late_is_refused_with_its_text(client, opened, draft):
    hidden = opened(FORM)
    type(draft).objects.update(remarks_until=clock.local_day() - timedelta(days=1))
    answer = client.post(FORM, {"started": hidden, "text": "Llegué un minuto tarde."})
    assert answer.status_code == 409
    assert "Llegué un minuto tarde." in answer.content.decode()
    assert not MinutesRemark.objects.exists()


@pytest.mark.parametrize("moves", [("approve_minutes",), ("approve_minutes", "publish_minutes")])
def test_after_the_minutes_went_on_who_comes_late_is_told_and_keeps_the_text(
    client, opened, draft, staff, moves
):
    hidden = opened(FORM)
    later = clock.now() + timedelta(days=3)
    for move in moves:
        getattr(editions, move)(draft, actor=staff.approval, at=later)
    page = client.get(FORM).content.decode()
    assert "Las observaciones se recibieron hasta" in page and "pedir una corrección" in page
    assert "borrador/" not in page.split("<main")[1].split("</main>")[0]
    answer = client.post(FORM, {"started": hidden, "text": "Llegué una semana tarde."})
    assert answer.status_code == 409
    assert "Llegué una semana tarde." in answer.content.decode()
    assert not MinutesRemark.objects.exists()


def test_without_a_draft_there_is_no_form(client, draft_minutes):
    assert client.get(FORM).status_code == 404


def test_many_from_one_connection_wait(send, draft):
    answers = [send(FORM).status_code for _n in range(11)]
    assert answers == [302] * 10 + [429]


def test_programs_are_asked_once_more(client, draft):
    answer = client.post(FORM, {"started": "", "text": "Falta la hora de cierre."})
    assert answer.status_code == 200
    assert not MinutesRemark.objects.exists()


def test_an_answer_shows_the_words_that_may_be_read(client, remark, staff):
    page = client.get(ACTA + "borrador/").content.decode()
    assert "Pedro" not in page
    workflow.answer_remark(
        remark, actor=staff.communications, outcome="taken",
        reply="Se agregó en el párrafo 2.", public_text="Falta lo que dijo [nombre oculto].",
    )  # fmt: skip
    page = client.get(ACTA + "borrador/").content.decode()
    assert "Falta lo que dijo [nombre oculto]." in page
    assert "Se agregó en el párrafo 2." in page
    assert "Pedro" not in page
    assert MAIL not in page


def test_its_author_is_told_and_the_address_is_forgotten(remark, staff):
    workflow.answer_remark(remark, actor=staff.approval, outcome="not_taken", reply="No procede.")
    mail = OutgoingMail.objects.get()
    assert mail.to == MAIL
    assert "Pedro" not in mail.text + mail.subject
    remark.refresh_from_db()
    assert remark.email == ""
    assert MAIL not in str(list(Transition.objects.values()))


def test_approval_waits_for_every_reply(remark, draft, staff):
    after = at(str(draft.remarks_until + timedelta(days=1)))
    with pytest.raises(MoveRefused):
        editions.approve_minutes(draft, actor=staff.approval, at=after)
    workflow.withhold_remark(remark, actor=staff.approval, reason="Es un insulto")
    editions.approve_minutes(draft, actor=staff.approval, at=after)


def test_answered_remarks_stay_under_the_published_minutes(client, remark, draft, staff):
    workflow.answer_remark(remark, actor=staff.approval, outcome="partly", reply="Se cambió.")
    after = at(str(draft.remarks_until + timedelta(days=1)))
    editions.approve_minutes(draft, actor=staff.approval, at=after)
    editions.publish_minutes(draft, actor=staff.approval)
    assert "Se cambió." in client.get(ACTA).content.decode()


def test_who_may_answer(remark, staff):
    for role in ("office", "moderation", "internal_control"):
        with pytest.raises(PermissionDenied):
            workflow.answer_remark(remark, actor=staff[role], outcome="taken", reply="Sí.")


def test_a_note_waits_for_moderation(client, send, promise, staff):
    commitment = promise()
    answer = send(commitment.get_absolute_url() + "contar/", text="Ya vinieron a la quebrada.")
    note = CommitmentNote.objects.get()
    assert answer.status_code == 302
    page = client.get(commitment.get_absolute_url()).content.decode()
    assert "Ya vinieron" not in page
    workflow.publish_note(note, actor=staff.moderation, public_text="Ya vinieron a la quebrada.")
    page = client.get(commitment.get_absolute_url()).content.decode()
    assert "Ya vinieron a la quebrada." in page
    workflow.withhold_note(note, actor=staff.moderation, reason="Lo pidió su autor")
    assert "Ya vinieron" not in client.get(commitment.get_absolute_url()).content.decode()


def test_a_draft_commitment_takes_no_notes(client, promise):
    commitment = promise(draft=True)
    assert client.get(commitment.get_absolute_url() + "contar/").status_code == 404


def test_consent_is_kept_only_where_an_address_is(send, promise, entity):
    address = promise().get_absolute_url() + "contar/"
    send(address)
    assert not Consent.objects.filter(kind="note").exists()
    send(address, email="Vecina@Example.org", consent="on", text="Siguen los vertimientos.")
    assert Consent.objects.filter(kind="note").count() == 1
    assert CommitmentNote.objects.first().email == MAIL


def test_hostile_words_stay_words(client, send, promise, staff):
    commitment = promise()
    text = "<script>alert(1)</script> \u202e https://malo.example mire"
    send(commitment.get_absolute_url() + "contar/", text=text)
    note = CommitmentNote.objects.get()
    workflow.publish_note(note, actor=staff.moderation)
    page = client.get(commitment.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_the_desk_lists_never_show_an_address(client, remark, promise, staff):
    workflow.submit_note(promise(), text="Siguen los vertimientos.", token="n", email=MAIL)
    for role in ("communications", "moderation", "internal_control", "approval"):
        client.force_login(staff[role])
        for name, row in (
            ("minutesremark", remark),
            ("commitmentnote", CommitmentNote.objects.get()),
        ):
            for address in ("", f"{row.pk}/change/"):
                page = client.get(f"/gestion/accountability/{name}/{address}")
                assert page.status_code in (200, 302, 403)
                assert MAIL not in page.content.decode()


def test_today_is_still_a_day_for_remarks(draft_minutes, staff):
    editions.open_to_remarks(
        draft_minutes, actor=staff.approval, until=date(2021, 1, 5), at=at("2020-12-29")
    )
    assert workflow.takes_remarks(draft_minutes, at("2021-01-05", 23))
    assert not workflow.takes_remarks(draft_minutes, at("2021-01-06", 0))
