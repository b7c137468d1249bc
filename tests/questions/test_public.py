"""Published contributions: what the public may read, and what never."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions import workflow
from questions.models import Question

pytestmark = pytest.mark.django_db

SECRETS = ("persona@example.org", "Nombre Privado", "ORIGINAL QUE NADIE LEE")


@pytest.fixture
def with_identity(make_question, staff, event_open):
    question = make_question(
        event=event_open,
        text="ORIGINAL QUE NADIE LEE: la quebrada baja con espuma.",
        email="persona@example.org",
        name="Nombre Privado",
    )
    workflow.publish_text(
        question,
        actor=staff.moderation,
        public_text="Hablé con [nombre oculto] y la quebrada baja con espuma <script>x</script>.",
        title="Espuma en la quebrada",
    )
    return question


def test_only_published_ones_are_listed(client, make_question, with_identity):
    make_question(text="Todavía nadie la revisó en la mesa")
    page = client.get("/preguntas/").content.decode()
    assert "Espuma en la quebrada" in page
    assert "Todavía nadie la revisó" not in page


@pytest.mark.parametrize("address", ["list", "event_list", "detail", "event"])
def test_no_public_byte_holds_identity_or_the_original(client, with_identity, address, event_open):
    address = {
        "list": "/preguntas/?q=espuma",
        "event_list": f"/eventos/{event_open.slug}/preguntas/",
        "detail": with_identity.get_absolute_url(),
        "event": event_open.get_absolute_url(),
    }[address]
    response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Espuma en la quebrada" in page
    assert not [secret for secret in SECRETS if secret in page]
    assert not response.cookies
    assert "csrf" not in page


def test_markup_is_shown_as_text_and_marks_are_drawn(client, with_identity):
    page = client.get(with_identity.get_absolute_url()).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert '<span class="tachado">nombre oculto</span>' in page


def test_the_number_alone_and_a_wrong_title_lead_to_the_address(client, with_identity):
    number, address = with_identity.number, with_identity.get_absolute_url()
    assert client.get(f"/preguntas/{number}/").headers["Location"] == address
    wrong = client.get(f"/preguntas/{number}-otro-titulo/")
    assert (wrong.status_code, wrong.headers["Location"]) == (301, address)


def test_an_unmoderated_number_is_not_found_like_one_that_does_not_exist(client, make_question):
    question = make_question()
    assert client.get(f"/preguntas/{question.number}/").status_code == 404
    assert client.get(f"/preguntas/{question.number}-x/").status_code == 404
    assert client.get("/preguntas/999999/").status_code == 404


def test_the_address_of_a_withdrawn_one_says_so_without_its_text(client, with_identity):
    workflow.withdraw_question(with_identity)
    response = client.get(with_identity.get_absolute_url())
    assert response.status_code == 410
    page = response.content.decode()
    assert "la retiró" in page
    assert "quebrada baja con espuma" not in page


def test_filters_counts_and_words(client, published, answered, event_open):
    published(public_text="Contrataciones de la obra del acueducto", title="Obra")
    answered(public_text="Tala de árboles en el parque", title="Tala")
    assert "Obra" in client.get("/preguntas/?q=contratación").content.decode()
    found = client.get("/preguntas/?q=arbol").content.decode()
    assert "Tala" in found
    assert "Obra" not in found
    done = client.get("/preguntas/?estado=respondidas").content.decode()
    assert "Tala" in done
    assert "Obra" not in done
    assert "Haremos una visita." in done


@pytest.mark.parametrize(
    "query",
    [
        "q=%22%27%3B--", "q=%2A", "q=AND", "q=" + "a" * 190, "tema=nada", "municipio=99999",
        "estado=otro", "pagina=99999", "pagina=-1", "pagina=x", "oficina=%3Cscript%3E",
        "q=%E2%80%AE",
    ],
)  # fmt: skip
def test_hostile_filters_never_fail(client, with_identity, query):
    response = client.get(f"/preguntas/?{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace("<script src", "")


def test_an_unknown_filter_value_says_so(client, with_identity):
    page = client.get("/preguntas/?tema=nada").content.decode()
    assert "Uno de los filtros no existe" in page


def test_unknown_parameters_are_dropped(client, with_identity):
    response = client.get("/preguntas/?utm_source=x&tema=agua")
    assert response.headers["Location"] == "/preguntas/?tema=agua"


def count_queries(client, address):
    from django.core.cache import caches

    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_rows(client, answered, published, event_open):
    answered(event=event_open)
    addresses = [
        "/preguntas/",
        f"/eventos/{event_open.slug}/preguntas/",
        event_open.get_absolute_url(),
    ]
    for address in addresses:
        client.get(address)  # the entity is read once for each process
    one = [count_queries(client, address) for address in addresses]
    for _number in range(3):
        answered(event=event_open)
        published(event=event_open)
    for address in addresses:
        client.get(address)
    many = [count_queries(client, address) for address in addresses]
    assert one == many
    assert max(many[:2]) <= 8
    assert many[2] <= 12


def test_detail_page_queries(client, answered):
    question = answered()
    address = question.get_absolute_url()
    client.get(address)
    assert count_queries(client, address) <= 8


def test_a_change_is_visible_at_once_and_the_etag_moves(client, with_identity, staff):
    address = with_identity.get_absolute_url()
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    office = staff.office.office_memberships.get().office
    workflow.assign_question(
        Question.objects.get(pk=with_identity.pk), actor=staff.moderation, office=office
    )
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert office.name in changed.content.decode()
