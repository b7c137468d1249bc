"""The desk on a telephone: its frame is never wider than the screen."""

import pytest

pytestmark = pytest.mark.browser

RIGHTMOST = """Math.max(
    ...[...document.querySelectorAll('#header *')].map(e => e.getBoundingClientRect().right)
)"""


@pytest.fixture
def person(staff, entity):
    """Somebody whose name is as long as many are."""
    staff.root.first_name, staff.root.last_name = "María Fernanda", "Rodríguez de la Hoz"
    staff.root.save()
    return staff.root


@pytest.mark.parametrize("width", [320, 390])
def test_the_header_fits_a_telephone(person, desk_page, live_portal, width):
    page = desk_page(person, width=width)
    page.goto(f"{live_portal}/gestion/")
    assert page.evaluate(RIGHTMOST) <= width
