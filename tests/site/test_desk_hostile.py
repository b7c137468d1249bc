"""Every list of the desk under hostile addresses and forms: never a fault, whoever sends them."""

from itertools import product

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from portal.base.admin import DeskMixin

pytestmark = pytest.mark.django_db

LONG = "9" * 30
HOSTILE = ("\x00", LONG, "_".join(LONG), "x" * 5000, "'", "99999-99")


def lists():
    """Every list of the desk but that of allauth, which no role opens."""
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label == "account":
            continue
        yield (
            model_admin,
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
        )


@pytest.fixture
def desk(staff):
    """A superuser's browser: what only a role may not see is seen, and faults are answers."""
    client = Client(raise_request_exception=False)
    client.force_login(staff.root)
    return client


def parameters_of(model_admin):
    """What the filters of a list read from its address, and what every list reads."""
    own = [getattr(one, "parameter_name", None) or one for one in model_admin.list_filter]
    named = [f"{one}{tail}" for one in own for tail in ("", "__exact", "__id__exact", "__in")]
    day = model_admin.date_hierarchy
    return {*named, *([f"{day}__year", f"{day}__day"] if day else []), "p", "o", "e", "_to_field"}


def test_no_parameter_of_a_list_is_a_fault(desk, entity):
    faults = []
    for model_admin, address in lists():
        for name, value in product(sorted(parameters_of(model_admin)), HOSTILE):
            if desk.get(address, {name: value}).status_code >= 500:
                faults.append(f"{address}?{name}={value[:20]!r}")
    assert faults == []


def test_a_search_of_a_thousand_words_is_answered(desk, entity):
    words = " ".join(f"agua{n}" for n in range(1500))
    codes = {address: desk.get(address, {"q": words}).status_code for _admin, address in lists()}
    assert [address for address, code in codes.items() if code >= 500] == []


def test_a_search_looks_at_its_first_twenty_words(desk, staff):
    """The twenty-first would find nothing."""
    address = reverse("admin:auth_user_changelist")
    typed = " ".join([staff.office.username] * 20)
    assert staff.office.email in desk.get(address, {"q": typed}).content.decode()
    assert staff.office.email in desk.get(address, {"q": f"{typed} nadie"}).content.decode()
    assert staff.office.email not in desk.get(address, {"q": "nadie"}).content.decode()


@pytest.mark.parametrize("key", ["abc", "123456", LONG, "\x00", "", "-1", "1.5", "٣" * 25])
def test_no_chosen_row_of_an_action_is_a_fault(desk, entity, key):
    faults = []
    for model_admin, address in lists():
        for action in (
            "delete_selected",
            *(getattr(a, "__name__", a) for a in model_admin.actions),
        ):
            data = {"action": action, "_selected_action": [key], "index": "0"}
            if desk.post(address, data).status_code >= 500:
                faults.append(f"{address} {action}")
    assert faults == []


def test_every_admin_has_the_bounds_of_the_desk():
    assert [one for one, _address in lists() if not isinstance(one, DeskMixin)] == []


def test_a_number_too_long_in_the_address_of_a_row_is_nothing_that_is_there(desk, entity):
    faults = []
    for _admin, address in lists():
        for key, tail in product(
            (LONG, "%00", "abc%00", "1" * 5000), ("change/", "history/", "delete/", "")
        ):
            if desk.get(f"{address}{key}/{tail}").status_code >= 500:
                faults.append(f"{address}{key[:30]}/{tail}")
    assert faults == []


@pytest.mark.parametrize("key", [LONG, "x", "1" * 5000])
def test_a_version_of_the_past_that_is_none_is_not_found(desk, entity, key):
    address = "/gestion/entity/entity/"
    assert desk.get(f"{address}{entity.pk}/history/{key}/").status_code == 404
    assert desk.get(f"{address}{key}/history/1/").status_code == 404
