"""The first things of an installation: its entity, territory, office, topic and privacy notice.

Each function writes only what is missing, so running them again never undoes what people edited.
"""

import csv
import tomllib
from pathlib import Path

from django.db import transaction

from entity.models import Entity, Municipality, Office, PrivacyNotice, ProcessMoment, Topic
from portal.base import clock, versions

DATA = Path(__file__).resolve().parent / "data"
REQUIRED = (
    "name",
    "short_name",
    "email",
    "website",
    "city",
    "department",
    "department_code",
    "region_name",
)
OPTIONAL = (
    "phone",
    "address",
    "pqrsd_url",
    "data_policy_url",
    "attention",
    "closing_hour",
)


def missing_fields(values: dict[str, str]) -> list[str]:
    """Which required fields are neither in `values` nor stored already."""
    entity = Entity.objects.first()
    return [name for name in REQUIRED if not values.get(name) and not getattr(entity, name, "")]


@transaction.atomic
def set_up(values: dict[str, str], *, at=None) -> Entity:
    """Make or change the entity and add what a new one needs. Raises ValidationError."""
    entity = save_entity(values)
    load_municipalities(entity.department_code)
    start = _start()
    if not Office.objects.exists():
        Office.objects.create(**start["office"])
    if not Topic.objects.exists():
        Topic.objects.create(**start["topic"])
    if not ProcessMoment.objects.exists():
        add_moments(start["moments"])
    if not PrivacyNotice.objects.exists():
        PrivacyNotice.objects.create(
            **_notice(start["notice"], entity), in_force_from=clock.now(at)
        )
    versions.everything_changed()
    return entity


def add_moments(rows: list[dict]) -> None:
    """The moments of the permanent process, in their order."""
    for order, row in enumerate(rows, 1):
        ProcessMoment.objects.create(order=order, title=row["title"], body=row["body"].strip())


def save_entity(values: dict) -> Entity:
    """Write the values over the one entity, or make it. Raises ValidationError before saving."""
    entity = Entity.objects.first() or Entity()
    for name, value in values.items():
        setattr(entity, name, value)
    entity.full_clean()
    entity.save()
    return entity


def municipalities_file(department_code: str) -> Path | None:
    """The list of a department's municipalities, when there is one for it."""
    path = DATA / f"municipalities_{department_code}.csv"
    return path if department_code.isdigit() and path.exists() else None


def load_municipalities(department_code: str) -> int:
    """Add the municipalities of a department that are missing; says how many were added."""
    path = municipalities_file(department_code)
    if path is None:
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Municipality(
                code=row["dane_code"],
                name=row["name"],
                authority=row["environmental_authority"],
                province=row["province_unverified"],
            )
            for row in csv.DictReader(file)
        ]
    before = Municipality.objects.count()
    Municipality.objects.bulk_create(rows, ignore_conflicts=True)
    return Municipality.objects.count() - before


def _start() -> dict:
    return tomllib.loads((DATA / "start.toml").read_text(encoding="utf-8"))


def _notice(template: dict, entity: Entity) -> dict[str, str]:
    """The first privacy notice: the neutral text with this entity's name and contact in it."""
    values = {name: str(getattr(entity, name)) for name in (*REQUIRED, *OPTIONAL)}
    values["policy"] = entity.data_policy_url or entity.website
    values["contact"] = "\n".join(
        contact["line"].format(**values)
        for contact in template["contact"]
        if values[contact["field"]]
    )
    return {
        "version": template["version"],
        "title": template["title"],
        "consent_label": template["consent_label"].format(**values),
        "text": template["text"].format(**values).strip(),
    }
