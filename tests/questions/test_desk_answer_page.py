"""The page of an answer beyond its text: attachments, hints, moment, verdicts, what was joined."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from questions import workflow
from questions.models import Answer, AnswerFile, AnswerVote, Question
from tests.base import files
from tests.questions.desk import answer_page, page_of, words_of, write_page

pytestmark = pytest.mark.django_db
TEXT = {"summary": "Iremos en enero.", "body": "Iremos el 12 de enero."}
LONG = "Revisar " + "las fincas y empresas vecinas de la cuenca " * 4 + "este mes."


def press(client, answer, decision, **typed):
    return client.post(
        answer_page(answer), {"decision": decision, "revision": answer.revision, **typed}
    )


def pdf(name="informe.pdf"):
    return SimpleUploadedFile(name, files.pdf(), "application/pdf")


def photo():
    return SimpleUploadedFile("foto.jpg", files.jpeg_with_gps(), "image/jpeg")


def now(answer) -> Answer:
    return Answer.objects.get(pk=answer.pk)


@pytest.fixture
def office(client, staff):
    client.force_login(staff.office)
    return client


def test_a_file_is_added_with_the_first_words(office, assigned_to_office):
    question = assigned_to_office()
    typed = {**TEXT, "decision": "attach", "new_file": pdf(), "new_words": "Informe de visita"}
    response = office.post(write_page(question), typed)
    answer = Answer.objects.get()
    assert (response.status_code, response.url) == (303, answer_page(answer) + "#anexos")
    assert [file.title for file in answer.attachments] == ["Informe de visita"]
    assert answer.summary == TEXT["summary"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"new_file": photo, "new_words": ""}, "new_words"),
        ({"new_file": pdf, "new_words": " "}, "new_words"),
        (
            {"new_file": lambda: SimpleUploadedFile("x.pdf", files.HTML), "new_words": "x"},
            "new_file",
        ),
        ({"new_words": "Sin archivo"}, "new_file"),
        ({"new_file": lambda: SimpleUploadedFile("x.pdf", b""), "new_words": "x"}, "new_file"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(office, drafted, sent, field):
    answer = drafted()
    sent = {name: value() if callable(value) else value for name, value in sent.items()}
    response = press(office, answer, "attach", summary="Otra frase", body="Otro texto", **sent)
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert (form["summary"].value(), form["body"].value()) == ("Otra frase", "Otro texto")
    assert ("Escoja el archivo otra vez" in words_of(response)) == bool(sent.get("new_file"))
    assert now(answer).summary == "Iremos en enero." and not AnswerFile.objects.exists()


def test_saving_writes_the_words_of_every_file(office, drafted, attached):
    answer = drafted()
    one = attached(answer, "a.pdf", files.pdf(), words="Uno")
    two = attached(answer, "b.jpg", files.picture("JPEG"), words="Dos")
    typed = {**TEXT, f"words_{one.pk}": "Informe", f"words_{two.pk}": ""}
    response = press(office, answer, "save", **typed)
    assert list(response.context["form"].errors) == [f"words_{two.pk}"]
    assert [file.words for file in now(answer).attachments] == ["Uno", "Dos"]
    typed[f"words_{two.pk}"] = "La bocatoma"
    assert press(office, answer, "save", **typed).status_code == 303
    assert [file.words for file in now(answer).attachments] == ["Informe", "La bocatoma"]


def test_a_file_is_taken_away(office, drafted, attached):
    answer = drafted()
    one = attached(answer, "a.pdf", files.pdf(), words="Uno")
    two = attached(answer, "b.pdf", files.pdf(), words="Dos")
    typed = {**TEXT, f"words_{one.pk}": "Uno", f"words_{two.pk}": "Dos"}
    assert press(office, answer, f"remove-{one.pk}", **typed).status_code == 303
    assert [file.words for file in now(answer).attachments] == ["Dos"]
    answer = now(answer)
    assert press(office, answer, f"remove-{one.pk}", **typed).status_code == 200
    assert press(office, answer, "remove-x' OR 1", **typed).status_code == 200
    assert [file.words for file in now(answer).attachments] == ["Dos"]


def test_a_corrected_edition_begins_with_the_words_that_stand(office, staff, awaiting):
    first = workflow.publish_answer(awaiting(), actor=staff.approval)
    page = office.get(write_page(first.question))
    assert page.context["form"]["body"].value() == first.body
    assert page.context["form"]["correction_note"].value() is None


def test_hints_stand_beside_what_is_typed_and_nothing_is_written(office, drafted):
    answer = drafted()
    typed = {"summary": "Información general", "body": LONG, "comment": "x"}
    response = press(office, answer, "review", **typed)
    shown = words_of(response)
    assert "El resumen no tiene verbo." in shown and "Frase larga: 35 palabras." in shown
    assert response.context["form"]["body"].value() == LONG
    assert now(answer).body == answer.body and now(answer).revision == answer.revision


def test_hints_stand_there_after_saving_and_stop_nothing(office, drafted):
    answer = drafted()
    response = press(office, answer, "save", summary="Iremos.", body=LONG)
    assert "Frase larga: 35 palabras." in words_of(office.get(response.url))
    assert press(office, now(answer), "request", summary="Iremos.", body=LONG).status_code == 303
    assert now(answer).status == "awaiting_approval"


def test_the_own_short_name_is_no_unknown_acronym(office, drafted):
    answer = drafted(body="La CAS aplica el PORH.")
    shown = words_of(office.get(answer_page(answer)))
    assert "Sigla sin explicar: PORH." in shown and "explicar: CAS" not in shown


def test_the_preview_is_drawn_by_the_public_template(office, drafted, attached):
    answer = drafted()
    attached(answer, "a.pdf", files.pdf(), words="Informe de visita")
    typed = {"summary": "Otra frase", "body": "1. uno\n2. **dos**", "decision": "preview"}
    response = office.post(answer_page(answer), {**typed, "revision": 0})
    assert "questions/answer.html" in [t.name for t in response.templates]
    html = response.content.decode()
    preview = html.split('id="vista-previa"')[1].split("</section>")[0]
    assert '<section class="respuesta"' in preview and "<strong>dos</strong>" in preview
    assert "Informe de visita" in preview
    assert now(answer).summary == "Iremos en enero."


@pytest.mark.parametrize("body", ["a" * 20_001, "x\x00y" * 11_000])
def test_a_text_without_end_is_refused(office, drafted, body):
    answer = drafted()
    assert press(office, answer, "save", summary="x", body=body).status_code in (200, 400)
    assert now(answer).body == answer.body


@pytest.mark.parametrize(
    ("typed", "second"), [("10:47", 647), ("1:47:12", 6432), ("0:05", 5), ("107:12", 6432)]
)
def test_the_moment_of_the_recording(office, drafted, event_held, typed, second):
    answer = drafted(event=event_held)
    assert press(office, answer, "save", moment=typed, **TEXT).status_code == 303
    assert Question.objects.get().live_second == second
    assert press(office, now(answer), "save", moment="", **TEXT).status_code == 303
    assert Question.objects.get().live_second is None


@pytest.mark.parametrize("typed", ["10", "10:61", "1:75:00", "-1:00", "25:00:00", "a:bc", "٣:٠٠"])
def test_a_moment_that_is_none(office, drafted, event_held, typed):
    answer = drafted(event=event_held)
    response = press(office, answer, "save", moment=typed, **TEXT)
    assert list(response.context["form"].errors) == ["moment"]
    assert response.context["form"]["moment"].value() == typed
    assert Question.objects.get().live_second is None


def test_the_moment_is_set_after_publication_too(client, staff, awaiting, event_held):
    answer = workflow.publish_answer(awaiting(event=event_held), actor=staff.approval)
    client.force_login(staff.office)
    assert press(client, answer, "moment", moment="10:47").status_code == 303
    assert Question.objects.get().live_second == 647
    client.force_login(staff.other_office)
    assert press(client, answer, "moment", moment="0:01").status_code == 404
    client.force_login(staff.internal_control)
    assert press(client, answer, "moment", moment="0:01").status_code == 403
    assert Question.objects.get().live_second == 647


def test_who_may_note_the_moment(staff, assigned_to_office, event_held):
    question = assigned_to_office(event=event_held)
    for second, role in enumerate(("office", "moderation", "communications")):
        workflow.set_live_moment(question, actor=staff[role], second=second)
    with pytest.raises(workflow.MoveRefused):
        workflow.set_live_moment(assigned_to_office(), actor=staff.office, second=1)
    assert Question.objects.get(pk=question.pk).live_second == 2


def test_verdicts_of_readers(client, staff, awaiting):
    answer = workflow.publish_answer(awaiting(), actor=staff.approval)
    client.force_login(staff.office)
    assert client.get(answer_page(answer)).context["verdicts"] is None
    for number, (value, comment) in enumerate([("yes", ""), ("yes", ""), ("no", "Falta la fecha")]):
        AnswerVote.objects.create(answer=answer, value=value, comment=comment, person=str(number))
    response = client.get(answer_page(answer))
    found = response.context["verdicts"]
    assert (found.yes, found.partly, found.no, found.total) == (2, 0, 1, 3)
    assert "Falta la fecha" in words_of(response)


def test_the_page_shows_what_was_joined_to_it(office, staff, drafted, published):
    answer = drafted()
    inner = published(public_text="¿Y la espuma del río?")
    middle = published(public_text="¿Y el caño?")
    workflow.merge_question(inner, actor=staff.moderation, into=middle)
    workflow.merge_question(middle, actor=staff.moderation, into=answer.question)
    shown = words_of(office.get(answer_page(answer)))
    assert "¿Y la espuma del río?" in shown and "¿Y el caño?" in shown
    assert "También avisamos a sus autores" in shown


def test_the_review_page_of_the_desk_still_leads_here(client, staff, awaiting):
    answer = awaiting()
    client.force_login(staff.approval)
    assert answer_page(answer) in client.get(page_of(answer.question)).content.decode()
