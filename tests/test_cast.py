"""The cast itself: what the other tests lean on."""

import pytest
from django.contrib.auth.models import User

from entity.models import PrivacyNotice
from entity.registry import NotSetUp, registry
from events.models import EventKind
from events.schedule import QuestionWindow, event_in_focus, question_window
from portal.site.roles import ROLES


def test_the_entity_is_read_by_the_registry(entity):
    snapshot = registry()
    assert snapshot.entity == entity
    assert len(snapshot.municipalities) == 87
    assert snapshot.municipality_by_fold["cepita"].code == "68160"
    assert next(topic.slug for topic in snapshot.topics) == "agua"
    assert PrivacyNotice.objects.in_force() is not None


@pytest.mark.django_db
def test_nothing_of_another_test_is_remembered():
    with pytest.raises(NotSetUp):
        registry()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_person_with_its_permissions(staff, role):
    user = User.objects.get(pk=staff[role].pk)
    assert user.is_staff and not user.is_superuser
    assert user.get_all_permissions() == ROLES[role]


def test_two_people_of_two_offices(staff):
    mine, theirs = (
        user.office_memberships.get().office.code for user in (staff.office, staff.other_office)
    )
    assert (mine, theirs) == ("autoridad-ambiental", "regional-velez")


def test_the_open_event_is_in_focus_and_takes_questions(event_held, event_open):
    assert event_in_focus() == event_open
    assert question_window(event_open) == QuestionWindow.OPEN
    assert question_window(event_held) == QuestionWindow.WRITTEN_ONLY


@pytest.mark.parametrize("round_number", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_rows_of_migrations_outlive_a_flush(round_number):
    assert EventKind.objects.exists()
    EventKind.objects.all().delete()
