"""The frame and the home of the desk, and the accounts of the staff."""

# ruff: noqa: F811 - the fixtures of another room are imported by their names

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.base import clock, versions
from questions import workflow
from tests.questions.conftest import answered, make_question, published  # noqa: F401

HOME = "/gestion/"
PEOPLE = "/gestion/auth/user/"
QUERIES = 14


def nav_of(response) -> dict[str, int]:
    return {entry.address: entry.count for entry in response.context["desk_nav"]}


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        ("moderation", {"questions/question", "questions/answer", "events/event",
                        "vivo", "evaluation/survey"}),
        ("office", {"questions/question", "questions/answer", "events/event",
                    "accountability/commitment"}),
        ("communications", {"questions/question/nuevo", "events/event", "events/contact",
                            "accountability/commitment", "accountability/minutes",
                            "vivo", "evaluation/survey"}),
        ("administration", {"events/event", "events/contact"}),
    ],
)  # fmt: skip
def test_the_navigation_shows_what_the_role_may_open(client, staff, role, sections):
    client.force_login(staff[role])
    found = nav_of(client.get(HOME))
    assert {address.removeprefix("/gestion/").strip("/") for address in found} - {
        "", "#ajustes"
    } == sections  # fmt: skip
    for address in found:
        assert client.get(address).status_code == 200


def test_the_count_is_what_waits_for_this_person(client, staff, make_question, published):
    office = staff.office.office_memberships.get().office
    make_question()
    question = workflow.assign_question(published(), actor=staff.moderation, office=office)
    counts = {}
    for role in ("moderation", "office", "other_office", "approval"):
        client.force_login(staff[role])
        counts[role] = nav_of(client.get(HOME))["/gestion/questions/question/"]
    assert counts == {"moderation": 1, "office": 1, "other_office": 0, "approval": 0}
    answer = workflow.draft_answer(question, actor=staff.office, summary="Sí.", body="Sí.")
    workflow.request_approval(answer, actor=staff.office)
    waiting = "/gestion/questions/answer/?status__exact=awaiting_approval"
    client.force_login(staff.approval)
    assert nav_of(client.get(HOME))[waiting] == 1
    client.force_login(staff.office)
    assert nav_of(client.get(HOME))["/gestion/questions/question/"] == 0


@pytest.mark.parametrize(
    "role", ["moderation", "office", "approval", "communications", "internal_control"]
)
def test_the_cards_open_their_lists(client, staff, answered, event_open, role):
    answered()
    client.force_login(staff[role])
    cards = client.get(HOME).context["cards"]
    assert cards
    for card in cards:
        assert client.get(card.address).status_code == 200, card


def test_an_office_sees_its_own_work_only(client, staff, published):
    for person in (staff.office, staff.other_office):
        office = person.office_memberships.get().office
        workflow.assign_question(published(), actor=staff.moderation, office=office)
    client.force_login(staff.office)
    context = client.get(HOME).context
    assert [row["office"].code for row in context["office_work"]] == ["autoridad-ambiental"]
    client.force_login(staff.moderation)
    assert len(client.get(HOME).context["office_work"]) == 2


@pytest.mark.parametrize("role", ["moderation", "office", "approval"])
def test_the_home_asks_a_constant_number_of_questions(
    client,
    staff,
    published,
    event_open,
    role,
):
    office = staff.office.office_memberships.get().office
    client.force_login(staff[role])

    def ask(number):
        for _each in range(number):
            question = published()
            workflow.assign_question(question, actor=staff.moderation, office=office)
            type(question).objects.filter(pk=question.pk).update(due_on=clock.local_day())
        client.get(HOME)
        versions.forget()
        with CaptureQueriesContext(connection) as seen:
            client.get(HOME)
        return len(seen)

    few = ask(1)
    assert ask(6) == few <= QUERIES


def test_the_frame_has_one_h1_one_main_and_no_theme(client, staff):
    client.force_login(staff.moderation)
    html = client.get(HOME).content.decode()
    assert html.count("<h1") == html.count("<main") == 1
    assert "css/staff" in html and "theme.js" not in html and "dark_mode" not in html
    assert "style=" not in html and "<style" not in html


def person_form(person, **changes) -> dict:
    values = {
        "username": person.username, "first_name": "Ana", "last_name": "", "email": "",
        "is_active": "on", "is_staff": "on", "groups": [],
    }  # fmt: skip
    return {**values, **changes}


def test_the_administration_makes_people_of_the_staff(client, staff):
    client.force_login(staff.administration)
    password = "un-secreto-largo-2020"
    data = {"username": "nueva", "usable_password": "true"}
    response = client.post(f"{PEOPLE}add/", {**data, "password1": password, "password2": password})
    made = User.objects.get(username="nueva")
    assert response.status_code == 302 and made.is_staff and not made.is_superuser
    office = Group.objects.get(name="office")
    client.post(f"{PEOPLE}{made.pk}/change/", person_form(made, groups=[office.pk]))
    assert list(made.groups.all()) == [office]


def test_no_power_that_one_does_not_have_is_given_away(client, staff):
    client.force_login(staff.administration)
    other = Group.objects.create(name="everything")
    permission = Permission.objects.first().pk
    power = {"is_superuser": "on", "user_permissions": [permission], "groups": [other.pk]}
    for person in (staff.office, staff.administration):
        before = set(person.groups.values_list("name", flat=True))
        client.post(f"{PEOPLE}{person.pk}/change/", person_form(person, **power))
        found = User.objects.get(pk=person.pk)
        assert not found.is_superuser and not found.user_permissions.exists()
        assert set(found.groups.values_list("name", flat=True)) <= before


def test_a_superuser_is_out_of_reach(client, staff):
    root = staff.root
    client.force_login(staff.administration)
    assert "root" not in client.get(PEOPLE).content.decode().split("<main")[1]
    client.post(f"{PEOPLE}{root.pk}/change/", person_form(root, username="mine"))
    client.post(f"{PEOPLE}{root.pk}/password/", {"password1": "x" * 14, "password2": "x" * 14})
    root.refresh_from_db()
    assert root.username == "root" and root.check_password("x")


def test_a_superuser_gives_every_power(client, staff):
    client.force_login(staff.root)
    html = client.get(f"{PEOPLE}{staff.office.pk}/change/").content.decode()
    assert 'name="is_superuser"' in html and 'name="user_permissions"' in html
