"""Lists of the desk are filtered by what the page offers, never by columns that it hides."""

import pytest

from portal.base import outbox
from portal.base.models import OutgoingMail

LIST = "/gestion/base/outgoingmail/"


@pytest.fixture
def mail(db):
    return outbox.queue(
        "question:18:answered-1:5:author", to="maria.quijano@gmail.com",
        compose=lambda: outbox.Letter(
            "Respondimos RC-2020-00018", ["En resumen: sí."], "Ver",
            "https://portal.example/mi-pregunta/enlace/Zq3xTOKEN/", ["Zq3xTOKEN"],
        ),
    )  # fmt: skip


@pytest.mark.parametrize("role", ["internal_control", "administration"])
@pytest.mark.parametrize(
    "lookup",
    [
        "to__startswith=maria", "to=maria.quijano@gmail.com", "text__contains=enlace/Zq3",
        "html__contains=Zq3", "secrets__contains=Zq3", "headers__contains=Zq3", "pk__gt=0",
    ],
)  # fmt: skip
def test_an_address_or_a_link_is_not_found_out_letter_by_letter(client, staff, mail, role, lookup):
    client.force_login(staff[role])
    assert client.get(f"{LIST}?{lookup}").status_code == 400


def test_the_filters_of_the_page_still_filter(client, staff, mail):
    client.force_login(staff.internal_control)
    page = f"{LIST}{mail.pk}/change/"
    OutgoingMail.objects.update(status="failed")
    assert page in client.get(f"{LIST}?status__exact=failed").content.decode()
    assert page not in client.get(f"{LIST}?status__exact=sent").content.decode()
    actor = staff.moderation.pk
    assert client.get(f"/gestion/base/accessentry/?actor__id__exact={actor}").status_code == 200
    assert client.get("/gestion/base/accessentry/?at__year=2026&at__month=1").status_code == 200
    assert client.get("/gestion/base/accessentry/?actor__password__startswith=a").status_code == 400
    assert client.get("/gestion/questions/inboundmessage/?digest__startswith=a").status_code == 400
