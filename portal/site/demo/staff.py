"""The demonstration's staff, and one login of each role for whoever tries it on this machine."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User

from entity.models import Office, OfficeMember
from portal import modes
from portal.site.demo.timeline import read

FILE = "demo_logins.json"


def logins_file() -> Path:
    return settings.DATA_DIR / FILE


def may_write_logins() -> bool:
    """Only a copy that nobody else reaches: not behind a proxy, not on an open address."""
    return settings.HOST in modes.LOOPBACK and not settings.IS_PRODUCTION


def load(directory: Path) -> list[dict[str, str]]:
    """Add missing members of the staff; gives the logins to write, one of each role.

    Only who has a login has a password at all. One that was written down is kept, one that was
    lost is replaced; on an address that others reach nobody gets any.
    """
    rows = read(directory / "entity.toml")["staff"]
    first_of_role = {row["role"]: row["username"] for row in reversed(rows)}
    kept = {login["username"]: login["password"] for login in _written()}
    may_write = may_write_logins()
    logins = []
    for row in rows:
        user, created = _user(row)
        if not may_write or first_of_role[row["role"]] != row["username"]:
            continue
        password = kept.get(row["username"])
        if created or not password:
            password = password or secrets.token_urlsafe(12)
            user.set_password(password)
            user.save(update_fields=["password"])
        logins.append(
            {
                "role": row["role"],
                "username": row["username"],
                "password": password,
                "label": row["label"],
            }
        )
    return logins


def _user(row: dict) -> tuple[User, bool]:
    user = User.objects.filter(username=row["username"]).first()
    if user:
        return user, False
    user = User(username=row["username"], first_name=row["label"], is_staff=True)
    user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.get(name=row["role"]))
    if row.get("office"):
        OfficeMember.objects.create(user=user, office=Office.objects.get(code=row["office"]))
    return user, True


def _written() -> list[dict[str, str]]:
    """The logins of an earlier load; none when there is no file or it cannot be read as one."""
    try:
        return json.loads(logins_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return []


def write_logins(logins: list[dict[str, str]]) -> None:
    """Keep the logins in a file of the owner only; called after the users are committed."""
    if logins and logins != _written():
        modes.write_private(logins_file(), json.dumps(logins, ensure_ascii=False, indent=2) + "\n")


class Cast:
    """Who plays which part. Each person is read once: permissions stay with the object."""

    def __init__(self):
        self._people: dict[str, User] = {}
        self._of_office: dict[int, User] = {}

    def person(self, username: str) -> User:
        if username not in self._people:
            self._people[username] = User.objects.get(username=username)
        return self._people[username]

    @property
    def moderator(self) -> User:
        return self.person("moderacion1")

    @property
    def writer(self) -> User:
        return self.person("comunicaciones")

    def approver(self, number: int) -> User:
        """The two of them by turns."""
        return self.person(f"aprobacion{1 + number % 2}")

    def of_office(self, office: Office) -> User:
        """Somebody who answers for the office; one person stands in where it has nobody."""
        if office.pk not in self._of_office:
            member = office.members.select_related("user").order_by("pk").first()
            if member is None:
                person = self.person("oficina.gestion")
                member = OfficeMember.objects.create(user=person, office=office)
            self._of_office[office.pk] = self.person(member.user.username)
        return self._of_office[office.pk]
