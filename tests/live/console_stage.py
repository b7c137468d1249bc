"""A session that is on the air, and somebody of the moderation at its console."""

import pytest

from tests.live.desk import begin_soon, opened


@pytest.fixture
def event_open(event_open):
    return begin_soon(event_open)


@pytest.fixture
def operator(staff, client):
    client.force_login(staff.moderation)
    return client


@pytest.fixture
def live(event_open, staff):
    return opened(event_open, staff.moderation)
