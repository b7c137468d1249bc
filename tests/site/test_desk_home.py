"""The desk's home, its navigation and its accounts: what each role sees, and what is refused."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability import workflow as archive
from entity.models import Office
from portal.base import clock
from questions import workflow
from questions.models import Question

DESK = "/gestion/"
USERS = "/gestion/auth/user/"
NAVIGATION = {
    "moderation": {
        "questions/question", "questions/answer", "events/event", "vivo", "evaluation/survey",
    },
    "moderation_blind": {
        "questions/question", "questions/answer", "events/event", "vivo", "evaluation/survey",
    },
    "office": {
        "questions/question", "questions/answer", "events/event", "accountability/commitment",
    },
    "approval": {
        "questions/question", "questions/answer", "events/event", "accountability/commitment",
        "accountability/minutes",
    },
    "communications": {
        "questions/question/nuevo", "events/event", "events/contact", "accountability/commitment",
        "accountability/minutes", "vivo", "evaluation/survey",
    },
    "internal_control": {
        "questions/question", "questions/answer", "events/event", "events/contact",
        "accountability/commitment", "accountability/minutes", "evaluation/survey",
    },
    "administration": {"events/event", "events/contact"},
}  # fmt: skip


@pytest.fixture
def home(client):
    """`home(user)`: the home page of somebody at the desk."""

    def enter(user):
        client.force_login(user)
        response = client.get(DESK)
        assert response.status_code == 200
        return response

    return enter


@pytest.fixture
def file_one(make_question, event_open):
    """File a contribution of the open event that is due in some days of the calendar."""

    def make(due_in=1, **fields):
        question = make_question(event=event_open, **fields)
        due_on = clock.local_day() + timedelta(days=due_in)
        Question.objects.filter(pk=question.pk).update(due_on=due_on)
        question.refresh_from_db()
        return question

    return make


@pytest.fixture
def assigned(file_one, staff):
    def make(office="autoridad-ambiental", **fields):
        question = file_one(**fields)
        office = Office.objects.get(code=office)
        return workflow.assign_question(question, actor=staff.moderation, office=office)

    return make


def navigation(response) -> dict[str, int]:
    """The rooms of the navigation with the number that stands beside each."""
    nav = re.search(r'<nav class="nav-global".*?</nav>', response.content.decode(), re.DOTALL)[0]
    found = {}
    for address, words in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', nav, re.DOTALL):
        room = address.removeprefix(DESK).partition("?")[0].rstrip("/")
        count = re.search(r"<b>(\d+)", words)
        found[room] = int(count[1]) if count else 0
    return found


def cards(response) -> dict[str, str]:
    """The numbers of the cards, in order, by the end of their address."""
    html = response.content.decode()
    area = re.search(r'<ul class="tarjetas.*?</ul>', html, re.DOTALL)
    pairs = re.findall(r'<a href="([^"]+)".*?class="cifra">(\d+)', area[0] if area else "", re.S)
    return {address.removeprefix(DESK): number for address, number in pairs}


def test_the_door_is_closed_to_visitors(client, entity):
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("role", NAVIGATION)
def test_each_role_finds_what_it_may_open(home, client, staff, role):
    """Neither more nor less; and what is offered opens."""
    found = navigation(home(staff[role]))
    assert found.keys() - {"", "#ajustes"} == NAVIGATION[role]
    assert {"", "#ajustes"} <= found.keys()
    for room in NAVIGATION[role]:
        assert client.get(f"{DESK}{room}/").status_code == 200, room


@pytest.mark.parametrize("role", [*NAVIGATION, "root"])
def test_the_home_has_one_heading_and_opens_without_any_data(home, staff, role):
    html = home(staff[role]).content.decode()
    assert html.count("<h1") == 1
    assert 'id="ajustes"' in html
    assert "style=" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_moderation_sees_what_waits(home, staff, file_one):
    file_one()
    file_one(due_in=-1)
    page = home(staff.moderation)
    assert navigation(page)["questions/question"] == 2
    numbers = cards(page)
    assert numbers["questions/question/?vista=por-revisar"] == "2"
    assert numbers["questions/question/?vista=atrasadas"] == "1"


def test_each_number_opens_a_list_of_that_length(home, client, staff, file_one, assigned):
    for due_in in (-3, 0, 1, 40):
        file_one(due_in=due_in)
        assigned(due_in=due_in)
    page = home(staff.moderation)
    for address, number in cards(page).items():
        if "vista=" in address:
            rows = client.get(DESK + address).context["cl"].result_count
            assert rows == int(number), address


def test_who_drafted_does_not_approve_and_somebody_else_is_told(home, staff, assigned):
    question = assigned()
    answer = workflow.draft_answer(question, actor=staff.office, summary="Sí.", body="Sí.")
    assert navigation(home(staff.approval))["questions/answer"] == 0
    workflow.request_approval(answer, actor=staff.office)
    assert navigation(home(staff.approval))["questions/answer"] == 1
    assert navigation(home(staff.office))["questions/answer"] == 0


def test_an_office_sees_its_own_and_nothing_of_others(home, staff, assigned):
    own = assigned(text="¿Quién vigila la quebrada de nuestra vereda este año?")
    other = assigned("regional-velez", text="¿Cuándo visitan la cantera del otro municipio?")
    page = home(staff.office)
    html = page.content.decode()
    assert own.original_text in html
    assert other.original_text not in html
    assert "Sede regional Vélez" not in html
    assert navigation(page)["questions/question"] == 1
    assert other.original_text in home(staff.other_office).content.decode()


def test_the_own_office_is_marked_in_words_too(home, staff, assigned):
    assigned()
    assert home(staff.office).content.decode().count('class="propia"') == 1
    assert 'class="propia"' not in home(staff.moderation).content.decode()


def test_who_sees_no_contributions_sees_none_of_their_words(home, staff, file_one):
    question = file_one()
    for role in ("administration", "communications"):
        html = home(staff[role]).content.decode()
        assert question.original_text not in html
        assert "vista=" not in html


def test_at_most_eight_deadlines_the_earliest_first(home, staff, file_one):
    for due_in in range(-5, 4):
        file_one(due_in=due_in)
    rows = re.findall(r'class="num">(\d+)<', home(staff.moderation).content.decode())
    due = Question.objects.order_by("due_on").values_list("number", flat=True)[:8]
    assert [int(number) for number in rows] == list(due)


def test_commitments_without_news_are_counted(home, staff, event_held):
    """The event was held in 2020 and nothing was published since."""
    made = archive.add_commitment(
        actor=staff.communications, event=event_held, title="Sembrar", promised="Sembraremos",
        office=Office.objects.get(code="regional-velez"), unit="jornadas", target=3,
        original_due_on=clock.local_day() + timedelta(days=90),
    )  # fmt: skip
    archive.publish_commitment(made, actor=staff.approval)

    def silent(user):
        found = cards(home(user)).items()
        return [number for address, number in found if "commitment" in address]

    assert silent(staff.approval) == ["1"]
    assert silent(staff.office) == ["0"]
    assert silent(staff.other_office) == ["1"]


def test_the_coming_event_stands_there_with_its_day(home, staff, event_held, event_open):
    page = home(staff.communications)
    day = clock.local_day(event_open.starts_at).day
    numbers = [number for address, number in cards(page).items() if "events/event" in address]
    assert numbers == [str(day), "3"]  # its day, and the tasks of its list that are done
    assert event_open.full_name in page.content.decode()


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "root"])
def test_queries_do_not_grow_with_the_rows(client, staff, assigned, file_one, role):
    user = staff[role]
    client.force_login(user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        return len(captured)

    file_one()
    assigned()
    client.get(DESK)
    few = queries()
    for _n in range(4):
        file_one()
        assigned()
        assigned("regional-velez")
    client.get(DESK)
    assert queries() == few <= 14


def test_the_frame_of_any_page_costs_three_queries_at_most(client, staff, assigned):
    """A plain list of Django, with and without the counts of the navigation."""
    assigned()
    client.force_login(staff.root)
    client.get("/gestion/entity/topic/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/gestion/entity/topic/")
    framing = [q["sql"] for q in captured if "questions_" in q["sql"] or "events_" in q["sql"]]
    assert len(framing) <= 3, framing


def test_leaving_wants_a_post_with_a_token(home, client, staff):
    html = home(staff.moderation).content.decode()
    form = re.search(r'id="logout-form" method="post" action="([^"]+)">(.*?)</form>', html, re.S)
    assert "csrfmiddlewaretoken" in form[2]
    client.post(form[1])
    assert client.get(DESK).status_code == 302


def test_own_edits_are_told_and_those_of_others_are_not(home, client, staff, event_open):
    client.force_login(staff.root)
    client.post("/gestion/entity/topic/add/", {"name": "Páramos", "slug": "paramos", "order": 9})
    assert "Páramos" in home(staff.root).content.decode()
    assert "Páramos" not in home(staff.communications).content.decode()


# Accounts ---------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, staff):
    """The client of somebody of the administration, who keeps the accounts."""
    client.force_login(staff.administration)
    return client


def form_of(user, **changes) -> dict:
    """What the change form posts."""
    values = {
        "username": user.username, "first_name": user.first_name, "last_name": user.last_name,
        "email": user.email, "is_active": "on", "is_staff": "on",
        "groups": [group.pk for group in user.groups.all()],
        "last_login_0": "", "last_login_1": "",
        "date_joined_0": "2020-01-01", "date_joined_1": "08:00:00",
    }  # fmt: skip
    return {**values, **changes}


def save(desk, user, **changes):
    response = desk.post(f"{USERS}{user.pk}/change/", form_of(user, **changes))
    user = User.objects.get(pk=user.pk)
    return response, user


def test_somebody_is_made_and_given_a_role(desk, entity):
    data = {
        "username": "nueva", "usable_password": "true",
        "password1": "larga-y-distinta-81", "password2": "larga-y-distinta-81",
    }  # fmt: skip
    assert desk.post(f"{USERS}add/", data).status_code == 302
    made = User.objects.get(username="nueva")
    assert made.is_staff
    assert not made.is_superuser
    response, made = save(desk, made, groups=[Group.objects.get(name="office").pk])
    assert response.status_code == 302
    assert [group.name for group in made.groups.all()] == ["office"]


def test_nobody_becomes_a_superuser(desk, staff):
    _response, user = save(desk, staff.moderation, is_superuser="on")
    assert not user.is_superuser


def test_single_permissions_are_not_given(desk, staff):
    permission = Permission.objects.get(codename="approve_question")
    _response, user = save(desk, staff.moderation, user_permissions=[permission.pk])
    assert not user.user_permissions.exists()


def test_superusers_are_neither_seen_nor_touched(desk, staff):
    root = staff.root
    assert f"{USERS}{root.pk}/" not in desk.get(USERS).content.decode()
    for path in ("change/", "delete/", "history/", "password/"):
        assert desk.get(f"{USERS}{root.pk}/{path}").status_code in (302, 403, 404), path
    _response, after = save(desk, root, email="otra@cas.example")
    assert after.email == root.email
    desk.post(f"{USERS}{root.pk}/password/", {
        "usable_password": "true",
        "password1": "larga-y-distinta-81", "password2": "larga-y-distinta-81",
    })  # fmt: skip
    assert not User.objects.get(pk=root.pk).check_password("larga-y-distinta-81")


def test_nobody_gives_themselves_more_roles(desk, staff):
    own = staff.administration
    groups = list(Group.objects.values_list("pk", flat=True))
    _response, user = save(desk, own, groups=groups)
    assert [group.name for group in user.groups.all()] == ["administration"]


def test_only_the_roles_of_the_code_can_be_given(desk, staff):
    loose = Group.objects.create(name="everything")
    loose.permissions.set(Permission.objects.all())
    _response, user = save(desk, staff.moderation, groups=[loose.pk])
    assert loose not in user.groups.all()


@pytest.mark.parametrize("more", ["permission", "group"])
def test_an_account_with_more_than_roles_is_the_superusers_to_keep(desk, staff, more):
    """Else its password could be set by somebody who has less power than it."""
    user = staff.moderation
    if more == "permission":
        user.user_permissions.add(Permission.objects.get(codename="change_group"))
    else:
        user.groups.add(Group.objects.create(name="everything"))
    assert f"{USERS}{user.pk}/" not in desk.get(USERS).content.decode()
    desk.post(f"{USERS}{user.pk}/password/", {
        "usable_password": "true",
        "password1": "larga-y-distinta-81", "password2": "larga-y-distinta-81",
    })  # fmt: skip
    assert User.objects.get(pk=user.pk).check_password("x")


def test_groups_are_for_superusers(client, staff):
    manager = staff.administration
    for action in ("view", "add", "change", "delete"):
        manager.user_permissions.add(Permission.objects.get(codename=f"{action}_group"))
    client.force_login(manager)
    assert client.get("/gestion/auth/group/").status_code == 403
    client.force_login(staff.root)
    assert client.get("/gestion/auth/group/").status_code == 200


def test_superusers_see_everything(client, staff):
    client.force_login(staff.root)
    page = client.get(f"{USERS}{staff.root.pk}/change/").content.decode()
    assert 'name="is_superuser"' in page
    assert 'name="user_permissions"' in page


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "communications"])
def test_the_other_roles_have_nothing_to_do_with_accounts(client, staff, role):
    client.force_login(staff[role])
    assert client.get(USERS).status_code == 403
