"""Attachments of an answer: who, when and what; frozen with the edition; how they are served."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from portal.base.models import StoredFile
from questions import codes, workflow
from questions.models import Answer, AnswerFile
from questions.workflow import MoveRefused
from tests.base import files

pytestmark = pytest.mark.django_db
ALT = "Bocatoma con espuma en la orilla"


@pytest.fixture
def with_files(drafted, attached):
    """A draft with a photo and a document."""

    def make(**fields):
        answer = drafted(**fields)
        attached(answer, "bocatoma.jpg", files.picture("JPEG", (1600, 1200)), words=ALT)
        attached(answer, "informe.pdf", files.pdf())
        return answer

    return make


@pytest.fixture
def publish(staff):
    def make(answer):
        workflow.request_approval(answer, actor=staff.office)
        return workflow.publish_answer(answer, actor=staff.approval)

    return make


def address(file) -> str:
    return f"/preguntas/{file.answer.question.number}/anexos/{file.pk}/"


def test_what_is_stored_of_each_kind(with_files):
    photo, document = with_files().attachments
    assert (photo.title, photo.alt_text) == (ALT, ALT)
    assert (document.title, document.alt_text, document.small) == ("Informe de visita", "", None)
    assert photo.small.content_type == "image/jpeg"
    with Image.open(io.BytesIO(photo.small.content.open("rb").read())) as small:
        assert small.size == (480, 360)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.png", files.picture("PNG"), "Diga qué muestra la imagen"),
        ("x.pdf", files.pdf(), "Escriba el título del documento"),
    ],
)
def test_words_are_demanded(drafted, attached, name, data, sentence):
    answer = drafted()
    with pytest.raises(MoveRefused, match=sentence):
        attached(answer, name, data, words=" \u202e ")
    assert not StoredFile.objects.exists() and answer.revision == 0


def test_words_have_a_limit(drafted, attached):
    answer = drafted()
    with pytest.raises(MoveRefused, match="120"):
        attached(answer, "x.pdf", files.pdf(), words="a" * 121)
    with pytest.raises(MoveRefused, match="240"):
        attached(answer, "x.png", files.picture("PNG"), words="a" * 241)
    photo = attached(answer, "x.png", files.picture("PNG"), words="a" * 240)
    assert (len(photo.alt_text), len(photo.title)) == (240, 120)


def test_at_most_five(drafted, attached):
    answer = drafted()
    for number in range(5):
        attached(answer, f"{number}.pdf", files.pdf(), words=f"Informe {number}")
    with pytest.raises(MoveRefused, match="5 anexos"):
        attached(answer, "6.pdf", files.pdf())
    assert answer.files.count() == StoredFile.objects.count() == 5


@pytest.mark.parametrize("role", ["other_office", "approval", "communications", "moderation"])
def test_only_the_office_that_answers(with_files, staff, role):
    answer = with_files()
    photo = answer.attachments[0]
    for move in (
        lambda: workflow.describe_file(photo, answer=answer, actor=staff[role], words="Otra"),
        lambda: workflow.remove_file(photo, answer=answer, actor=staff[role]),
    ):
        with pytest.raises(PermissionDenied):
            move()
    photo.refresh_from_db()
    assert photo.alt_text == ALT


@pytest.mark.parametrize("state", ["awaiting_approval", "scheduled", "published"])
def test_nothing_changes_once_it_is_no_draft(with_files, attached, staff, state):
    answer = with_files()
    photo = answer.attachments[0]
    Answer.objects.filter(pk=answer.pk).update(status=state)
    answer.refresh_from_db()
    for move in (
        lambda: attached(answer, "x.pdf", files.pdf()),
        lambda: workflow.describe_file(photo, answer=answer, actor=staff.office, words="Otra"),
        lambda: workflow.remove_file(photo, answer=answer, actor=staff.office),
    ):
        with pytest.raises(MoveRefused):
            move()
    assert [file.words for file in answer.attachments] == [ALT, "Informe de visita"]


def test_a_stale_draft_takes_no_file(with_files, attached, staff):
    answer = with_files()
    stale = Answer.objects.get(pk=answer.pk)
    workflow.request_approval(answer, actor=staff.office)
    workflow.return_answer(answer, actor=staff.approval, comment="Falta")
    with pytest.raises(MoveRefused):
        attached(stale, "x.pdf", files.pdf())
    assert answer.files.count() == 2


def test_a_file_of_another_answer_is_not_touched(with_files, staff):
    mine, other = with_files(), with_files()
    theirs = other.attachments[0]
    workflow.describe_file(theirs, answer=mine, actor=staff.office, words="Robada")
    workflow.remove_file(theirs, answer=mine, actor=staff.office)
    theirs.refresh_from_db()
    assert theirs.alt_text == ALT and theirs.stored.content.open("rb").read()


def test_a_removed_file_leaves_no_bytes(with_files, staff, django_capture_on_commit_callbacks):
    answer = with_files()
    photo = answer.attachments[0]
    storage, names = (
        photo.stored.content.storage,
        [photo.stored.content.name, photo.small.content.name],
    )
    assert all(map(storage.exists, names))
    with django_capture_on_commit_callbacks(execute=True):
        workflow.remove_file(photo, answer=answer, actor=staff.office)
    assert StoredFile.objects.count() == answer.files.count() == 1
    assert not any(map(storage.exists, names))


def test_a_corrected_edition_begins_with_the_same_files(client, with_files, publish, staff):
    first = publish(with_files())
    text = {"summary": "Otra.", "body": "Otro.", "correction_note": "Se corrige el mes."}
    second = workflow.draft_answer(first.question, actor=staff.office, **text)
    assert [file.words for file in second.attachments] == [ALT, "Informe de visita"]
    photo = second.attachments[0]
    workflow.remove_file(photo, answer=second, actor=staff.office)
    page = client.get(publish(second).question.get_absolute_url()).content.decode()
    earlier = page.split("Ediciones anteriores")[1].split("</details>")[0]
    assert address(first.attachments[0]) in earlier and address(photo) not in page
    assert client.get(address(first.attachments[0])).status_code == 200
    assert StoredFile.objects.filter(pk__in=[photo.stored_id, photo.small_id]).count() == 2
    assert [file.words for file in first.attachments] == [ALT, "Informe de visita"]


def test_the_public_page_lists_them_with_kind_and_size(client, with_files, publish):
    answer = publish(with_files())
    photo, document = answer.attachments
    page = client.get(answer.question.get_absolute_url()).content.decode()
    assert f'<a href="{address(document)}">Informe de visita</a> <small>PDF, 1 KB</small>' in page
    assert f'src="{address(photo)}pequena/" alt="{ALT}"' in page
    assert f'<a href="{address(photo)}"><img' in page and "JPG, " in page


def test_a_document_is_a_download_that_can_do_nothing(client, with_files, publish):
    document = publish(with_files()).attachments[1]
    response = client.get(address(document))
    assert response.getvalue() == document.stored.content.open("rb").read()
    headers = response.headers
    assert headers["Content-Disposition"] == 'attachment; filename="informe.pdf"'
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = [part.strip() for part in headers["Content-Security-Policy"].split(";")]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert headers["ETag"] == f'"{document.stored.sha256}"'
    assert "must-revalidate" in headers["Cache-Control"] and not response.cookies


def test_a_picture_may_be_shown_large_and_small(client, with_files, publish):
    photo = publish(with_files()).attachments[0]
    large, small = client.get(address(photo)), client.get(f"{address(photo)}pequena/")
    assert large.headers["Content-Disposition"].startswith("inline")
    assert large.headers["ETag"] == f'"{photo.stored.sha256}"'
    assert small.headers["ETag"] == f'"{photo.small.sha256}"'
    assert len(small.getvalue()) < len(large.getvalue())


def test_who_has_it_already_gets_304(client, with_files, publish):
    document = publish(with_files()).attachments[1]
    again = client.get(address(document), headers={"If-None-Match": f'"{document.stored.sha256}"'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address(document), headers={"If-None-Match": '"x"'}).status_code == 200


def test_nobody_gets_the_file_of_a_draft_or_of_a_withheld_one(client, with_files, publish, staff):
    answer = with_files()
    document = answer.attachments[1]
    assert client.get(address(document)).status_code == 404
    publish(answer)
    assert client.get(address(document)).status_code == 200
    wrong = f"/preguntas/{answer.question.number + 7}/anexos/{document.pk}/"
    assert client.get(wrong).status_code == 404
    workflow.withhold(answer.question, actor=staff.moderation, reason="third_party_data")
    assert client.get(address(document)).status_code == 404
    again = client.get(address(document), headers={"If-None-Match": f'"{document.stored.sha256}"'})
    assert again.status_code == 404


def open_own_page(client, question, token):
    data = {"reference": question.reference, "code": codes.code_for(token)}
    client.post("/mi-pregunta/", data)


def test_the_author_of_a_withheld_one_gets_them(client, with_files, publish, staff, make_question):
    answer = publish(with_files(token="its-token"))
    workflow.withhold(answer.question, actor=staff.moderation, reason="third_party_data")
    document = answer.attachments[1]
    make_question(token="another-one")
    other = make_question(token="stranger")
    open_own_page(client, other, "stranger")
    assert client.get(address(document)).status_code == 404
    open_own_page(client, answer.question, "its-token")
    assert address(document) in client.get("/mi-pregunta/").content.decode()
    response = client.get(address(document))
    assert response.status_code == 200
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_lost_file_is_not_found(client, with_files, publish):
    document = publish(with_files()).attachments[1]
    document.stored.content.storage.delete(document.stored.content.name)
    assert client.get(address(document)).status_code == 404


def test_the_desk_opens_them_in_any_state(client, with_files, staff):
    document = with_files().attachments[1]
    desk = f"/gestion/questions/answer/{document.answer_id}/anexo/{document.pk}/"
    client.force_login(staff.approval)
    response = client.get(desk)
    assert response.headers["Content-Disposition"].startswith("attachment")
    client.force_login(staff.other_office)
    assert client.get(desk).status_code == 404
    client.force_login(staff.communications)
    assert client.get(desk).status_code == 403
    assert AnswerFile.objects.count() == 2
