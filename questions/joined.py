"""Contributions that were joined because they ask the same: one answer is for all of them."""

from questions.models import Question


def joined_to(question: Question) -> list[Question]:
    """Those joined to this one, and those that were joined to them before; by number."""
    found, above = [], [question.pk]
    while above:
        rows = Question.objects.filter(status=Question.Status.MERGED, merged_into__in=above)
        level = list(rows.with_list_data())
        above = [row.pk for row in level]
        found += level
    return sorted(found, key=lambda joined: joined.number)


def answering_case(question: Question) -> Question:
    """The case in which this one is answered: itself, or the one it was joined to in the end."""
    while question.status == Question.Status.MERGED:
        question = question.merged_into
    return question
