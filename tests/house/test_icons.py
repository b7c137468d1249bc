"""An icon that a template names is there: a page that draws one that is missing is an error."""

import re

from django.conf import settings

NAMED = re.compile(r"""\{% icon (["'])(.+?)\1""")


def test_every_icon_of_a_template_is_there():
    folder = settings.BASE_DIR / "templates"
    named = {
        found[2]
        for path in folder.rglob("*.*")
        if path.suffix in {".html", ".txt"}
        for found in NAMED.finditer(path.read_text(encoding="utf-8"))
    }
    there = {path.stem for path in (folder / "icons").glob("*.svg")}
    assert len(named) > 20
    assert named - there == set()
