"""Who of the staff is written to, and the addresses of the desk."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from entity.models import OfficeMember

BACKEND = "django.contrib.auth.backends.ModelBackend"


def with_role(permission: str) -> list:
    """Active members of the staff whose role has the permission, and who have an address.

    A superuser has every permission and no daily work.
    """
    users = get_user_model().objects.with_perm(
        permission, is_active=True, include_superusers=False, backend=BACKEND
    )
    return list(users.filter(is_staff=True).exclude(email="").order_by("pk"))


def offices_of(users) -> dict[int, set[int]]:
    """The offices of each person, by the keys of both."""
    found: dict[int, set[int]] = {}
    members = OfficeMember.objects.filter(user__in=users, office__is_active=True)
    for user, office in members.values_list("user_id", "office_id"):
        found.setdefault(user, set()).add(office)
    return found


def desk(name: str, *args, query: str = "") -> str:
    """The absolute address of a page of the desk."""
    return f"{settings.SITE_URL}{reverse(f'admin:{name}', args=args)}{query}"


def contributions(view: str) -> str:
    return desk("questions_question_changelist", query=f"?vista={view}")


def answers(status: str) -> str:
    return desk("questions_answer_changelist", query=f"?status__exact={status}")
