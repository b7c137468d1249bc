"""The desk: what each role may write, that moves go through the workflow, and edits are seen."""

import io
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accountability import workflow
from accountability.models import Commitment, CommitmentUpdate, Evidence, Minutes
from entity.models import Office
from portal.base.models import Transition
from tests.accountability.conftest import at

DESK = "/gestion/accountability/"


@pytest.fixture
def desk(client):
    """`desk(user)`: the client of somebody at the desk."""

    def enter(user):
        client.force_login(user)
        return client

    return enter


def act(client, model, action, *objects, **told):
    """Choose rows and run an action on them; returns the response and what was said."""
    data = {"action": action, "_selected_action": [obj.pk for obj in objects], **told}
    response = client.post(f"{DESK}{model}/", data)
    return response, [str(message) for message in get_messages(response.wsgi_request)]


def form_of(commitment=None, **changes) -> dict:
    values = {
        "event": "", "title": "Sembrar árboles", "promised": "Sembraremos", "promised_by": "",
        "paragraph": "", "question": "", "office": Office.objects.first().pk,
        "original_due_on": "2021-03-31", "target": "3", "unit": "jornadas",
    }  # fmt: skip
    return {**values, **changes}


def test_a_new_commitment_takes_its_reference(desk, staff, event_held):
    client = desk(staff.communications)
    data = form_of(event=event_held.pk, municipalities=["68500", "68679"])
    assert client.post(f"{DESK}commitment/add/", data).status_code == 302
    made = Commitment.objects.get()
    assert (made.reference, made.slug, made.status) == ("C-01", "sembrar-arboles", "draft")
    assert made.due_on == made.original_due_on == date(2021, 3, 31)
    assert made.municipalities.count() == 2


def test_a_drafts_date_is_still_its_first_one(desk, staff, promise, event_held):
    made = promise(draft=True)
    data = form_of(event=event_held.pk, original_due_on="2021-06-30")
    desk(staff.communications).post(f"{DESK}commitment/{made.pk}/change/", data)
    made.refresh_from_db()
    assert made.due_on == made.original_due_on == date(2021, 6, 30)


def test_what_was_promised_cannot_be_edited_once_public(desk, staff, promise, event_held):
    made = promise()
    data = form_of(
        event=event_held.pk, title="Otro título", promised="Otra cosa", target="1",
        original_due_on="2030-01-01", status="fulfilled", due_on="2030-01-01", done="15",
    )  # fmt: skip
    desk(staff.communications).post(f"{DESK}commitment/{made.pk}/change/", data)
    made.refresh_from_db()
    assert made.title == "Otro título"
    assert made.promised == "Vamos a visitar los vertimientos"
    assert (made.target, made.done, made.status) == (15, 0, "pending")
    assert made.original_due_on == made.due_on == date(2021, 3, 31)


def test_an_edit_is_seen_on_the_page(desk, staff, promise, event_held):
    made, client = promise(), desk(staff.communications)
    path = f"/compromisos/c-01-{made.slug}/"
    assert "Otro título" not in client.get(path).content.decode()
    client.post(
        f"{DESK}commitment/{made.pk}/change/", form_of(event=event_held.pk, title="Otro título")
    )
    assert "Otro título" in client.get(path).content.decode()


def test_actions_move_each_row_and_tell_each_refusal(desk, staff, promise):
    draft, public = promise("Uno", draft=True), promise("Dos")
    _response, said = act(desk(staff.approval), "commitment", "publish", draft, public)
    draft.refresh_from_db()
    assert draft.status == "pending"
    assert len(said) == 2
    assert said[0].startswith("C-02")
    assert Transition.objects.filter(move="publish_commitment", actor=staff.approval).count() == 2


def test_an_action_that_wants_a_reason_asks_for_it(desk, staff, promise):
    made, client = promise(), desk(staff.approval)
    response, _said = act(client, "commitment", "withdraw", made)
    assert response.status_code == 200
    assert 'name="reason"' in response.content.decode()
    made.refresh_from_db()
    assert made.status == "pending"
    act(client, "commitment", "withdraw", made, apply="1", reason="La ley cambió.")
    made.refresh_from_db()
    assert (made.status, made.status_reason) == ("withdrawn", "La ley cambió.")


def test_the_date_moves_by_its_action(desk, staff, promise):
    made = promise(due="2021-03-31")
    told = {"apply": "1", "to_date": "2021-04-30", "reason": "Lluvias."}
    act(desk(staff.approval), "commitment", "change_date", made, **told)
    made.refresh_from_db()
    assert (made.due_on, made.original_due_on) == (date(2021, 4, 30), date(2021, 3, 31))


@pytest.mark.parametrize("role", ["communications", "office", "internal_control"])
def test_who_may_not_approve_has_no_such_action(desk, staff, promise, role):
    made = promise()
    act(desk(staff[role]), "commitment", "withdraw", made, apply="1", reason="x")
    made.refresh_from_db()
    assert made.status == "pending"


def test_an_office_sees_its_own_and_the_others_see_all(promise, staff):
    own = promise("Propio")
    other = promise("Ajeno", office=Office.objects.get(code="regional-velez"))
    assert list(Commitment.objects.visible_to(staff.office)) == [own]
    assert list(Commitment.objects.visible_to(staff.other_office)) == [other]
    assert Commitment.objects.visible_to(staff.approval).count() == 2
    assert Commitment.objects.visible_to(staff.internal_control).count() == 2
    assert Commitment.objects.visible_to(staff.moderation).count() == 0


def update_form(commitment, **changes) -> dict:
    values = {
        "commitment": commitment.pk, "happened_on": "2021-03-03", "title": "Van nueve",
        "body": "", "done": "9", "evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0",
        "evidence-0-title": "Informe", "evidence-0-url": "https://www.cas.example/i",
    }  # fmt: skip
    return {**values, **changes}


def test_news_from_the_desk_to_the_public(desk, staff, promise, client):
    made = promise()
    office = desk(staff.office)
    assert office.post(f"{DESK}commitmentupdate/add/", update_form(made)).status_code == 302
    update = CommitmentUpdate.objects.get()
    assert update.drafted_by == staff.office
    act(office, "commitmentupdate", "send_to_approval", update)
    update.refresh_from_db()
    assert update.status == "awaiting_approval"
    act(desk(staff.approval), "commitmentupdate", "publish", update)
    made.refresh_from_db()
    assert (made.done, made.status) == (9, "in_progress")


def test_the_last_writer_is_the_drafter_and_cannot_publish(desk, staff, news, promise):
    update = news(promise())
    root = desk(staff.root)
    data = update_form(update.commitment, title="Corregida")
    data |= {"evidence-TOTAL_FORMS": "0"}
    root.post(f"{DESK}commitmentupdate/{update.pk}/change/", data)
    update.refresh_from_db()
    assert (update.title, update.drafted_by) == ("Corregida", staff.root)
    act(root, "commitmentupdate", "send_to_approval", update)
    _response, said = act(root, "commitmentupdate", "publish", update)
    update.refresh_from_db()
    assert update.status == "awaiting_approval"
    assert said[-1].startswith("C-01 2021-03-03:")


def test_an_office_cannot_write_news_of_another(desk, staff, promise):
    other = promise(office=Office.objects.get(code="regional-velez"))
    response = desk(staff.office).post(f"{DESK}commitmentupdate/add/", update_form(other))
    assert response.status_code == 200
    assert not CommitmentUpdate.objects.exists()


@pytest.mark.parametrize(
    ("content", "is_kept"), [(b"%PDF-1.4 broken", False), (b"MZ program", False), (b"", False)]
)
def test_a_proof_passes_the_upload_gate(desk, staff, promise, content, is_kept):
    data = update_form(promise(), **{"evidence-0-url": ""})
    data["evidence-0-file"] = SimpleUploadedFile("prueba.pdf", content)
    desk(staff.office).post(f"{DESK}commitmentupdate/add/", data)
    assert Evidence.objects.exists() is is_kept


def test_a_picture_is_kept_as_a_proof(desk, staff, promise):
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    data = update_form(promise(), **{"evidence-0-url": ""})
    data["evidence-0-file"] = SimpleUploadedFile("foto.png", out.getvalue())
    desk(staff.office).post(f"{DESK}commitmentupdate/add/", data)
    assert Evidence.objects.get().stored.content_type == "image/png"


def test_waiting_news_cannot_be_edited(desk, staff, news, promise):
    update = news(promise())
    workflow.request_update_approval(update, actor=staff.office)
    data = update_form(update.commitment, title="Otra")
    response = desk(staff.office).post(f"{DESK}commitmentupdate/{update.pk}/change/", data)
    assert response.status_code == 403


def test_published_minutes_are_read_only(desk, staff, minutes):
    client = desk(staff.communications)
    path = f"{DESK}minutes/{minutes.pk}/change/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"number": "999"}).status_code == 403
    minutes.refresh_from_db()
    assert minutes.number == "003-2020"


def test_a_new_edition_from_the_desk(desk, staff, minutes):
    client = desk(staff.communications)
    told = {"apply": "1", "change_note": "Se corrige una hora."}
    act(client, "minutes", "start_new_edition", minutes, **told)
    assert Minutes.objects.get(edition=2).change_note == "Se corrige una hora."


def test_a_record_is_published_from_the_desk(desk, staff, record):
    act(desk(staff.communications), "sessionrecord", "publish", record)
    record.refresh_from_db()
    assert record.status == "published"


def test_an_edit_does_not_undo_a_move(desk, staff, promise, event_held, monkeypatch):
    """The form was read before somebody withdrew the commitment: the move stays."""
    made = promise()
    save = Commitment.save

    def slow_save(self, *args, **kwargs):
        fresh = Commitment.objects.get(pk=self.pk)
        if fresh.status == "pending":
            workflow.withdraw_commitment(
                fresh, actor=staff.approval, reason="x", at=at("2021-01-10")
            )
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Commitment, "save", slow_save)
    client = desk(staff.communications)
    client.post(f"{DESK}commitment/{made.pk}/change/", form_of(event=event_held.pk, title="Otro"))
    made.refresh_from_db()
    assert (made.title, made.status) == ("Otro", "withdrawn")


@pytest.mark.parametrize("model", ["commitment", "commitmentupdate", "minutes", "sessionrecord"])
def test_lists_and_forms_open(desk, staff, minutes, record, news, promise, model):
    news(promise())
    client = desk(staff.root)
    for tail in ("", "add/"):
        assert client.get(f"{DESK}{model}/{tail}").status_code == 200
