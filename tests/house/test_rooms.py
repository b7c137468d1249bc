"""Imports run one way through the rooms, those inside functions too."""

import re

from importlinter.application import use_cases
from importlinter.configuration import configure

from tests.house.sources import ROOT, text_of


def test_imports_run_one_way(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    configure()
    kept = use_cases.lint_imports(cache_dir=None) == use_cases.SUCCESS
    assert kept, capsys.readouterr().out


def test_every_room_is_in_the_contract():
    """A new app without a place in the order would escape the rule."""
    from django.conf import settings

    contract = text_of(ROOT / "pyproject.toml").split("layers = [")[1].split("]")[0]
    ours = {app for app in settings.INSTALLED_APPS if (ROOT / app.replace(".", "/")).is_dir()}
    assert ours == set(re.findall(r'"([a-z.]+)"', contract))
