"""Who of the staff is written to, and the addresses of the desk in their letters."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

BACKEND = "django.contrib.auth.backends.ModelBackend"


def with_role(permission: str) -> list:
    """Active members of the staff whose role has the permission, and who have an address.

    A superuser has every permission and no daily work.
    """
    users = get_user_model().objects.with_perm(
        permission, is_active=True, include_superusers=False, backend=BACKEND
    )
    return list(users.filter(is_staff=True).exclude(email="").order_by("pk"))


def desk(name: str, *args, query: str = "") -> str:
    """The absolute address of a page of the desk."""
    return f"{settings.SITE_URL}{reverse(f'admin:{name}', args=args)}{query}"
