"""Hints for plain words: what is flagged, what is not, and that hostile text costs nothing."""

import time

import pytest

from questions.plain_language import hints, size_of

LONG = (
    "Revisar si las fincas y empresas vecinas tienen permiso de vertimientos, de acuerdo con el "
    "plan adoptado para la cuenca y con los expedientes que se encuentran activos en la sede."
)


def kinds(text, **options):
    return [hint.kind for hint in hints(text, **options)]


def test_a_plain_answer_gets_no_hint():
    text = "Fuimos el 12 de enero. Tomamos muestras en la bocatoma.\n\n- Agua\n- Suelo\n"
    assert hints(text, summary="Visitamos la quebrada en enero.") == []


def test_a_long_sentence_is_quoted_short():
    (found,) = hints(f"Vamos.\n\n1. Uno.\n2. {LONG}\n3. Tres.")
    assert (found.kind, found.label) == ("sentence", "Frase larga: 31 palabras.")
    assert found.quote == "Revisar si las fincas y empresas vecinas tienen…"


def test_the_limit_is_25_words_and_list_items_are_counted_alone():
    sentence = " ".join(["palabra"] * 25) + "."
    assert kinds(sentence) == []
    assert kinds("una " + sentence) == ["sentence"]
    assert kinds("\n".join(f"- {'palabra ' * 20}" for _ in range(5))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lo firma el Dr. Gómez. Vive en la Cra. 5 No. 12 de San Gil. Pagó 1.500.000 pesos.",
        "Empieza a las 9:00 a. m. La sala abre antes. Vea https://cas.example/una/ruta.",
    ],
)
def test_short_forms_and_numbers_do_not_hide_where_a_sentence_ends(text):
    words = " ".join(["palabra"] * 15)
    assert kinds(f"{words}. {text} {words}.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aplica el PORH en la cuenca.", ["acronym"]),
        ("Aplica el Plan de Ordenamiento (PORH). El PORH vale.", []),
        ("Aplica el PORH (Plan de Ordenamiento). El PORH vale.", []),
        ("Aplica el PORH (2020).", ["acronym"]),
        ("La CAS y la sede SG responden.", []),
        ("El siglo XVI y el capítulo IV. El NIT y el PDF.", []),
        ("Radicado RC-2020-00018. Escriba a CAS@EJEMPLO.CO.", []),
        ("VISITA TÉCNICA A LA QUEBRADA", []),
        ("PORH, POMCA y PORH.", ["acronym", "acronym"]),
    ],
)
def test_acronyms(text, found):
    assert kinds(text, known=["Corporación (CAS)", "Sede SG"]) == found


def test_an_acronym_may_be_explained_in_the_summary():
    text = "El PORH vale desde 2019."
    assert kinds(text, summary="Publicamos el Plan de Ordenamiento (PORH).") == []


def test_words_of_the_desk_come_with_a_better_one():
    (found,) = hints("En virtud de la ley, vamos mañana.")
    assert (found.kind, found.quote, found.advice) == ("legalese", "en virtud de", "Mejor: «por».")
    assert kinds("Los efectos de la sequía y la virtud de esperar.") == []


@pytest.mark.parametrize("words", ["fue aprobado", "serán revisadas", "ha sido multada"])
def test_the_passive_is_quoted(words):
    (found,) = hints(f"El plan {words} en marzo.")
    assert (found.kind, found.quote) == ("passive", words)


def test_soon_wants_a_date():
    (found,) = hints("Próximamente iremos a la vereda.")
    assert (found.kind, found.quote) == ("date", "Próximamente iremos a la vereda.")
    assert kinds("Próximamente iremos: el 29 de enero.") == []
    assert kinds("Próximamente iremos.\n\nEl 29 de enero hay sesión.") == ["date"]


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("Información sobre los vertimientos de la quebrada", ["summary"]),
        ("Haremos una visita técnica antes del 29 de enero.", []),
        ("La CAS vigila los vertimientos.", []),
        ("Sí hay permiso desde 2019.", []),
        ("", []),
    ],
)
def test_the_summary_needs_a_verb(summary, found):
    assert kinds("Fuimos en enero.", summary=summary, known=["CAS"]) == found


def test_a_long_paragraph():
    sentence = "Palabra " + " ".join(["palabra"] * 20) + ". "
    assert kinds(sentence * 4) == []
    assert kinds(sentence * 5) == ["paragraph"]
    assert kinds(f"{sentence * 3}\n\n{sentence * 3}") == []


def test_tables_and_addresses_are_no_sentences():
    row = "| " + " | ".join(["celda"] * 40) + " |"
    assert kinds(f"Vea la tabla.\n\n{row}\n|---|\n{row}\n") == []
    assert size_of("Vea [el informe del año](https://cas.example/a/b).").words == 5


def test_size_counts_words_and_seconds():
    assert (size_of("palabra " * 90).words, size_of("palabra " * 90).seconds) == (90, 30)
    assert size_of("") == size_of("\n\n---\n")


@pytest.mark.parametrize(
    "text",
    [
        "A" * 60_000, "[" * 60_000, "(A " * 20_000, "AB. (x " * 9_000, "fue " * 15_000,
        " ".join(f"x {chr(65 + n // 676)}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}"
                 for n in range(3_300)),
        "a, " * 20_000, "*_`" * 20_000, "|" * 60_000, "\x00\u202e" * 20_000, "🌳 " * 20_000,
    ],
)  # fmt: skip
def test_hostile_text_costs_little(text):
    began = time.process_time()
    hints(text, summary=text[:200], known=["CAS"])
    assert time.process_time() - began < 1.5
