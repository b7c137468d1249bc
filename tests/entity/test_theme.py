"""Colours of the theme: the contrast that the design computed, and refusals in words."""

import pytest
from django.core.exceptions import ValidationError

from entity import theme
from entity.models import Entity


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#0b3a2d", "#ffffff", 12.67),
        ("#0e5b45", "#ffffff", 8.07),
        ("#ffc42e", "#12211b", 10.47),
        ("#bfe5d0", "#0b3a2d", 9.25),
        ("#e9743a", "#0b3a2d", 4.24),
    ],
)
def test_contrast_is_the_one_of_the_design(one, other, ratio):
    assert theme.contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_default_theme_reads_well_and_needs_no_sheet():
    assert theme.contrast_problems(theme.DEFAULTS) == {}
    assert theme.stylesheet(theme.DEFAULTS) == ""


def test_a_pale_button_is_refused_beside_its_field():
    entity = Entity(action="#8fd0b0")
    with pytest.raises(ValidationError) as refusal:
        entity.clean()
    assert set(refusal.value.message_dict) == {"action"}


def test_only_changed_tokens_are_sent():
    assert theme.stylesheet({**theme.DEFAULTS, "accion": "#123456"}) == ":root{--accion:#123456}"
