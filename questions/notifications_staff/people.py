"""The offices of the staff that is written to, and the lists of the desk in their letters."""

from entity.models import OfficeMember
from portal.base.desk_mail import desk


def offices_of(users) -> dict[int, set[int]]:
    """The offices of each person, by the keys of both."""
    found: dict[int, set[int]] = {}
    members = OfficeMember.objects.filter(user__in=users, office__is_active=True)
    for user, office in members.values_list("user_id", "office_id"):
        found.setdefault(user, set()).add(office)
    return found


def contributions(view: str) -> str:
    return desk("questions_question_changelist", query=f"?vista={view}")


def answers(status: str) -> str:
    return desk("questions_answer_changelist", query=f"?status__exact={status}")
