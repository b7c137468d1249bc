"""Somebody at the desk of events."""

import pytest


@pytest.fixture
def desk(client):
    """`desk(user)`: the client of somebody at the desk."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
