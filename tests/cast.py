"""The cast of the tests: an entity like the CAS, its people, its events."""

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Group, User

from entity.models import Entity, Municipality, Office, OfficeMember, PrivacyNotice, Topic
from events.models import AgendaItem, Event, EventKind, StreamLink
from events.publishing import event_changed
from portal.base import versions
from portal.site.roles import ROLES

MUNICIPALITIES = Path(settings.BASE_DIR) / "entity" / "data" / "municipalities_68.csv"
OFFICES = (
    ("planeacion", "Subdirección de Planeación y Ordenamiento Ambiental", "Planeación", None),
    ("autoridad-ambiental", "Subdirección de Autoridad Ambiental", "Autoridad Ambiental", None),
    ("regional-san-gil", "Sede regional San Gil", "San Gil", "68679"),
    ("regional-velez", "Sede regional Vélez", "Vélez", "68861"),
)
TOPICS = (
    ("agua", "Agua y ríos"),
    ("bosques", "Bosques y fauna"),
    ("mineria", "Minería"),
    ("otro", "Otro tema"),
)


def make_entity(**fields) -> Entity:
    """The entity with everything a page or a form needs of it."""
    values = {
        "name": "Corporación Autónoma Regional de Santander",
        "short_name": "CAS",
        "email": "contactenos@cas.example",
        "city": "San Gil",
        "department": "Santander",
        "department_code": "68",
        "region_name": "Santander",
        "website": "https://www.cas.example",
        "pqrsd_url": "https://www.cas.example/pqrsd",
        **fields,
    }
    entity = Entity.objects.create(**values)
    with MUNICIPALITIES.open(encoding="utf-8") as file:
        Municipality.objects.bulk_create(
            Municipality(
                code=row["dane_code"], name=row["name"], authority=row["environmental_authority"]
            )
            for row in csv.DictReader(file)
        )
    for code, name, short_name, municipality in OFFICES:
        kind = Office.Kind.REGIONAL if municipality else Office.Kind.DEPARTMENT
        Office.objects.create(
            code=code, name=name, short_name=short_name, kind=kind, municipality_id=municipality
        )
    for order, (slug, name) in enumerate(TOPICS):
        Topic.objects.create(slug=slug, name=name, order=order)
    PrivacyNotice.objects.create(
        version="2020-1",
        title="Aviso de privacidad",
        text="Tratamos sus datos para responderle. Puede conocerlos, corregirlos y suprimirlos.",
        consent_label="Autorizo el tratamiento de mis datos para responder mi aporte.",
        in_force_from=datetime(2020, 1, 1, tzinfo=ZoneInfo("America/Bogota")),
    )
    versions.everything_changed()
    return entity


class Staff(dict):
    """People by role, made when they are first asked for: `staff.approval`, `staff["approval"]`."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __missing__(self, name):
        if name == "root":
            self[name] = User.objects.create_superuser("root", "root@cas.example", "x")
        elif name == "other_office":
            self[name] = self.make("office", office="regional-velez", username="other_office")
        elif name in ROLES:
            office = "autoridad-ambiental" if name == "office" else None
            self[name] = self.make(name, office=office, username=name)
        else:
            raise KeyError(name)
        return self[name]

    def make(self, role: str, *, office: str | None = None, username: str = "") -> User:
        """One user of a role, in the office with this code where one is given."""
        username = username or f"{role}-{User.objects.count()}"
        user = User.objects.create_user(
            username, f"{username}@cas.example", "x", is_staff=True, first_name=username.title()
        )
        user.groups.add(Group.objects.get(name=role))
        if office:
            OfficeMember.objects.create(user=user, office=Office.objects.get(code=office))
        return user


def make_event(**fields) -> Event:
    """An event with an agenda of an hour and a place to follow it, as the public sees it."""
    values = {
        "kind": EventKind.objects.order_by("order").first(),
        "about": "Gestión ambiental del año en los 74 municipios de la jurisdicción.",
        "summary": "La entidad explica su gestión y responde.",
        "cutoff_on": date(2020, 11, 30),
        **fields,
    }
    event = Event.objects.create(**values)
    AgendaItem.objects.create(event=event, order=1, title="Instalación", minutes=15)
    AgendaItem.objects.create(event=event, order=2, title="Diálogo con la ciudadanía", minutes=45)
    StreamLink.objects.create(
        event=event, order=1, kind="facebook_live", label="Facebook Live",
        url="https://video.example/cas",
    )  # fmt: skip
    event_changed(event)
    return event
