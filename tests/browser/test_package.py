"""The pages of a package in a browser, from the disk: no portal, no scripts, nothing missing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from accountability.models import ArchivePackage
from accountability.package import bag, workflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unpacked(settings, tmp_path):
    """The folder `data` of the package of the demo's held event."""
    settings.DATA_DIR = tmp_path
    call_command("load_demo", verbosity=0)
    package = workflow.build_due()
    assert package.status == ArchivePackage.Status.READY
    return bag.path_of(package.folder) / "data"


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_opens_from_the_disk(unpacked, new_page, width):
    page = new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
    faults = {}
    for path in sorted(unpacked.rglob("*.html")):
        page.problems.clear()
        page.goto(path.as_uri())
        said = list(page.problems)  # before axe, whose own reading of the sheet is refused here
        found = [violation["id"] for violation in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if found or wide or said:
            faults[path.name] = (found, wide, said)
    assert faults == {}
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("link", name="Compromisos", exact=True).click()
    assert "Visitar" in page.locator("main").inner_text()
    page.get_by_role("link", name="Contenido del paquete").click()
    assert page.locator("h1").inner_text().startswith("Tercera Jornada")
