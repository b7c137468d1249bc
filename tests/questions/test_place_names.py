"""A municipality written by ear, shortened, or with a village or the department beside it."""

import pytest

from questions import place_names

NAMES = [
    "barrancabermeja", "el carmen de chucuri", "guepsa", "mogotes", "oiba", "palmas del socorro",
    "puerto parra", "puerto wilches", "rionegro", "san gil", "san vicente de chucuri", "socorro",
    "velez",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Oyva", "oiba"),
        ("Sangil", "san gil"),
        ("Beles", "velez"),
        ("Güepza", "guepsa"),
        ("Río Negro", "rionegro"),
        ("barranca", "barrancabermeja"),
        ("San Vicente", "san vicente de chucuri"),
        ("El Socorro", "socorro"),
        ("Palmas del Socorro", "palmas del socorro"),
        ("vereda El Alto, Oiba", "oiba"),
        ("Bogotá", None),
        ("Medellín", None),
        ("Puerto", None),
        ("", None),
        ("¿?", None),
    ],
)
def test_what_was_meant(typed, name):
    assert place_names.meant(typed, NAMES) == name


@pytest.mark.parametrize(
    ("typed", "alone"),
    [
        ("San Gil, Santander", "san gil"),
        ("San Gil (Santander)", "san gil"),
        ("Santander", "santander"),
        ("Norte de Santander", "norte de"),
        ("Vélez", "velez"),
    ],
)
def test_the_department_beside_it_is_left_out(typed, alone):
    assert place_names.without_department(typed, "Santander") == alone
