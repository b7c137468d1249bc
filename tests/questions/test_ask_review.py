"""Step 3 and the files of step 2: what the form says of what was typed and kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.base.models import StoredFile
from questions.models import Draft
from tests.questions.test_ask import PNG, Walk

pytestmark = pytest.mark.django_db
WARNING = "Parece que escribió un número de cédula o de teléfono."


@pytest.fixture
def ask(client, event_open):
    return Walk(client, event_open.slug)


def review(ask, text="¿Quién vigila los vertimientos a la quebrada?", **author):
    assert ask.question(text=text).status_code == 303
    assert ask.author(**author).status_code == 303
    return ask.client.get(ask.root + "revisar/").content.decode()


def private_part(page):
    return page.split('id="priv"')[1].split("</section>")[0]


def test_a_published_name_is_not_listed_as_unpublished(ask):
    page = review(ask, display="name", name="Rosa Ejemplo", organisation="Junta", consent="on")
    assert "Rosa Ejemplo" in page
    assert "Rosa Ejemplo" not in private_part(page)
    assert "Junta" in private_part(page)


def test_a_published_organisation_is_not_listed_as_unpublished(ask):
    page = review(ask, display="name", organisation="Junta de ejemplo", consent="on")
    assert "Junta de ejemplo" in page
    assert "Junta de ejemplo" not in private_part(page)


def test_a_childs_name_is_listed_as_unpublished(ask):
    page = review(ask, display="name", name="Rosa Ejemplo", is_minor="on", consent="on")
    assert "Rosa Ejemplo" in private_part(page)


def test_what_was_left_empty_is_said_in_spanish(ask):
    page = review(ask)
    assert private_part(page).count("Sin indicar") == 2
    assert "You did not give it" not in page
    assert "m..<" not in page
    assert "m.</p>" in page


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Soy la persona 1098765432 de la vereda", True),
        ("Mi cédula es 1.098.765.432, gracias", True),
        ("Llámenme al 310 555 1234 por favor", True),
        ("En 2020 gastaron $ 1.500.000 en la obra", False),
        ("Gastaron 500000 pesos en la obra del parque", False),
        ("¿Cuántos árboles van en 2019 y 2020?", False),
    ],
)
def test_a_number_of_a_person_is_warned_of(ask, text, warned):
    assert (WARNING in review(ask, text)) is warned


def test_the_receipt_has_no_double_full_stop(ask):
    page = ask.client.get(ask.whole().url).content.decode()
    assert "</time>." not in page
    assert "use el menú de su navegador" in page


def test_good_files_are_kept_when_another_field_fails(ask):
    ask.question()
    page = ask.author(files=SimpleUploadedFile("foto.png", PNG), email="no-es-correo")
    assert page.status_code == 200
    assert "foto.png" in page.content.decode()
    stored = StoredFile.objects.get()
    assert Draft.objects.get().data["files"] == [str(stored.pk)]
    again = ask.author(consent="on")
    assert again.status_code == 303
    assert Draft.objects.get().data["files"] == [str(stored.pk)]


def test_the_good_one_of_two_files_is_kept(ask):
    ask.question()
    bad = SimpleUploadedFile("plano.pdf", b"<html>")
    page = ask.author(files=[bad, SimpleUploadedFile("foto.png", PNG)], consent="on")
    assert "plano.pdf" in page.content.decode()
    assert StoredFile.objects.get().name == "foto.png"


def test_files_that_were_not_kept_are_to_be_chosen_again(ask):
    ask.question()
    files = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(4)]
    page = ask.author(files=files, consent="on").content.decode()
    assert "Vuelva a escoger sus archivos: no se guardaron." in page


def test_a_posted_key_takes_away_only_a_file_of_the_draft(ask):
    stranger = StoredFile.objects.create(name="ajeno.pdf", size=1, content="x")
    ask.question()
    assert ask.author(drop_file=str(stranger.pk)).status_code == 303
    assert StoredFile.objects.filter(pk=stranger.pk).exists()


def test_the_hint_for_minors_does_not_contradict_the_notice(ask):
    ask.question()
    page = ask.client.get(ask.root + "datos/").content.decode()
    assert "No escriba su nombre ni su correo." in page
