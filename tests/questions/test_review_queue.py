"""What the review page files beside the text, how it shows what changed, and how its queue goes."""

import pytest

from entity.models import Municipality, Office
from portal.base.models import Transition
from questions import selectors_staff, workflow
from questions.admin.changes import changes
from questions.models import Question
from tests.questions.desk import LIST, decide, page_of, words_of

pytestmark = pytest.mark.django_db
TEXT = "Hablé con don Fulano de Tal. ¿Cuando vienen?"
PUBLIC = "Hablé con [nombre oculto]. ¿Cuándo vienen?"


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def question(make_question):
    return make_question(text=TEXT)


def now(question):
    return Question.objects.get(pk=question.pk)


def form_of(response):
    return response.context["form"]


# What changed -----------------------------------------------------------------------------------


def test_words_that_went_and_words_that_came():
    assert changes(TEXT, PUBLIC) == [
        ("Hablé con ", ""),
        ("don Fulano de Tal", "out"),
        ("[nombre oculto]", "in"),
        (". ¿", ""),
        ("Cuando", "out"),
        ("Cuándo", "in"),
        (" vienen?", ""),
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("igual\r\nsiempre", "igual\nsiempre", [("igual\nsiempre", "")]),
        ("", "nuevo", [("nuevo", "in")]),
        ("a b a", "a", [("a", ""), (" b a", "out")]),
        ("<b>uno</b>", "<b>dos</b>", [("<b>", ""), ("uno", "out"), ("dos", "in"), ("</b>", "")]),
    ],
)
def test_edges_of_a_comparison(before, after, shown):
    assert changes(before, after) == shown


def test_texts_that_share_too_little_are_shown_whole():
    before, after = "x " * 5_000 + "fin", "z " * 5_000 + "fin"
    assert changes(before, after) == [("x " * 4_999 + "x", "out"), ("z " * 4_999 + "z", "in"),
                                      (" fin", "")]  # fmt: skip


def test_the_page_shows_the_changes_without_a_script(desk, question):
    html = desk.get(page_of(question)).content.decode()
    assert "<summary>Ver cambios</summary>" in html
    assert "se quita: </span>don Fulano de Tal</del>" in html
    assert "se pone: </span>[nombre oculto]</ins>" in html


# Place and summary for the room -----------------------------------------------------------------


def test_summary_and_place_go_with_the_decision_and_are_undone_with_it(desk, staff, question):
    office, velez = Office.objects.first(), Municipality.objects.get(name="Vélez")
    typed = {"public_text": PUBLIC, "office": office.pk, "place": velez.pk}
    typed["room_summary"] = "¿Cuándo vienen,\n según don Fulano de Tal?"
    assert decide(desk, question, "publish_and_assign", **{
        **typed, **chosen_to_hide(desk, question)}).status_code == 303  # fmt: skip
    moved = now(question)
    assert moved.room_summary == "¿Cuándo vienen, según [nombre oculto]?"
    assert (moved.municipality, moved.visibility) == (velez, "published")
    classified = Transition.objects.of("question", question.pk).get(move="classify_question")
    assert classified.detail.endswith(" · Vélez")
    workflow.undo_last(moved, actor=staff.moderation)
    back = now(question)
    assert (back.room_summary, back.municipality.name) == ("", "Oiba")


def chosen_to_hide(client, question) -> dict:
    """The choices of the page as they are drawn: what is sure is hidden."""
    form = form_of(client.get(page_of(question)))
    return {choice.name: "o" for choice in form.marking.choices}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"room_summary": "x" * 141}, "room_summary"),
        ({"place": "999999"}, "place"),
        ({"place": "municipality"}, "place"),
    ],
)
def test_what_cannot_be_filed_is_told_beside_its_field(desk, question, typed, field):
    response = decide(desk, question, "classify", **typed)
    assert response.status_code == 200
    assert list(form_of(response).errors) == [field]
    assert typed[field] in response.content.decode()
    assert now(question).revision == 0


def test_a_summary_with_a_name_nobody_decided_about_is_refused(desk, question):
    response = decide(desk, question, "classify", room_summary="Don Pedro Pérez pregunta cuándo")
    assert response.context["refused_field"] == "findings"
    assert "Pedro Pérez" in response.context["refusal"]
    assert now(question).room_summary == ""


def test_a_place_may_be_the_whole_region(desk, question):
    assert decide(desk, question, "classify", place="region").status_code == 303
    moved = now(question)
    assert (moved.scope, moved.municipality) == ("region", None)
    assert decide(desk, moved, "classify", place=Municipality.objects.get(name="Oiba").pk)
    assert (now(question).scope, now(question).place) == ("municipality", "Oiba")


def test_nothing_changed_is_told(desk, question):
    response = decide(desk, question, "classify")
    assert response.context["refusal"] == "No cambió nada de la clasificación."
    assert now(question).revision == 0


def test_a_page_without_these_fields_leaves_them_alone(staff, question):
    topic, petition = question.topic, question.petition
    with pytest.raises(workflow.MoveRefused):
        workflow.classify_question(question, actor=staff.moderation, topic=topic, petition=petition)
    summary = {"room_summary": "¿Cuándo vienen?"}
    workflow.classify_question(
        question, actor=staff.moderation, topic=topic, petition=petition, **summary
    )
    assert now(question).place == "Oiba"
    assert now(question).room_summary == "¿Cuándo vienen?"


# The queue --------------------------------------------------------------------------------------


ENDS = [
    ("clarify", {"asked": "¿En qué vereda?"}),
    ("transfer", {"body": "CDMB", "letter": "10-2"}),
    ("pqrsd", {"reference": "P-1"}),
    ("propose_archive", {"archive_reason": "Insultos"}),
]


@pytest.mark.parametrize(("decision", "typed"), ENDS)
def test_what_needs_no_more_review_leads_to_the_next_one(desk, make_question, decision, typed):
    first, second = make_question(), make_question()
    response = decide(desk, first, decision, **typed)
    assert (response.status_code, response.url) == (303, page_of(second))
    response = decide(desk, second, decision, **typed)
    assert (response.status_code, response.url) == (303, LIST)


def test_what_was_reviewed_before_stays_on_its_page(desk, make_question, published):
    shown = published()
    make_question()
    response = decide(desk, shown, "pqrsd", reference="P-1")
    assert response.url == page_of(shown)


def test_an_office_is_not_led_through_the_queue(client, staff, make_question):
    question = make_question()
    make_question()
    office = staff.office.office_memberships.get().office
    workflow.assign_question(question, actor=staff.moderation, office=office)
    client.force_login(staff.office)
    response = decide(client, question, "clarify", asked="¿Dónde?")
    assert (response.status_code, response.url) == (303, page_of(question))


def test_what_waits_for_its_author_comes_back_with_the_reply(staff, question):
    asked = workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
    assert selectors_staff.next_to_review(staff.moderation) is None
    assert not selectors_staff.is_unreviewed(now(question))
    workflow.answer_clarification(asked, reply="En la vereda.")
    assert selectors_staff.next_to_review(staff.moderation) == question
    assert selectors_staff.is_unreviewed(now(question))


def test_what_waits_for_a_signature_comes_back_when_it_is_declined(staff, question):
    workflow.propose_archive(question, actor=staff.moderation, reason="Insultos")
    assert selectors_staff.next_to_review(staff.moderation) is None
    workflow.decline_archive(now(question), actor=staff.approval, reason="Es una crítica")
    assert selectors_staff.next_to_review(staff.moderation) == question
    assert selectors_staff.is_unreviewed(now(question))


def test_the_list_shows_topic_and_municipality(desk, question):
    words = words_of(desk.get(LIST))
    assert "Tema y municipio" in words
    assert "Agua y ríos Oiba" in words


def test_an_office_finds_what_it_has_to_write(client, staff, make_question):
    mine, sent, others = make_question(), make_question(), make_question()
    office = staff.office.office_memberships.get().office
    elsewhere = Office.objects.exclude(pk=office.pk).first()
    for question, where in ((mine, office), (sent, office), (others, elsewhere)):
        workflow.assign_question(question, actor=staff.moderation, office=where)
    words = {"summary": "Sí.", "body": "Iremos en enero."}
    answer = workflow.draft_answer(sent, actor=staff.office, **words)
    workflow.request_approval(answer, actor=staff.office)
    client.force_login(staff.office)
    assert "1 Por responder" in words_of(client.get("/gestion/"))
    listed = client.get(f"{LIST}?vista=por-responder").context["cl"].result_list
    assert [question.number for question in listed] == [mine.number]


def test_the_desk_has_no_card_of_the_offices(desk, question):
    assert "Por responder" not in words_of(desk.get("/gestion/"))
