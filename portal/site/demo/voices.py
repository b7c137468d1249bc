"""Invented visitors of the demonstration: who supports a contribution, who judges its answer."""

from datetime import datetime

from questions import voices
from questions.models import Answer, AnswerVote, Question


def raise_hands(question: Question, number: int, at: datetime) -> None:
    """So many people want it answered too."""
    for visitor in range(number):
        voices.add_interest(question, person=f"demo-{visitor}", at=at)


def judge(answer: Answer, numbers: list[int], at: datetime) -> None:
    """So many said yes, in part, no."""
    words = [
        value
        for value, number in zip(AnswerVote.Value.values, numbers, strict=True)
        for _visitor in range(number)
    ]
    for visitor, value in enumerate(words):
        voices.add_verdict(answer, person=f"demo-{visitor}", value=value, at=at)
