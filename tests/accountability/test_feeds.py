"""Minutes, commitments and what was done for them, as news."""

import pytest

from accountability.minutes import workflow as editions
from portal.base.news import newest

pytestmark = pytest.mark.django_db


def told_of(kind) -> list:
    return [item for item in newest(50) if item.kind == kind]


def test_a_commitment_is_news_when_it_is_published(promise):
    promise(draft=True)
    assert told_of("commitment") == []
    commitment = promise("Sembrar árboles")
    (item,) = told_of("commitment")
    assert item.title == f"{commitment.reference}. Sembrar árboles"
    assert item.path == commitment.get_absolute_url()


def test_what_was_done_is_news_when_somebody_else_published_it(promise, news, told):
    commitment = promise()
    news(commitment, 5, "2021-02-01", title="Todavía no")
    assert told_of("update") == []
    told(commitment, title="Van nueve visitas")
    (item,) = told_of("update")
    assert item.title == f"{commitment.reference}. Van nueve visitas"


def test_each_edition_of_the_minutes_is_news(minutes, staff):
    second = editions.new_edition(minutes, actor=staff.communications, change_note="Una cifra.")
    assert [item.pk for item in told_of("minutes")] == [minutes.pk]
    editions.approve_minutes(second, actor=staff.approval)
    second = editions.publish_minutes(second, actor=staff.approval)
    assert [(item.pk, item.at) for item in told_of("minutes")] == [
        (second.pk, second.published_at), (minutes.pk, minutes.published_at),
    ]  # fmt: skip
    assert told_of("minutes")[0].summary == "Una cifra."
