"""Answers as news: published, corrected, and gone with the contribution."""

import pytest

from portal.base import news
from questions import workflow

pytestmark = pytest.mark.django_db


def answers() -> list:
    return [item for item in news.newest(50) if item.kind == "answer"]


def test_an_answer_is_news_and_a_question_without_one_is_not(answered, published, awaiting):
    question = answered(summary="Iremos en enero.")
    published()
    (item,) = answers()
    assert (item.pk, item.summary) == (question.pk, "Iremos en enero.")
    assert item.title == question.public_title and item.path == question.get_absolute_url()
    assert item.at == question.answers.get().published_at


def test_a_correction_is_the_same_news_again(answered, staff):
    question = answered()
    (before,) = answers()
    answer = workflow.draft_answer(
        question, actor=staff.office, summary="Iremos en marzo.", body="Sí.",
        correction_note="El mes.",
    )  # fmt: skip
    workflow.request_approval(answer, actor=staff.office)
    assert answers() == [before]
    workflow.publish_answer(answer, actor=staff.approval)
    (after,) = answers()
    assert after.pk == before.pk and after.at > before.at and after.summary == "Iremos en marzo."


def test_what_is_withheld_is_no_news(answered, staff):
    question = answered()
    workflow.withhold(question, actor=staff.moderation, reason="third_party_data")
    assert answers() == []
