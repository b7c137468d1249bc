"""An address with a secret in it is known to the log, which cuts the secret off."""

from django.urls import URLPattern, get_resolver

from portal.base.logs import without_tokens

SECRETS = {"token", "key"}


def secret_patterns(resolver, start="/"):
    """Every address of the project that has a secret as one of its parts."""
    for one in resolver.url_patterns:
        whole = start + str(one.pattern).removeprefix("^")
        if not isinstance(one, URLPattern):
            yield from secret_patterns(one, whole)
        elif SECRETS & set(one.pattern.converters) and "/cuenta/" not in whole:
            yield whole  # what begins with /cuenta/ is of the library of accounts


def test_the_secret_of_every_address_is_cut_off_in_a_log():
    found = set(secret_patterns(get_resolver()))
    shown = {pattern for pattern in found if "<" in without_tokens(pattern)}
    assert len(found) >= 6
    assert shown == set()
