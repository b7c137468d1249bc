"""The Spanish catalogue holds every text, translated, with its placeholders, and is compiled."""

from types import SimpleNamespace

import pytest

from tools import catalogue, placeholders


def test_the_catalogue_is_whole():
    assert catalogue.check() == []


def test_texts_of_python_are_found_under_any_imported_name(tmp_path):
    path = tmp_path / "views.py"
    path.write_text(
        "from django.utils.translation import gettext as _, pgettext_lazy as p, ngettext\n"
        "from elsewhere import gettext_lazy\n"
        "a = _('One ' 'text')\nb = p('a place', 'High')\n"
        "c = ngettext('%(n)s day', '%(n)s days', n)\n"
        "d = gettext_lazy('not ours')\ne = _(variable)\n"
    )
    assert list(catalogue.extracted(path)) == [
        ("One text", None),
        ("High", "a place"),
        (("%(n)s day", "%(n)s days"), None),
    ]


def test_texts_of_templates_are_found(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "{% load i18n %}<p title=\"{% translate 'Hint' %}\">it's (odd\n"
        '    {% translate "High" context "contrast" %}\n'
        "  {% blocktranslate count n=total %}{{ n }} day"
        "{% plural %}{{ n }} days{% endblocktranslate %}"
        '{% translate "Sign in" as button %}'
    )
    assert list(catalogue.extracted(path)) == [
        ("Hint", None),
        ("High", "contrast"),
        (("%(n)s day", "%(n)s days"), None),
        ("Sign in", None),
    ]


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        ("%(n)s days", "%(n)s días", []),
        ("%(n)s days", "%(m)s días", ["other placeholders than the original"]),
        ("{} of {name}", "{} de {name}", []),
        ("{} of {name}", "{name}", ["other placeholders than the original"]),
        (("%(n)s day", "%(n)s days"), ("un día", "%(n)s días"), []),
        (("%(n)s day", "%(n)s days"), ("un día", "días"), ["other placeholders than the original"]),
        (("%(n)s day", "%(n)s days"), ("un día", ""), ["not translated"]),
        ("Water", "", ["not translated"]),
    ],
)
def test_problems_of_an_entry(original, translation, expected):
    message = SimpleNamespace(id=original, string=translation, fuzzy=False)
    assert placeholders.problems(message) == expected


def test_a_guess_is_a_problem():
    assert placeholders.problems(SimpleNamespace(id="Water", string="Agua", fuzzy=True)) == [
        "fuzzy"
    ]
