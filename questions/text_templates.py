"""Texts that are used often: their fields, and putting one into a form that is being filled in."""

import re
from collections.abc import Sequence

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.dates import long_day
from questions.models import Question, TextTemplate

FIELDS = ("radicado", "tema", "municipio", "oficina", "vence", "fecha")
_FIELD = re.compile(r"\{([^{}\n]*)\}")
Use = TextTemplate.Use
# Where a text of each use is put, by the name of the form's field.
PLACES = {
    Use.ANSWER: "body",
    Use.CLARIFICATION: "asked",
    Use.ARCHIVE: "archive_reason",
    Use.EXTENSION: "extension_reason",
    Use.RETURN: "return_reason",
}
BUTTON = "insert"


def unknown_fields(text: str) -> list[str]:
    """What stands in braces and is no field, each once."""
    return [name for name in dict.fromkeys(_FIELD.findall(text)) if name not in FIELDS]


def fill(template: TextTemplate, question: Question, at=None) -> str:
    """The text with the facts of a contribution in the place of its fields."""
    facts = {
        "radicado": question.reference,
        "tema": question.topic.name,
        "municipio": question.place,
        "oficina": question.office.name if question.office else _("the office in charge"),
        "vence": long_day(question.due_on),
        "fecha": long_day(clock.local_day(at)),
    }
    return _FIELD.sub(lambda found: facts.get(found[1], found[0]), template.text)


def offered(question: Question, uses: Sequence[str]) -> dict[str, list[TextTemplate]]:
    """The texts for a contribution by use, its office's and everybody's; one query."""
    mine = Q(office=None) | Q(office=question.office_id)
    found: dict[str, list[TextTemplate]] = {}
    for template in TextTemplate.objects.filter(mine, is_active=True, use__in=uses):
        found.setdefault(template.use, []).append(template)
    return found


def select_name(use: str) -> str:
    """The name of the list from which a text of this use is chosen."""
    return f"template_{use}"


def inserted(data: QueryDict, question: Question, at=None) -> tuple[QueryDict, str]:
    """What was sent, with the chosen text added to its field, and the name of that field.

    Nothing is written. What was typed already stays above; where no text was chosen, or it is not
    for this contribution, nothing is added.
    """
    use = data.get(BUTTON, "")
    if use not in PLACES:
        return data, ""
    place, key = PLACES[Use(use)], data.get(select_name(use), "")
    chosen = [t for t in offered(question, [use]).get(use, ()) if str(t.pk) == key]
    data = data.copy()
    if chosen:
        typed = data.get(place, "").rstrip()
        data[place] = "\n\n".join(filter(None, (typed, fill(chosen[0], question, at))))
    return data, place
