"""What came by another channel: entered once, with its real receipt, its consent and its slips."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entity.models import Consent, PrivacyNotice
from portal.base import clock
from portal.base.models import OutgoingMail, StoredFile, Transition
from questions import codes, workflow
from questions.models import Author, PaperForm, Question, QuestionFile
from tests import pdf_ua
from tests.base.files import picture

pytestmark = pytest.mark.django_db
ENTER = reverse("admin:questions_question_enter")
TYPED = {
    "channel": "phone",
    "received_place": "Sede San Gil",
    "received_on": "2026-03-06",
    "received_time": "16:40",
    "kind": "question",
    "text": "¿Cuándo reparan el puente de la vereda?",
    "topic": "agua",
    "municipality": "Oiba",
    "display": "anonymous",
}
PERSON = {"name": "Ana Gómez", "email": "ana@correo.example", "organisation": "Junta"}


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


def upload(name, content=b""):
    return SimpleUploadedFile(name, content or picture("PNG"))


def opened(client, query="") -> str:
    """The token of a form that was opened."""
    return client.get(ENTER + query).context["token"]


def enter(client, token=None, **changes):
    return client.post(ENTER, {"token": token or opened(client), **TYPED, **changes})


def errors(response) -> dict:
    return {name: words[0] for name, words in response.context["form"].errors.items()}


def only() -> Question:
    return Question.objects.get()


def test_it_is_filed_with_its_real_receipt(desk, staff):
    response = enter(desk, external_reference="CAS-77")
    question = only()
    assert (response.status_code, response.url) == (303, f"{ENTER}{question.pk}/")
    assert question.submitted_at == clock.at_hour(date(2026, 3, 6), time(16, 40))
    assert (question.filed_on, question.channel) == (date(2026, 3, 6), "phone")
    assert (question.received_place, question.external_reference) == ("Sede San Gil", "CAS-77")
    assert (question.status, question.visibility) == ("received", "unmoderated")
    move = Transition.objects.get(kind="question", object_id=question.pk)
    assert (move.actor, move.detail) == (staff.moderation, "phone")


def test_what_came_after_the_closing_hour_counts_from_the_next_working_day(desk):
    enter(desk, received_time="18:30")  # a Friday
    assert only().filed_on == date(2026, 3, 9)


def test_the_code_is_shown_and_opens_the_case(desk, staff, client):
    page = desk.get(enter(desk).url)
    code = page.context["code"]
    question = only()
    assert code in page.content.decode() and question.reference in page.content.decode()
    assert codes.matches(code, question.code_digest)


def test_the_code_is_not_shown_later_nor_to_others(desk, staff, client):
    address = enter(desk).url
    session = desk.session
    session["entered"] = [[pk, token, at - 31 * 60] for pk, token, at in session["entered"]]
    session.save()
    for tail in ("", "comprobante/", "comprobante.pdf"):
        assert desk.get(address + tail).url == ENTER
    client.force_login(staff.communications)
    assert client.get(address).url == ENTER


def test_receipt_for_the_printer_and_as_pdf(desk):
    address = enter(desk).url
    page = desk.get(f"{address}comprobante/")
    assert page.context["code"] in page.content.decode()
    pdf = desk.get(f"{address}comprobante.pdf")
    assert pdf_ua.faults(pdf.content) == []
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in pdf["Cache-Control"] and "no-store" in page["Cache-Control"]


def test_pressed_twice_it_is_one_case_and_one_receipt(desk):
    token = opened(desk)
    first, second = enter(desk, token), enter(desk, token)
    assert first.url == second.url
    assert Question.objects.count() == 1


def test_another_text_in_a_form_that_was_filed_is_not_lost(desk):
    token = opened(desk)
    enter(desk, token)
    back = enter(desk, token, text="¿Y quién cuida el páramo de Santurbán?")
    assert only().reference in back.context["note"]
    assert "Santurbán" in back.content.decode()
    enter(desk, back.context["token"], text="¿Y quién cuida el páramo de Santurbán?")
    assert Question.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "abc:def", "9" * 500])
def test_a_token_that_was_not_given_out_files_nothing(desk, token):
    assert desk.post(ENTER, {"token": token, **TYPED}).status_code == 400
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"text": ""}, "text", "Escriba lo que dice la persona"),
        ({"text": "x" * 10_001}, "text", "El máximo es"),
        ({"channel": ""}, "channel", "Escoja el canal"),
        ({"channel": "web"}, "channel", "Escoja un canal de la lista"),
        ({"received_on": ""}, "received_on", "Escriba el día"),
        ({"received_on": "30/02/2026"}, "received_on", "Escriba el día así"),
        ({"received_on": "0026-03-06"}, "received_on", "Revise el año"),
        ({"received_on": "0001-01-01"}, "received_on", "Revise el año"),
        ({"received_on": "9999-12-31"}, "received_on", "después de este momento"),
        ({"received_time": "25:00"}, "received_time", "Escriba la hora así"),
        ({"received_on": "2999-01-01"}, "received_on", "después de este momento"),
        ({"topic": ""}, "topic", "Escoja el tema"),
        ({"municipality": "Oibaa"}, "municipality", "Oiba"),
        ({"display": "name"}, "name", "Escriba el nombre"),
        ({"email": "ana@"}, "email", "nombre@ejemplo.com"),
        ({"email": "ana@correo.example"}, "consent", "autorizó"),
        ({"paper_number": "F-00099"}, "paper_number", "ningún formulario con el número"),
        ({"paper_number": "'; drop"}, "paper_number", "ningún formulario con el número"),
        ({"event": "none-of-ours"}, "event", "none-of-ours"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(desk, changes, field, words):
    response = enter(desk, **changes)
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert words in errors(response)[field]
    shown = response.context["form"]
    assert {name: shown[name].value() for name in changes} == changes
    assert not Question.objects.exists()


def test_an_hour_of_today_that_is_still_to_come(desk):
    later = clock.now() + timedelta(minutes=5)
    if clock.local_day(later) != clock.local_day():
        pytest.skip("five minutes before midnight")
    moment = later.astimezone(clock.at_hour(date.today(), time(0)).tzinfo)
    response = enter(desk, received_on=f"{moment:%Y-%m-%d}", received_time=f"{moment:%H:%M:%S}")
    assert list(errors(response)) == ["received_time"]


def test_contact_data_with_its_authorisation(desk):
    enter(desk, **PERSON, consent="on", display="name")
    question, author = only(), Author.objects.get()
    assert (author.name, author.email, author.organisation) == tuple(PERSON.values())
    assert question.public_name == "Ana Gómez"
    consent = Consent.objects.get()
    assert (consent.means, consent.given_at) == ("spoken", question.submitted_at)
    assert OutgoingMail.objects.get().to == "ana@correo.example"


def test_how_it_was_authorised_can_be_said(desk):
    enter(desk, **PERSON, consent="on", consent_means="signed", channel="email")
    assert Consent.objects.get().means == "signed"


def test_the_notice_is_the_one_of_that_day(desk, entity):
    old = PrivacyNotice.objects.get()
    PrivacyNotice.objects.create(
        version="2026-2", title="Aviso nuevo", text="t", consent_label="c",
        in_force_from=datetime(2026, 3, 7, tzinfo=clock.now().tzinfo),
    )  # fmt: skip
    enter(desk, **PERSON, consent="on")
    assert Consent.objects.get().notice == old


def test_without_authorisation_nothing_of_the_person_is_kept(desk):
    enter(desk, **PERSON)
    assert not Question.objects.exists() and not Author.objects.exists()
    enter(desk, group="media")
    assert Author.objects.get().name == "" and not Consent.objects.exists()


def test_a_child_is_never_named(desk):
    enter(desk, name="Luis", consent="on", display="name", is_minor="on")
    assert only().public_name == ""


def test_a_sheet_of_paper_is_used_once(desk, staff):
    sheet = workflow.reserve_forms(actor=staff.moderation, count=1)[0]
    enter(desk, channel="paper", paper_number=f"f-{sheet.number}")
    first = only()
    assert PaperForm.objects.get().question == first
    response = enter(desk, channel="paper", paper_number="1", text="Otra cosa distinta, por favor")
    assert first.reference in errors(response)["paper_number"]
    assert Question.objects.count() == 1


def test_two_people_with_one_sheet(staff, make_question):
    """The second one is refused by the transaction, though the form had let it pass."""
    sheet = workflow.reserve_forms(actor=staff.moderation, count=1)[0]
    filing = {"text": "Texto", "channel": "paper", "topic": make_question().topic}
    workflow.enter_question(
        workflow.Filing(token="a", **filing), actor=staff.moderation, paper_form=sheet
    )
    with pytest.raises(workflow.MoveRefused, match="F-00001"):
        workflow.enter_question(
            workflow.Filing(token="b", **filing), actor=staff.moderation, paper_form=sheet
        )
    assert Question.objects.filter(channel="paper").count() == 1


def test_slips_are_kept_whatever_their_type(desk):
    files = [upload("hoja.png"), upload("nota.docx", b"PK\x03\x04no picture")]
    enter(desk, files=files)
    kept = QuestionFile.objects.order_by("stored__name")
    assert [(f.stored.name, f.stored.is_checked, f.source) for f in kept] == [
        ("hoja.png", True, "slip"), ("nota.docx", False, "slip"),
    ]  # fmt: skip


def test_a_second_press_keeps_no_second_slip(desk):
    token = opened(desk)
    for _press in range(2):
        enter(desk, token, files=[upload("hoja.png")])
    assert StoredFile.objects.count() == 1


def test_refused_files_are_to_be_chosen_again(desk):
    response = enter(desk, text="", files=[upload("hoja.png")])
    assert response.context["files_lost"] is True
    assert StoredFile.objects.count() == 0


def test_four_files_are_too_many(desk):
    response = enter(desk, files=[upload(f"{n}.png") for n in range(4)])
    assert list(errors(response)) == ["files"]


def test_the_next_one_shares_channel_place_and_event(desk, event_held):
    page = desk.get(enter(desk, event=event_held.slug, channel="zoom_chat").url)
    form = desk.get(f"{ENTER}?{page.context['again']}").context["form"]
    assert form["channel"].value() == "zoom_chat"
    assert (form["received_place"].value(), form["event"].value()) == (
        "Sede San Gil", event_held.slug,
    )  # fmt: skip


def test_who_may_not_enter_is_refused(client, staff):
    for role in ("office", "approval", "internal_control", "administration"):
        client.force_login(staff[role])
        for address in (ENTER, f"{ENTER}1/", f"{ENTER}1/comprobante.pdf"):
            assert client.get(address).status_code == 403, (role, address)
        assert client.post(ENTER, TYPED).status_code == 403
    client.logout()
    assert client.get(ENTER).status_code == 302


def test_communications_enters_and_has_a_way_there(client, staff):
    client.force_login(staff.communications)
    assert ENTER in client.get("/gestion/").content.decode()
    page = client.get(enter(client).url)
    assert page.status_code == 200
    assert f"/gestion/questions/question/{only().pk}/change/" not in page.content.decode()


def test_the_list_says_channel_and_place_and_has_the_button(desk):
    enter(desk)
    words = desk.get("/gestion/questions/question/").content.decode()
    assert ENTER in words and "Sede San Gil" in words and "Teléfono" in words


def test_the_form_asks_the_same_number_of_queries(
    desk, make_question, django_assert_max_num_queries
):
    make_question()
    desk.get(ENTER)
    with django_assert_max_num_queries(14):
        desk.get(ENTER)
