"""Answering an invitation in a real browser, with JavaScript and without; axe looks too."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from events.models import Contact, Invitation, InvitationRound
from portal.base import versions

pytestmark = pytest.mark.browser
# Else axe fetches the sheets again and writes them into the page, which the policy refuses.
AXE = {"preload": False}


@pytest.fixture
def invitation(live_portal, event_open, staff):
    contact = Contact.objects.create(group_id="media", organisation="Radio", email="r@example.org")
    sending = InvitationRound.objects.create(event=event_open, started_by=staff.communications)
    versions.forget()
    return Invitation.objects.create(event=event_open, contact=contact, round=sending)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_invitation_is_answered_and_changed(live_portal, new_page, invitation, javascript):
    page = new_page(java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    page.goto(f"{live_portal}/invitacion/{invitation.key}/")
    page.get_by_role("button", name="Enviar mi respuesta").press("Enter")
    expect(page.get_by_role("link", name="Elija una de las tres respuestas")).to_be_visible()
    page.get_by_label("Asistirá").check()
    page.get_by_label("Cuántas personas vienen").fill("3")
    page.get_by_role("button", name="Enviar mi respuesta").press("Enter")
    expect(page.get_by_text("Su respuesta: Asistirá (3 personas)")).to_be_visible()
    page.get_by_label("No puede asistir").check()
    page.get_by_role("button", name="Cambiar mi respuesta").press("Enter")
    expect(page.get_by_text("Su respuesta: No puede asistir")).to_be_visible()
    page.get_by_role("link", name="No quiero recibir más invitaciones").click()
    page.get_by_role("button", name="No me envíen más").press("Enter")
    expect(page.get_by_role("heading", name="No le enviaremos más invitaciones")).to_be_visible()


def test_axe_finds_nothing(live_portal, new_page, invitation):
    page = new_page(viewport={"width": 390, "height": 844})
    for path in (f"{invitation.key}/", f"{invitation.contact.key}/terminar/"):
        page.goto(f"{live_portal}/invitacion/{path}")
        assert Axe().run(page, options=AXE).response["violations"] == []
