"""Search on whichever database runs the tests: the same stems, and no query that fails."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.base import search
from portal.base.models import SearchEntry

pytestmark = pytest.mark.django_db


def put(number, title, body="", kind="question"):
    search.index(kind, number, path=f"/preguntas/{number}/", title=title, body=body)


def found(query, **options):
    return sorted(search.find(query, **options).values_list("object_id", flat=True))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("La contratación de obras", "contrataciones"),
        ("Las contrataciones de obras", "contratacion"),
        ("Educación ambiental en Vélez", "educaciones velez"),
        ("Inversión en Cepitá", "INVERSIONES CEPITA"),
        ("El páramo y sus quebradas", "paramos quebrada"),
        ("Los niños del Socorro", "nino"),
        ("Vías de acceso", "via"),
        ("La vía de acceso", "vías"),
        ("Minería ilegal en el río", "rios mineria ilegales"),
        ("Pavimentación", "pavimentaciones"),
        ("Un reclamo por el tramo", "reclamos tramos"),
    ],
)
def test_spanish_forms_of_a_word_are_found(written, typed):
    put(1, written)
    put(2, "Otra cosa muy distinta")
    assert found(typed) == [1]


def test_every_word_must_be_there_in_title_or_body():
    put(1, "Agua", "de la quebrada Curití")
    put(2, "Agua", "del río Suárez")
    assert found("agua curiti") == [1]
    assert found("agua") == [1, 2]
    assert found("agua bosque") == []


def test_a_phrase_of_odd_characters_finds_its_words():
    put(1, "Tala de árboles", "¿Quién autorizó la «tala» (120 árboles) — predio N.º 4?")
    assert found('¡¡"tala"!! (árboles) & | ! <-> : * 120') == [1]


@pytest.mark.parametrize("query", ["", "   ", "¿? ¡! — …", '"', "\x00", "'", "*", "()", "&", "_"])
def test_no_word_finds_nothing_and_does_not_fail(query):
    put(1, "Agua")
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    ['"agua', "agua\x00", "agua'", "agua' OR 1=1 --", "agua\\", "title_stems:agua", "NEAR(agua)",
     "agua*", "NOT agua", "agua:*A", "ag%ua", "agua\ud800"],
)  # fmt: skip
def test_operators_and_quotes_of_both_engines_are_only_text(query):
    put(1, "Agua")
    list(search.find(query))


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.text(max_size=300))
@example("㌕" * 200)
@example("ﷺ" * 200)
@example("a" * 5000)
def test_no_text_whatever_makes_it_fail(query):
    list(search.find(query))
    search.marked_snippet(query, query)


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=120))
@example("㌕" * 1500)
@example("palabra" * 700)
def test_any_public_text_can_be_written_and_is_found_by_itself(text):
    put(1, text, text)
    if search.searched_stems(text) and len(text) < search.MAX_QUERY:
        assert 1 in found(text)


def test_writing_again_replaces_and_removing_removes():
    put(1, "Agua")
    put(1, "Bosque")
    assert (found("agua"), found("bosque")) == ([], [1])
    assert SearchEntry.objects.count() == 1
    search.remove("question", 1)
    assert found("bosque") == []
    assert not SearchEntry.objects.exists()


def test_kinds_are_told_apart():
    put(1, "Agua")
    put(1, "Agua", kind="event")
    assert search.find("agua").count() == 2
    assert list(search.find("agua", kind="event").values_list("kind", flat=True)) == ["event"]


def test_stems_are_the_same_with_and_without_accents():
    for with_accents, without in (("contratación", "contratacion"), ("niñez", "ninez")):
        assert search.stems(with_accents) == search.stems(without)


def test_threads_that_stem_at_once_get_the_stems_of_each_alone():
    words = [f"contratacion{letter}amientos" for letter in "abcdefghijklmnop"] * 2
    words = [f"{word}{number}ndole" for number, word in enumerate(words * 40)]
    alone = [search.stem.__wrapped__(word) for word in words]
    with ThreadPoolExecutor(6) as pool:
        together = pool.map(lambda _n: [search.stem.__wrapped__(w) for w in words], range(6))
        assert all(found == alone for found in together)


def test_the_snippet_marks_the_hit_and_keeps_the_text():
    text = "Antes de todo. " * 20 + "La contratación de la obra sigue. " + "Y después. " * 40
    pieces = search.marked_snippet(text, "contrataciones")
    assert [piece for piece, hit in pieces if hit] == ["contratación"]
    assert "".join(piece for piece, _hit in pieces).strip("… ") in text


def test_the_snippet_of_a_text_without_a_hit_is_its_beginning():
    assert search.marked_snippet("Solo esto.", "agua") == [("Solo esto.", False)]
