"""The public text that the console proposes: what was written, with what is surely personal hidden.

Somebody reads it before it goes out. What only may be personal data is for the review page, where
each finding has its own choice.
"""

from functools import lru_cache

from questions.findings import findings_in, hidden

# What stands on a card of the console: who approves from there has read it whole.
CARD_LETTERS = 600


@lru_cache(maxsize=512)
def _suggestion(written: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The text with its marks, what is hidden in it, and what nobody decided about.

    What was written never changes, and the console asks for the same texts every few seconds.
    """
    found = findings_in(written)
    sure = [finding for finding in found if finding.is_sure]
    text = hidden(written, sure)
    left = [finding for finding in found if not finding.is_sure and finding.words in text]
    return text, _labels(sure), _labels(left)


def _labels(findings) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.label for finding in findings))


def text_of(question) -> str:
    """What would be published: the text that was published once, else the proposal."""
    return question.public_text or _suggestion(question.original_text)[0]


def hidden_in(question) -> tuple[str, ...]:
    """What the proposal hides: "E-mail", "Telephone"."""
    return () if question.public_text else _suggestion(question.original_text)[1]


def undecided_in(question) -> tuple[str, ...]:
    """What may be personal data and stands in the proposal: somebody must look at each of it."""
    return () if question.public_text else _suggestion(question.original_text)[2]


def is_long(question) -> bool:
    """Longer than a card of the console shows."""
    return len(text_of(question)) > CARD_LETTERS
