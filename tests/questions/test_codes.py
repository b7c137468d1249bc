"""Radicado and secret code."""

from hypothesis import given
from hypothesis import strategies as st

from portal.base import secret_codes
from questions import codes
from questions.models.draft import new_token


def test_the_code_is_ten_crockford_letters_and_the_same_for_the_same_draft():
    token = new_token()
    code = codes.code_for(token)
    assert len(code) == 10
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert codes.code_for(token) == code


def test_codes_of_a_thousand_drafts_all_differ():
    assert len({codes.code_for(new_token()) for _ in range(1000)}) == 1000


@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=10, max_size=10))
def test_a_code_is_found_however_it_is_typed(code):
    digest = codes.digest(code)
    typed = f" {code[:5].lower()} - {code[5:].lower()} ".replace("0", "o").replace("1", "l")
    assert codes.matches(typed, digest)
    assert codes.matches(secret_codes.shown(code), digest)


def test_another_code_does_not_match():
    assert not codes.matches("K7M4P9TQX3", codes.digest("K7M4P9TQX2"))


def test_the_digest_says_nothing_of_the_code():
    assert "K7M4P9TQX2" not in codes.digest("K7M4P9TQX2")
    assert codes.digest("K7M4P9TQX2") != codes.digest("K7M4P9TQX3")


def test_the_filing_number_however_it_is_typed():
    for typed in (
        "RC-2020-00018", "rc-2020-18", " rc 2020 00018 ", "RC-2020 18", "2020-18", "2020 00018",
        "RC202000018",
    ):  # fmt: skip
        assert codes.normalised_reference(typed) == "RC-2020-00018"
    assert codes.normalised_reference("18-2020") == "18-2020"
    assert codes.normalised_reference("' OR 1=1") == "' OR 1=1"
