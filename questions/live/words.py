"""What the log of a session says of a contribution."""

from django.utils.translation import gettext as _

from questions.models import Question


def is_read(question: Question) -> str:
    """That it is read, and of which municipality where its author said one."""
    if question.municipality_id is None:
        return _("Question %(number)s is read.") % {"number": question.number}
    words = {"number": question.number, "place": question.place}
    return _("Question %(number)s is read, of %(place)s.") % words
