"""Hiding personal data on the review page: choices, marks, and what may not go out."""

import re

import pytest

from entity.models import Office
from questions import workflow
from tests.questions.desk import page_of, words_of

pytestmark = pytest.mark.django_db
TEXT = (
    "Hablé con don Fulano de Tal. Mi cédula es 1.000.000.000. Vivo en la vereda El Ejemplo. "
    "¿Cuándo vienen?"
)
NAME, NUMBER, PLACE = "don Fulano de Tal", "1.000.000.000", "vereda El Ejemplo"
HIDDEN = TEXT.replace(NAME, "[nombre oculto]").replace(NUMBER, "[cédula oculta]")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def question(make_question):
    return make_question(text=TEXT)


@pytest.fixture
def press(desk, question):
    """Press a button of the page with choices by words: `press(act="marks", choices={…: "d"})`."""

    def send(choices=(), **data):
        named = dict(re.findall(r'«([^»]*)»</span></span>.*?name="(hallazgo-\w+)"', drawn(data)))
        chosen = {named[words]: value for words, value in dict(choices).items()}
        data = {"revision": question.revision, "public_text": TEXT, "title": "", **data}
        return desk.post(page_of(question), {**data, **chosen})

    def drawn(data):
        data = {"revision": 0, "public_text": data.get("public_text", TEXT), "act": "marks"}
        return desk.post(page_of(question), data).content.decode()

    return send


def public_text(response) -> str:
    return response.context["form"]["public_text"].value()


def state_of(question) -> tuple[str, str]:
    question.refresh_from_db()
    return question.visibility, question.public_text


def test_what_is_sure_is_hidden_to_begin_with_and_the_rest_asks(desk, question):
    response = desk.get(page_of(question))
    html = response.content.decode()
    assert public_text(response) == HIDDEN
    assert html.count('value="o" checked') == 2
    assert 'value="d" checked' not in html
    assert html.count('<span class="ref">') == html.count('<mark class="hallazgo">') == 3


def test_one_number_ties_the_original_and_its_choice(desk, make_question):
    question = make_question(text="Llame a don Juan al 310 555 1234. Repito: 310 555 1234.")
    html = desk.get(page_of(question)).content.decode()
    marks = re.findall(r'<mark class="hallazgo">([^<]*)<sup><span[^>]*>[^<]*</span>(\d)', html)
    assert marks == [("don Juan", "1"), ("310 555 1234", "2"), ("310 555 1234", "2")]
    shown = re.findall(r'<span class="ref">(\d)</span>.*?«([^»]*)»', html)
    assert shown == [("1", "don Juan"), ("2", "310 555 1234")]


def test_marks_are_drawn_and_nothing_is_written(press, question):
    choices = {NAME: "o", NUMBER: "o", PLACE: "o"}
    response = press(choices, act="marks", title="Mi título", asked="¿Dónde?", public_text=HIDDEN)
    assert public_text(response) == HIDDEN.replace(PLACE, "[dirección oculta]")
    form = response.context["form"]
    assert (form["title"].value(), form["asked"].value()) == ("Mi título", "¿Dónde?")
    assert '<span class="tachado">dirección oculta</span>' in response.content.decode()
    assert state_of(question) == ("unmoderated", "") and question.revision == 0


def test_leave_brings_the_words_back(press):
    choices = {NAME: "d", NUMBER: "o", PLACE: "d"}
    response = press(choices, act="marks", public_text=HIDDEN)
    assert public_text(response) == HIDDEN.replace("[nombre oculto]", NAME)


def test_leave_brings_them_back_in_a_text_that_was_corrected_by_hand(press):
    corrected = HIDDEN.replace("¿Cuándo vienen?", "¿Cuándo vienen a mirar?")
    response = press({NAME: "d", NUMBER: "o", PLACE: "o"}, act="marks", public_text=corrected)
    assert public_text(response) == (
        f"Hablé con {NAME}. Mi cédula es [cédula oculta]. Vivo en la [dirección oculta]. "
        "¿Cuándo vienen a mirar?"
    )


@pytest.mark.parametrize("decision", ["publish", "publish_and_assign"])
@pytest.mark.parametrize("undecided", [NAME, NUMBER, PLACE])
def test_nothing_goes_out_that_nobody_decided_about(press, question, decision, undecided):
    choices = {words: "d" for words in (NAME, NUMBER, PLACE) if words != undecided}
    office = Office.objects.first()
    response = press(choices, decision=decision, office=office.pk, asked="A medias")
    assert response.status_code == 200
    assert f"«{undecided}»: escoja Ocultar o Dejar." in words_of(response)
    assert public_text(response) == TEXT and "A medias" in response.content.decode()
    assert state_of(question) == ("unmoderated", "")


def test_what_is_left_goes_out_and_what_is_hidden_does_not_even_without_its_mark(press, question):
    choices = {NAME: "o", NUMBER: "o", PLACE: "d"}
    assert press(choices, decision="publish", title=f"Sobre {NAME}").status_code == 303
    assert state_of(question) == ("published", HIDDEN)
    assert question.title == "Sobre [nombre oculto]"


def test_words_that_were_taken_out_by_hand_need_no_choice(press, question):
    response = press(decision="publish", public_text="¿Cuándo vienen a la vereda?")
    assert response.status_code == 303
    assert state_of(question) == ("published", "¿Cuándo vienen a la vereda?")


def test_what_was_typed_by_hand_is_looked_through_too(press, question):
    typed = "¿Cuándo vienen? Llamen al 310 555 1234"
    response = press(decision="publish", public_text=typed)
    assert "hallazgo 4 «310 555 1234»" in words_of(response)
    assert state_of(question)[0] == "unmoderated"
    assert press({"310 555 1234": "o"}, decision="publish", public_text=typed).status_code == 303
    assert state_of(question) == ("published", "¿Cuándo vienen? Llamen al [teléfono oculto]")


def test_a_title_is_looked_at_too(press, question):
    response = press(decision="publish", public_text="¿Cuándo vienen?", title=f"¿Y {NAME}?")
    assert f"«{NAME}»" in response.context["refusal"]
    assert state_of(question)[0] == "unmoderated"


@pytest.mark.parametrize("sent", ["x", "", "O", "d'", "<b>"])
def test_a_choice_that_is_none_decides_nothing(press, question, sent):
    assert press({NAME: sent, NUMBER: "o", PLACE: "o"}, decision="publish").status_code == 200
    assert state_of(question)[0] == "unmoderated"


def test_what_was_published_once_keeps_its_choices(desk, staff, question):
    text = HIDDEN
    workflow.publish_text(question, actor=staff.moderation, public_text=text)
    workflow.withhold(question, actor=staff.moderation, reason="insults")
    response = desk.get(page_of(question))
    assert public_text(response) == text
    assert re.findall(r'value="([od])" checked', response.content.decode()) == ["o", "o", "d"]


def test_who_publishes_nothing_gets_no_choices(client, staff, question):
    client.force_login(staff.approval)
    html = client.get(page_of(question)).content.decode()
    assert NAME in html and "hallazgo" not in html


def test_newlines_of_a_browser_are_no_correction(desk, make_question):
    question = make_question(text=f"Buenas.\n\nHablé con {NAME}.\n¿Cuándo vienen?")
    page = desk.get(page_of(question))
    name = re.search(r"hallazgo-\w+", page.content.decode())[0]
    sent = public_text(page).replace("\n", "\r\n")
    data = {"revision": 0, "act": "marks", "public_text": sent, "title": "", name: "d"}
    assert public_text(desk.post(page_of(question), data)) == question.original_text
