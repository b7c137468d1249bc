"""Personal data in a text: what is found, what is left alone, how it is hidden."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions import findings
from questions.findings import findings_in, hidden, stands_in
from questions.templatetags.questions import has_marks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _entity(entity):
    """Names of places and offices are known."""


def found(text):
    return [(str(f.kind), f.words) for f in findings_in(text)]


FOUND = [
    # ID numbers
    ("mi cédula es 1.098.765.432, gracias", [("id", "1.098.765.432")]),
    ("Soy la persona 1098765432 de aquí", [("id", "1098765432")]),
    ("Cédula de ciudadanía No. 91 234 567", [("id", "91 234 567")]),
    ("CC: 91234567", [("id", "91234567")]),
    ("C.C. 91.234.567", [("id", "91.234.567")]),
    ("mi número es 1 098 765 432", [("id", "1 098 765 432")]),
    ("NIT 900.123.456-7 de la empresa", [("nit", "900.123.456-7")]),
    ("la empresa 900123456-7", [("nit", "900123456-7")]),
    # telephones
    ("llámeme al 310 555 1234 por favor", [("phone", "310 555 1234")]),
    ("al 310-555-12-34", [("phone", "310-555-12-34")]),
    ("al +57 3105551234.", [("phone", "+57 3105551234")]),
    ("fijo 607 724 55 55", [("phone", "607 724 55 55")]),
    ("fijo (607) 724 5555", [("phone", "(607) 724 5555")]),
    ("Tel. 724 55 66", [("phone", "724 55 66")]),
    # e-mails
    ("escríbame a ana.perez@correo.com.co.", [("email", "ana.perez@correo.com.co")]),
    ("a ana123456789@correo.com", [("email", "ana123456789@correo.com")]),
    ("a ana @ correo.com", [("email", "ana @ correo.com")]),
    ("a ana arroba correo punto com", [("email", "ana arroba correo punto com")]),
    # addresses
    ("vivo en la Calle 12 # 34-56", [("address", "Calle 12 # 34-56")]),
    ("Cra. 10 No. 12-34 apto 201", [("address", "Cra. 10 No. 12-34"), ("address", "apto 201")]),
    ("vivo por la calle 5", [("address", "calle 5")]),
    ("Soy de la junta de la vereda El Ejemplo, señores", [("address", "vereda El Ejemplo")]),
    ("la finca La Esperanza bota basura", [("address", "finca La Esperanza")]),
    # names
    ("Ya hablé con don Fulano de Tal en la sede", [("name", "don Fulano de Tal")]),
    ("la señora Rosa Elena Díaz no vino", [("name", "señora Rosa Elena Díaz")]),
    ("el ingeniero Juan Pérez dijo que sí", [("name", "ingeniero Juan Pérez")]),
    ("la Dra. Gómez dijo que no", [("name", "Dra. Gómez")]),
    ("Me llamo Pedro Pérez y soy de aquí", [("name", "Pedro Pérez")]),
    ("lo dijo Juan Carlos Gómez ayer", [("name", "Juan Carlos Gómez")]),
    ("Juan Pérez y Ana Ruiz vinieron", [("name", "Juan Pérez"), ("name", "Ana Ruiz")]),
    ("mi vecino Eutimio Quiñones", [("name", "Eutimio Quiñones")]),
    ("hablé con Álvaro Gómez Vélez", [("name", "Álvaro Gómez Vélez")]),
    ("HABLÉ CON DON JUAN PÉREZ Y NO RESPONDE", [("name", "DON JUAN PÉREZ")]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_it_is_found(text, expected):
    assert found(text) == expected


ALONE = [
    "En 2020 gastaron $ 1.500.000 en la obra",
    "Gastaron 500000 pesos en la obra del parque",
    "Son 1.200.000.000 pesos",
    "Reforestaron 1.200.000 hectáreas",
    "¿Cuántos árboles van en 2019 y 2020?",
    "El radicado es RC-2020-00018",
    "El río Fonce pasa por San Gil y por Oiba",
    "El Carmen de Chucurí y San Gil Santander",
    "La Subdirección de Autoridad Ambiental no contesta",
    "La Corporación Autónoma Regional de Santander",
    "el Plan de Desarrollo Departamental",
    "el parque Antonio Nariño y el colegio Simón Bolívar",
    "la quebrada La Honda Grande",
    "Hay basura en la vía a San Andrés",
    "La señora Directora no contesta",
    "El hueco de la calle 5 con carrera 10",
    "La vereda El Ejemplo no tiene agua",
    "una casa de madera, un lote baldío, la torre de energía",
    "LA QUEBRADA ESTÁ CONTAMINADA POR FAVOR AYUDEN",
    "¿Por qué no hay agua? ¿Cuándo vienen?",
    "Buenas Tardes. Cordial Saludo.",
    "Hablé con [nombre oculto], cédula [cédula oculta]",
    "",
]


@pytest.mark.parametrize("text", ALONE)
def test_it_is_left_alone(text):
    assert found(text) == []


def test_numbers_follow_the_text_and_kinds_do_not_overlap():
    text = "Soy Ana María Ruiz, cédula 1.000.000.000, tel. 300 000 0000, ana@example.org"
    seen = findings_in(text)
    assert [f.number for f in seen] == [1, 2, 3, 4]
    assert [str(f.kind) for f in seen] == ["name", "id", "phone", "email"]
    assert all(text[f.start : f.end] == f.words for f in seen)


def test_the_same_words_have_one_number():
    text = "Llame al 310 555 1234 o a don Juan. Repito: 310 555 1234."
    assert [(f.number, f.words) for f in findings_in(text)] == [
        (1, "310 555 1234"), (2, "don Juan"), (1, "310 555 1234"),
    ]  # fmt: skip


def test_hidden_with_marks_wherever_it_stands():
    text = "Llame al 310 555 1234. Repito: 310 555 1234."
    chosen = findings_in(text)[:1]
    assert hidden(text, chosen) == "Llame al [teléfono oculto]. Repito: [teléfono oculto]."


def test_a_short_word_does_not_eat_a_longer_one():
    text = "Don Juan y Don Juan Pérez"
    assert hidden(text, findings_in(text)) == "[nombre oculto] y [nombre oculto]"
    assert not stands_in("don Ana", "el condón Anabel y don Anabel")


def test_what_is_a_matter_of_doubt():
    """An address, an unusual name, a company's number, an official mailbox: somebody decides."""
    text = (
        "Me llamo Pedro Pérez, de la Calle 1 # 2-3, cédula 1.000.000.000. Vi a Eutimio Quiñones. "
        "NIT 900.123.456-7, contactenos@cas.gov.co, ana@example.org"
    )
    assert [(f.words, f.is_sure) for f in findings_in(text)] == [
        ("Pedro Pérez", True), ("Calle 1 # 2-3", False), ("1.000.000.000", True),
        ("Eutimio Quiñones", False), ("900.123.456-7", False),
        ("contactenos@cas.gov.co", False), ("ana@example.org", True),
    ]  # fmt: skip


def test_every_kind_has_a_mark_that_the_public_page_draws():
    assert set(findings.MARKS) == set(findings.LABELS) == set(findings.Kind)
    assert all(has_marks(f"a {mark} b") for mark in findings.MARKS.values())


_pieces = st.sampled_from(
    [text for text, _expected in FOUND] + [*ALONE, "Ana", " ", "\n", ".", "310", "#", "@", "don "]
)


@given(st.lists(_pieces, max_size=8).map(" ".join) | st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_hiding_everything_leaves_none_of_the_words(text):
    seen = findings_in(text)
    assert all(text[f.start : f.end] == f.words for f in seen)
    assert all(a.end <= b.start for a, b in itertools.pairwise(seen))
    assert {f.number for f in seen} == set(range(1, len({f.words for f in seen}) + 1))
    after = hidden(text, seen)
    assert not any(stands_in(f.words, after) for f in seen)


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1.", "1 ", "Aa ", "don ", "don Aa ", "Ana de la ", "Ana Ruiz ", "a@", "a.", "a@a.",
        "a @ a", "calle 1 ", "calle 1 # ", "+57 ", "3101234567 ", "soy ", "soy la calle ",
        "vivo en finca La ", "cc 1 ", "nit 1.", "me llamo ", "ARBOL ", "é", "\n", "-", "(",
    ],
)  # fmt: skip
def test_a_hostile_text_takes_no_time(piece):
    """Twice as long takes about twice as long; a pattern that tries everything would take hours."""
    text = piece * (10_000 // len(piece))
    began = time.process_time()
    findings_in(text)
    assert time.process_time() - began < 0.5
