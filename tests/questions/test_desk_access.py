"""Who opens what at the desk: roles and pages, offices and their own, files."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.base import uploads
from questions import workflow
from questions.models import Question
from tests.base.files import picture
from tests.questions.desk import ANSWERS, LIST, answer_page, page_of, write_page

HOME = "/gestion/"
PEOPLE = "/gestion/auth/user/"
KINDS = "/gestion/questions/petitiontype/"

# role -> the pages that open for it, written by hand; every other one of the list is refused.
OPEN = {
    "moderation": {HOME, LIST, ANSWERS, "own", "other"},
    "moderation_blind": {HOME, LIST, ANSWERS, "own", "other"},
    "office": {HOME, LIST, ANSWERS, "own"},
    "approval": {HOME, LIST, ANSWERS, "own", "other"},
    "communications": {HOME},
    "internal_control": {HOME, LIST, ANSWERS, "own", "other"},
    "administration": {HOME, PEOPLE, KINDS},
}
PAGES = (HOME, LIST, ANSWERS, PEOPLE, KINDS, "own", "other")


@pytest.fixture
def cases(published, staff):
    """A contribution of the office of `staff.office`, and one of another office."""
    found = {}
    for name, person in (("own", staff.office), ("other", staff.other_office)):
        office = person.office_memberships.get().office
        question = published()
        found[name] = workflow.assign_question(question, actor=staff.moderation, office=office)
    return found


def status_of(client, page, cases) -> int:
    return client.get(page_of(cases[page]) if page in cases else page).status_code


@pytest.mark.parametrize("role", OPEN)
def test_a_role_opens_its_pages_and_no_others(client, staff, cases, role):
    client.force_login(staff[role])
    opened = {page for page in PAGES if status_of(client, page, cases) == 200}
    assert opened == OPEN[role]


def test_whoever_is_not_signed_in_goes_to_the_login(client, cases):
    for page in (HOME, LIST, ANSWERS, PEOPLE, page_of(cases["own"]), write_page(cases["own"])):
        steps = client.get(page, follow=True).redirect_chain
        assert steps and steps[-1][0].startswith("/cuenta/"), page


def test_whoever_is_no_staff_does_not_enter(client, staff, cases, django_user_model):
    client.force_login(django_user_model.objects.create_user("citizen", password="x"))
    for page in (HOME, LIST, page_of(cases["own"])):
        assert client.get(page).status_code in (302, 403), page


def test_what_another_office_has_does_not_exist(client, staff, cases):
    """Reading, deciding, drafting and downloading: 404, and nothing is written."""
    theirs = cases["other"]
    draft = workflow.draft_answer(theirs, actor=staff.other_office, summary="Sí.", body="Sí.")
    client.force_login(staff.office)
    asked = {"decision": "clarify", "revision": theirs.revision, "asked": "¿Dónde?"}
    answered = {"decision": "save", "revision": draft.revision, "summary": "No", "body": "No"}
    assert client.get(page_of(theirs)).status_code == 404
    assert client.post(page_of(theirs), asked).status_code == 404
    assert client.get(write_page(theirs)).status_code == 404
    assert client.post(write_page(theirs), answered).status_code == 404
    assert client.get(answer_page(draft)).status_code == 404
    assert client.post(answer_page(draft), answered).status_code == 404
    theirs.refresh_from_db()
    draft.refresh_from_db()
    assert (theirs.status, draft.summary) == ("assigned", "Sí.")


def test_an_office_lists_only_its_own(client, staff, cases):
    client.force_login(staff.office)
    html = client.get(f"{LIST}?vista=todas").content.decode()
    assert page_of(cases["own"]) in html and page_of(cases["other"]) not in html


@pytest.mark.parametrize("address", ["abc", "0", "99999999", "1; drop", "-1"])
def test_an_address_that_names_nothing_is_404(client, staff, address):
    client.force_login(staff.moderation)
    assert client.get(f"{LIST}{address}/change/").status_code == 404
    assert client.get(f"{ANSWERS}{address}/change/").status_code == 404


def test_nobody_adds_or_deletes(client, staff, cases):
    client.force_login(staff.root)
    own = cases["own"]
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{own.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(LIST, {"action": "delete_selected", "_selected_action": own.pk})
    assert Question.objects.filter(pk=own.pk).exists()


@pytest.fixture
def with_file(make_question):
    upload = SimpleUploadedFile("foto.png", picture("PNG"))
    return make_question(files=[uploads.accept(upload).store()], name="Ana", email="a@b.example")


def file_address(question, of=None) -> str:
    return f"{LIST}{(of or question).pk}/archivo/{question.files.get().pk}/"


def test_a_file_is_a_download_that_cannot_act(client, staff, with_file):
    client.force_login(staff.moderation)
    response = client.get(file_address(with_file))
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="foto.png"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize("role", ["moderation_blind", "approval", "internal_control"])
def test_a_file_is_for_whoever_may_see_files(client, staff, with_file, role):
    office = staff.office.office_memberships.get().office
    workflow.assign_question(with_file, actor=staff.moderation, office=office)
    client.force_login(staff[role])
    assert client.get(file_address(with_file)).status_code == 403
    assert "foto.png" not in client.get(page_of(with_file)).content.decode()


def test_a_file_belongs_to_its_contribution(client, staff, with_file, make_question):
    client.force_login(staff.moderation)
    assert client.get(file_address(with_file, of=make_question())).status_code == 404


def test_identity_is_told_but_never_shown(client, staff, with_file):
    client.force_login(staff.moderation)
    html = client.get(page_of(with_file)).content.decode()
    assert "a@b.example" not in html and ">Ana<" not in html
    assert re.search(r'class="candado".*(nombre|name)', html, re.DOTALL)


def test_a_blind_review_does_not_say_who(client, staff, make_question):
    question = make_question(name="Ana Pérez", email="a@b.example", display="name")
    client.force_login(staff.moderation_blind)
    html = client.get(page_of(question)).content.decode()
    assert "Ana Pérez" not in html and "a@b.example" not in html
    client.force_login(staff.moderation)
    assert "Ana Pérez" in client.get(page_of(question)).content.decode()


def test_decisions_want_the_token_of_the_form(staff, cases):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff.moderation)
    own = cases["own"]
    response = client.post(page_of(own), {"decision": "withhold", "revision": own.revision})
    assert response.status_code == 403
