"""The desk for the tests: addresses, decisions and what was said."""

import re
from html import unescape

from django.contrib.messages import get_messages

LIST = "/gestion/questions/question/"
ANSWERS = "/gestion/questions/answer/"


def page_of(question) -> str:
    return f"{LIST}{question.pk}/change/"


def write_page(question) -> str:
    return f"{ANSWERS}{question.pk}/escribir/"


def answer_page(answer) -> str:
    return f"{ANSWERS}{answer.pk}/change/"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def decide(client, question, decision, **typed):
    """Press a button of the review page, as it was drawn for the question in hand."""
    data = {"decision": decision, "revision": question.revision, **typed}
    return client.post(page_of(question), data)


def words_of(response) -> str:
    """The text of a page without its elements, as a person reads it."""
    text = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
