"""The review page beside its decisions: similar ones, lease, contact data, notes, rules."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from entity.models import Office, Topic
from portal.base import clock
from portal.base.models import AccessEntry, Transition
from questions import workflow
from questions.models import Note, Question, ReviewLease, TextTemplate, TopicRule
from tests.questions.desk import decide, page_of, words_of

pytestmark = pytest.mark.django_db
TEXT = "Hablé con don Fulano de Tal. ¿Cuándo vienen?"
HIDDEN = "Hablé con [nombre oculto]. ¿Cuándo vienen?"


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def question(make_question):
    return make_question(text=TEXT, name="Ana Ruiz", email="ana@example.org")


def press(client, question, **data):
    question.refresh_from_db()
    return client.post(page_of(question), {"revision": question.revision, **data})


def public_text(response):
    return response.context["form"]["public_text"].value()


# Similar ones ---------------------------------------------------------------------------------


def test_joined_in_one_press(desk, make_question, published):
    other = published(text="¿Quién vigila la espuma de la quebrada del acueducto veredal?")
    question = make_question(text="Hay espuma en la quebrada del acueducto veredal, ¿quién vigila?")
    html = desk.get(page_of(question)).content.decode()
    assert f'name="join" value="{other.number}" data-key="1"' in html
    assert press(desk, question, join=other.number).status_code == 303
    question.refresh_from_db()
    assert (question.status, question.merged_into) == ("merged", other)


def test_an_office_sees_no_similar_ones(client, staff, make_question, published):
    published(text="¿Quién vigila la espuma de la quebrada del acueducto veredal?")
    question = make_question(text="Hay espuma en la quebrada del acueducto veredal, ¿quién vigila?")
    office = staff.office.office_memberships.get().office
    workflow.assign_question(question, actor=staff.moderation, office=office)
    client.force_login(staff.office)
    assert 'name="join"' not in client.get(page_of(question)).content.decode()


# The office that usually answers ----------------------------------------------------------------


def test_the_rule_of_topic_and_municipality_comes_first(desk, question):
    water, usual = Topic.objects.get(slug="agua"), Office.objects.get(code="autoridad-ambiental")
    here = Office.objects.get(code="regional-velez")
    TopicRule.objects.create(topic=water, office=usual)
    response = desk.get(page_of(question))
    assert response.context["form"]["office"].value() == usual.pk
    assert "sugerida por la regla de «Agua y ríos»" in words_of(response)
    TopicRule.objects.create(topic=water, municipality=question.municipality, office=here)
    response = desk.get(page_of(question))
    assert response.context["form"]["office"].value() == here.pk
    assert "sugerida por la regla de «Agua y ríos» en Oiba" in words_of(response)


def test_no_rule_no_suggestion(desk, question):
    assert not desk.get(page_of(question)).context["form"]["office"].value()


def test_what_was_chosen_beside_it_is_saved_with_the_decision_and_undone_with_it(desk, question):
    office, mining = Office.objects.first(), Topic.objects.get(slug="mineria")
    typed = {"public_text": HIDDEN, "title": "", "office": office.pk, "topic": mining.pk}
    assert press(desk, question, decision="publish_and_assign", **typed).status_code == 303
    question.refresh_from_db()
    assert (question.topic, question.status, question.visibility) == (
        mining, "assigned", "published",
    )  # fmt: skip
    workflow.undo_last(question, actor=User.objects.get(username="moderation"))
    question.refresh_from_db()
    assert (question.topic.slug, question.status, question.visibility) == (
        "agua", "received", "unmoderated",
    )  # fmt: skip


def test_the_same_classification_is_no_move(desk, question):
    typed = {"topic": question.topic_id, "petition": question.petition_id, "title": ""}
    press(desk, question, decision="publish", public_text=HIDDEN, **typed)
    moves = Transition.objects.of("question", question.pk).values_list("move", flat=True)
    assert set(moves) == {"submit_question", "publish_text"}


# The lease --------------------------------------------------------------------------------------


def test_looking_takes_no_lease(desk, question):
    desk.get(page_of(question))
    assert not ReviewLease.objects.exists()


def test_the_second_moderator_is_told_and_refused(desk, client, staff, question):
    press(desk, question, act="lease")
    assert ReviewLease.objects.get().user == staff.moderation
    client.force_login(staff.moderation_blind)
    response = client.get(page_of(question))
    assert "Moderation la está revisando" in words_of(response)
    refused = press(client, question, decision="publish", public_text=HIDDEN, title="Título")
    assert "Moderation la está revisando" in words_of(refused)
    assert public_text(refused) == HIDDEN
    question.refresh_from_db()
    assert question.visibility == "unmoderated"


def test_a_lease_runs_out_by_itself(staff, question):
    at = clock.now()
    assert workflow.leases.take(question, actor=staff.moderation, at=at)
    assert not workflow.leases.take(question, actor=staff.moderation_blind, at=at)
    later = at + timedelta(minutes=2)
    assert workflow.leases.holder(question, later) is None
    assert workflow.leases.take(question, actor=staff.moderation_blind, at=later)
    workflow.leases.refuse_to_others(question, actor=staff.moderation_blind, at=later)
    with pytest.raises(workflow.MoveRefused):
        workflow.leases.refuse_to_others(question, actor=staff.moderation, at=later)


def test_who_approves_is_not_held_up(staff, question):
    workflow.leases.take(question, actor=staff.moderation)
    workflow.leases.refuse_to_others(question, actor=staff.approval)


def test_one_by_one_leaves_out_what_others_have(desk, staff, make_question):
    first, second = make_question(), make_question()
    workflow.leases.take(first, actor=staff.moderation_blind)
    response = desk.post("/gestion/questions/question/siguiente/")
    assert (response.status_code, response.url) == (303, page_of(second))
    assert set(ReviewLease.objects.values_list("user", flat=True)) == {
        staff.moderation.pk, staff.moderation_blind.pk,
    }  # fmt: skip


def test_skipping_goes_round_and_leaves_everything_as_it_is(desk, make_question):
    rows = [make_question() for _ in range(3)]
    address = page_of(rows[0])
    for after, before in ((1, 0), (2, 1), (0, 2)):
        response = press(desk, rows[before], act="skip", public_text="A medias")
        assert (response.status_code, response.url) == (303, page_of(rows[after]))
        assert ReviewLease.objects.get().question == rows[after]
    assert desk.get(address).context["queue"] == {"total": 3, "place": 1}
    assert set(Question.objects.values_list("revision", "public_text")) == {(0, "")}


def test_the_script_keeps_it_by_post_alone(desk, client, staff, question):
    address = f"/gestion/questions/question/{question.pk}/reservar/"
    assert desk.get(address).status_code == 405
    assert not ReviewLease.objects.exists()
    assert desk.post(address).status_code == 204
    client.force_login(staff.moderation_blind)
    refused = client.post(address)
    assert (refused.status_code, refused.json()) == (409, {"who": "Moderation"})
    client.force_login(staff.approval)
    assert client.post(address).status_code == 403
    client.force_login(staff.other_office)
    assert client.post(address).status_code == 404


def test_many_at_once_leave_out_what_somebody_reviews(desk, staff, make_question):
    free, held = make_question(), make_question()
    workflow.leases.take(held, actor=staff.moderation_blind)
    data = {"action": "publish", "index": 0, "_selected_action": [free.pk, held.pk]}
    answer = desk.post("/gestion/questions/question/?vista=todas", data, follow=True)
    assert "Moderation_Blind la está revisando" in words_of(answer)
    shown = dict(Question.objects.values_list("pk", "visibility"))
    assert shown == {free.pk: "published", held.pk: "unmoderated"}


def test_a_decision_gives_it_back_and_takes_the_next(desk, staff, make_question):
    first, second = make_question(), make_question()
    press(desk, first, act="lease")
    decide(desk, first, "publish", public_text="¿Cuándo?", title="")
    assert ReviewLease.objects.get().question == second


def test_roles_without_moderation_take_no_lease(staff, question):
    with pytest.raises(PermissionDenied):
        workflow.leases.take(question, actor=staff.office)


# Contact data -----------------------------------------------------------------------------------


def test_contact_data_is_behind_a_click_that_is_written_down(desk, staff, question):
    assert "ana@example.org" not in desk.get(page_of(question)).content.decode()
    response = press(desk, question, act="identity", note="a medias")
    words = words_of(response)
    assert "ana@example.org" in words and "Ana Ruiz" in words and "a medias" in words
    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.reference, entry.what) == (
        staff.moderation, question.reference, "identity",
    )  # fmt: skip


@pytest.mark.parametrize("role", ["moderation_blind", "office", "approval"])
def test_others_never_see_it(client, staff, question, role):
    office = staff.office.office_memberships.get().office
    workflow.assign_question(question, actor=staff.moderation, office=office)
    client.force_login(staff[role])
    assert 'value="identity"' not in client.get(page_of(question)).content.decode()
    response = press(client, question, act="identity")
    assert response.status_code == 403
    assert "ana@example.org" not in response.content.decode()
    assert not AccessEntry.objects.exists()


def test_internal_control_reads_who_looked(client, staff, question):
    workflow.open_identity(question, actor=staff.moderation)
    client.force_login(staff.internal_control)
    page = client.get("/gestion/base/accessentry/").content.decode()
    assert question.reference in page and "ana@example.org" not in page


# Notes and ready texts ---------------------------------------------------------------------------


def test_a_note_is_kept_and_what_is_typed_stays(desk, staff, question):
    response = press(desk, question, act="note", note="Ya hay queja de octubre.", title="Título")
    assert response.context["form"]["title"].value() == "Título"
    assert not response.context["form"]["note"].value()
    note = Note.objects.get()
    assert (note.text, note.actor, note.kind) == (
        "Ya hay queja de octubre.", staff.moderation, "internal",
    )  # fmt: skip
    assert "Ya hay queja de octubre." in words_of(response)


def test_a_note_sent_twice_is_one(desk, question):
    for _time in range(2):
        press(desk, question, act="note", note="Ya hay queja de octubre.")
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "reads"),
    [("moderation", True), ("office", True), ("moderation_blind", False), ("approval", False)],
)
def test_who_reads_what_the_author_wrote_by_mail(client, staff, question, role, reads):
    office = staff.office.office_memberships.get().office
    workflow.assign_question(question, actor=staff.moderation, office=office)
    Note.objects.create(question=question, kind="from_author", text="Volvió la espuma. Ana Ruiz")
    client.force_login(staff[role])
    words = words_of(client.get(page_of(question)))
    assert ("El autor escribió por correo: Volvió la espuma." in words) is reads
    assert ("Su rol no lo lee." in words) is not reads


def test_who_only_reads_gets_no_field_for_notes(client, staff, question):
    client.force_login(staff.internal_control)
    assert 'name="note"' not in client.get(page_of(question)).content.decode()
    assert press(client, question, act="note", note="Hola").status_code == 403


def test_an_empty_note_is_refused(desk, question):
    response = press(desk, question, act="note", note="  ")
    assert "Escriba la nota." in words_of(response)
    assert not Note.objects.exists()


def test_notes_of_other_offices_cannot_be_written(staff, question):
    with pytest.raises(PermissionDenied):
        workflow.add_note(question, actor=staff.other_office, text="Hola")


def test_a_ready_text_is_put_into_its_field(desk, question):
    text = TextTemplate.objects.create(use="clarification", title="Lugar", text="Sobre {radicado}:")
    response = press(desk, question, insert="clarification", template_clarification=text.pk)
    assert response.context["form"]["asked"].value() == f"Sobre {question.reference}:"
    assert Question.objects.get(pk=question.pk).status == "received"


# Archiving and old pages ------------------------------------------------------------------------


def test_approval_reads_who_proposes_to_archive_and_why(client, staff, question):
    workflow.propose_archive(question, actor=staff.moderation, reason="Solo insulta.")
    for role, signs in (("approval", True), ("moderation", False)):
        client.force_login(staff[role])
        response = client.get(page_of(question))
        words = words_of(response)
        assert "Moderation propone archivarla." in words and "Solo insulta." in words
        assert ('value="archive"' in response.content.decode()) is signs


def test_a_page_that_was_drawn_before_a_move_stays_old_through_looks(desk, staff, question):
    """What only draws the page anew must not make an overtaken decision pass."""
    workflow.withhold(question, actor=staff.moderation, reason="insults")
    drawn = desk.post(page_of(question), {"act": "marks", "revision": 0, "public_text": HIDDEN})
    assert 'name="revision" value="0"' in drawn.content.decode()
    data = {"decision": "publish", "revision": 0, "public_text": HIDDEN, "title": ""}
    assert desk.post(page_of(question), data).status_code == 200
    question.refresh_from_db()
    assert question.visibility == "withheld"


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_look_with_an_odd_revision_is_drawn(desk, question, revision):
    response = desk.post(page_of(question), {"act": "marks", "revision": revision})
    assert response.status_code == 200
