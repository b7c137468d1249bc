"""From the desk to the public page of a thing: only for who may open the thing at the desk."""

import pytest
from django.contrib.contenttypes.models import ContentType

from questions import workflow
from questions.models import Question
from tests.questions.conftest import make_question, published

__all__ = ["make_question", "published"]


@pytest.fixture
def withheld(published, staff):
    """Taken off the public pages because its title says who somebody is."""
    question = published(title="Ana Pérez vive en la casa 4")
    workflow.withhold(question, actor=staff.moderation, reason="third_party_data")
    return question


def ask(client, person, object_id):
    client.force_login(person)
    kind = ContentType.objects.get_for_model(Question).pk
    return client.get(f"/gestion/r/{kind}/{object_id}/")


@pytest.mark.parametrize("role", ["communications", "administration", "office"])
@pytest.mark.parametrize("spelling", ["%s", "+%s", "0%s"])
def test_no_title_of_what_a_role_may_not_open(client, staff, withheld, role, spelling):
    response = ask(client, staff[role], spelling % withheld.pk)
    assert (response.status_code, response.get("Location")) == (404, None)


def test_who_may_open_it_goes_to_its_address(client, staff, withheld):
    response = ask(client, staff.moderation, withheld.pk)
    assert response.status_code == 302
    assert response["Location"] == withheld.get_absolute_url()


def test_what_never_was_public_has_no_page(client, staff, make_question):
    assert ask(client, staff.moderation, make_question().pk).status_code == 404


@pytest.mark.parametrize("address", ["99999/1", "abc/1", "1/abc", "1/1/2"])
def test_an_address_of_nothing_is_404(client, staff, address):
    client.force_login(staff.root)
    assert client.get(f"/gestion/r/{address}/").status_code == 404


def test_whoever_is_not_signed_in_is_told_nothing(client, withheld):
    kind = ContentType.objects.get_for_model(Question).pk
    response = client.get(f"/gestion/r/{kind}/{withheld.pk}/")
    assert response.status_code == 302 and "ana" not in response["Location"]
