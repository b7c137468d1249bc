"""Addresses of halls in the form of the event: who may write them, and what is no address."""

import pytest

from events.models import HallAddress
from tests.events.desk import change, errors, form_of

pytestmark = pytest.mark.django_db


def save(desk, user, event, *halls):
    return desk(user).post(change(event), form_of(event, {"halls": list(halls)}))


def test_communications_lists_the_address_of_a_hall(desk, staff, event_open):
    row = {"network": " 200.1.2.0/24 ", "label": "Coliseo de San Gil"}
    assert save(desk, staff.communications, event_open, row).status_code == 302
    hall = HallAddress.objects.get()
    assert (hall.event, hall.network, hall.label) == (event_open, "200.1.2.0/24", row["label"])


@pytest.mark.parametrize(
    "network", ["coliseo", "200.1.2", "200.0.0.0/8", "0.0.0.0/0", "2001:db8::/32", "::/0", ""]
)
def test_what_is_no_address_or_too_many_is_refused_beside_the_field(
    desk, staff, event_open, network
):
    row = {"network": network, "label": "Coliseo"}
    response = save(desk, staff.communications, event_open, row)
    assert response.status_code == 200
    assert "halls.network" in errors(response)
    assert not HallAddress.objects.exists()


def test_the_same_one_twice_is_refused(desk, staff, event_open):
    rows = [{"network": "200.1.2.3", "label": label} for label in ("Coliseo", "Escuela")]
    assert save(desk, staff.communications, event_open, *rows).status_code == 200


@pytest.mark.parametrize("role", ["moderation", "office", "approval", "internal_control"])
def test_no_other_role_sees_or_writes_them(desk, staff, event_open, role):
    HallAddress.objects.create(event=event_open, network="200.1.2.0/24", label="Coliseo")
    page = desk(staff[role]).get(change(event_open))
    assert "200.1.2.0" not in page.content.decode()
    save(desk, staff[role], event_open, {"network": "200.1.3.0/24", "label": "x"})
    assert HallAddress.objects.count() == 1


def test_no_public_page_names_them(client, event_open):
    HallAddress.objects.create(event=event_open, network="200.1.2.0/24", label="Coliseo Lolita")
    page = client.get(event_open.get_absolute_url()).content.decode()
    assert "200.1.2" not in page
    assert "Lolita" not in page
