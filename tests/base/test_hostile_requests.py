"""Requests that were made to break the reading of requests."""

import logging

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from portal.base.addresses import limit_key
from portal.base.logs import TokenFilter
from portal.wsgi import PortalRequest, application

TYPES = [
    "text/html; charset=zlib",
    "text/html; charset=utf-7",
    "text/html; charset=unicode_escape",
    "text/html; charset=idna",
    "text/html; x*=nope''abc",
]


def environ(content_type):
    made = RequestFactory().get("/", {"q": "agua"}).environ
    return {**made, "CONTENT_TYPE": content_type}


@pytest.mark.parametrize("content_type", TYPES)
def test_a_content_type_never_chooses_how_the_address_is_read(content_type):
    request = PortalRequest(environ(content_type))
    assert request.GET["q"] == "agua"
    assert request.encoding is None


def test_the_server_uses_that_request():
    assert isinstance(application, WSGIHandler)
    assert application.request_class is PortalRequest


def test_utf8_is_still_what_it_says():
    assert PortalRequest(environ("text/html; charset=utf-8")).encoding == "utf-8"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
    ],
)
def test_whom_a_limit_counts(one, other, same):
    assert (limit_key(one) == limit_key(other)) is same


def test_tokens_of_links_stay_out_of_the_log():
    path = "/mi-pregunta/enlace/s3cr3t/"
    record = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (path,), None)
    TokenFilter().filter(record)
    assert record.getMessage() == "Not Found: /mi-pregunta/enlace/•••"
