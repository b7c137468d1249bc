"""What all tests share: a clean memory, and a fixed cast of entity, people and events.

Browser fixtures are in `tests/browser_fixtures.py`.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from entity import registry
from portal.base import clock, versions
from tests import cast

pytest_plugins = ["tests.browser_fixtures", "tests.mailbox_server"]

BOGOTA = ZoneInfo("America/Bogota")
_rows_of_migrations: dict[str, str | None] = {}


def pytest_collection_modifyitems(items):
    """Rows that migrations write (kinds of event and petition) outlive the tests that flush."""
    whole = pytest.mark.django_db(transaction=True, serialized_rollback=True)
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushing = {"transactional_db", "live_portal"} & set(item.fixturenames)
        if flushing or (marker and marker.kwargs.get("transaction")):
            item.add_marker(whole, append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Remember what the migrations wrote, for the tests that flush it away."""
    _rows_of_migrations["text"] = getattr(connection, "_test_serialized_contents", None)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef):
    """Hand those rows to the connection that restores them.

    Playwright's event loop makes Django open a second connection in the same thread, which knows
    nothing of what the first one remembered.
    """
    rows = _rows_of_migrations.get("text")
    if fixturedef.argname == "_django_db_helper" and rows is not None:
        connection._test_serialized_contents = rows


@pytest.fixture(autouse=True)
def forget_what_was_read():
    """No test sees versions, the entity or pages that another one left in the process."""

    def forget():
        versions.forget()
        registry.forget()
        clock._cached = None
        for cache in caches.all(initialized_only=True):
            cache.clear()

    forget()
    yield
    forget()


@pytest.fixture
def entity(db):
    """CAS with its offices, topics, 87 municipalities and a notice in force since 2020."""
    return cast.make_entity()


@pytest.fixture
def roles(db):
    """The groups of the roles, with the permissions the code gives them."""
    call_command("setup_roles", verbosity=0)


@pytest.fixture
def staff(entity, roles):
    """One user for each role, by the role's name: `staff.moderation`, `staff["office"]`.

    `staff.office` works in Autoridad Ambiental, `staff.other_office` in the office of Vélez;
    `staff.root` is the superuser. `staff.make(role, office=…)` makes one more.
    """
    return cast.Staff()


@pytest.fixture
def event_held(entity):
    """The hearing of 21 December 2020, 9:00 to 12:00: held."""
    starts = datetime(2020, 12, 21, 9, tzinfo=BOGOTA)
    return cast.make_event(
        slug="2020-12-21-jornada",
        title="Jornada de rendición de cuentas 2020",
        status="held",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        questions_open_at=starts - timedelta(days=30),
        announced_at=starts - timedelta(days=31),
    )


@pytest.fixture
def event_open(entity):
    """Announced, in nine days at 9:00 in Bogotá, and its form is open since yesterday."""
    day = clock.local_day() + timedelta(days=9)
    starts = clock.at_hour(day, time(9))
    return cast.make_event(
        slug=f"{day:%Y-%m-%d}-audiencia",
        title="Audiencia pública de rendición de cuentas",
        status="announced",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        questions_open_at=clock.now() - timedelta(days=1),
        announced_at=clock.now() - timedelta(days=30),
    )
