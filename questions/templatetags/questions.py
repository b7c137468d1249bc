"""What other rooms' pages show of contributions."""

import re
from datetime import date

from django import template
from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event
from portal.base import safe_html
from portal.base.dates import long_day
from questions import about, selectors_lists, voices
from questions.models import Question

register = template.Library()

COMMENTS_PER_PAGE = 50

# The marks a moderator leaves where personal data stood; drawn as black bars with words.
MARK = re.compile(
    r"\[((?:nombre|teléfono|cédula|correo|dirección|dato)s? ocult[oa]s?)\]", re.IGNORECASE
)

MOVES = {
    "submit_question": lambda t: _("Received"),
    "publish_text": lambda t: _("Reviewed and published"),
    "assign_question": lambda t: _("Assigned to %(office)s") % {"office": t.detail},
    "ask_for_clarification": lambda t: _("We asked for a clarification; the clock stands still"),
    "answer_clarification": lambda t: _("The clarification came; the clock runs again"),
    "merge_question": lambda t: _("Joined to number %(number)s") % {"number": t.detail},
    "split_question": lambda t: _("It goes on by itself again"),
    "transfer_question": lambda t: _("Transferred to %(body)s") % {"body": t.detail},
    "move_to_pqrsd": lambda t: _("Moved to the PQRSD channel"),
    "publish_answer": lambda t: _("Answered by %(office)s") % {"office": t.detail},
    "reopen_question": lambda t: _("Reopened: its author asked for more"),
    "extend_term": lambda t: _("The term was extended"),
    "withdraw_question": lambda t: _("Withdrawn by its author"),
    "lapse_question": lambda t: _("Closed: the clarification did not come"),
    "archive_question": lambda t: _("Archived"),
    "restore_question": lambda t: _("Taken out of the archive"),
    "recount_term": lambda t: (
        _("The working days were counted again: due on %(day)s")
        % {"day": long_day(date.fromisoformat(t.detail.split(" → ")[-1]))}
    ),
}

# The same moves told to the author.
OWN_MOVES = {
    "ask_for_clarification": lambda t: _(
        "We asked you for a clarification; the clock stands still"
    ),
    "answer_clarification": lambda t: _("You sent the clarification; the clock runs again"),
    "reopen_question": lambda t: _("Reopened: you asked for the answer to be completed"),
    "withdraw_question": lambda t: _("You withdrew it"),
}


@register.filter
def with_marks(text):
    """Public text with its marks drawn; paragraphs are kept by the `linebreaks` filter after it."""
    return safe_html.redacted(text, MARK)


@register.filter
def has_marks(text):
    return bool(MARK.search(text))


@register.simple_tag
def history_lines(history, own=False):
    """Instant and words of each move, newest first; `own` speaks to the author."""
    moves = {**MOVES, **(OWN_MOVES if own else {})}
    lines, answered = [], False
    for move in history:
        if move.move == "publish_answer" and answered:
            words = _("The answer was corrected")
        else:
            words = moves[move.move](move)
        answered = move.move == "publish_answer" or (answered and move.move != "reopen_question")
        lines.append({"at": move.at, "words": words})
    return lines[::-1]


@register.simple_tag
def content_lang():
    """The language of what people wrote, for the pages whose own words are in another one."""
    return format_html(' lang="{}"', "es") if get_language() == "en" else ""


@register.filter
def author_words(question):
    """How the author appears: "A person of Oiba", the chosen name, or "Anonymous"."""
    if question.display == Question.Display.NAME and question.public_name:
        return question.public_name
    if question.display == Question.Display.MUNICIPALITY and question.municipality_id:
        return _("A person of %(place)s") % {"place": question.municipality.name}
    return _("Somebody who prefers not to say the name")


@register.inclusion_tag("questions/event_questions_block.html", takes_context=True)
def event_questions(context, event):
    """The newest published contributions of an event, with the number of all."""
    newest = selectors_lists.newest_of(event)
    total = newest[0].of_all if newest else 0
    return {"event": event, "questions": newest, "total": total, "request": context["request"]}


@register.inclusion_tag("questions/latest_answers_block.html")
def latest_answers():
    """The contributions that were answered last."""
    return {"questions": selectors_lists.latest_answered()}


@register.inclusion_tag("admin/questions/answer/readers.html", takes_context=True)
def reader_comments(context, question):
    """What readers said is missing in the answer; for the office that answers."""
    comments = Paginator(voices.comments_for_office(question), COMMENTS_PER_PAGE)
    return {"page": comments.get_page(context["request"].GET.get("lectores"))}


@register.simple_tag
def about_address(question):
    """Where what a contribution is about stands."""
    return about.address_of(question)


@register.inclusion_tag("questions/comment_link.html")
def comment_link(event, word, number, title):
    """Comente o pregunte about one thing of an event, and what was published about it.

    The counts are read once for all things of a page: they are kept with its event.
    """
    if not hasattr(event, "counts_about"):
        event.counts_about = about.counts_of(event)
    key = f"{word}-{number}"
    return {
        "event": event,
        "key": key,
        "title": title,
        "count": event.counts_about.get(key, 0),
        "is_open": event.status != Event.Status.CANCELLED,
    }


@register.filter
def kind_label(kind):
    return Question.Kind(kind).label


@register.filter
def display_label(display):
    return Question.Display(display).label


@register.simple_tag(takes_context=True)
def without_filter(context, name):
    """The address of the list with one filter taken away."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    query.pop("pagina", None)
    return f"?{query.urlencode()}" if query else context["request"].path
