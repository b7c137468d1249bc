"""The demonstration's entity: who it is, where it works, what it is asked about."""

from datetime import date, datetime
from pathlib import Path

from entity import setup
from entity.models import ClosingDay, Entity, Office, PrivacyNotice, ProcessMoment, Topic
from portal.base import clock, versions
from portal.site.demo.timeline import read


def load(directory: Path, *, at: datetime | None = None) -> None:
    """Add what is missing. What somebody changed in the desk stays as it is."""
    data = read(directory / "entity.toml")
    added = _entity(data["entity"])
    for row in data["offices"]:
        added |= _add(Office, "code", {**row, "municipality_id": row.get("municipality")})
    for order, row in enumerate(data["topics"], 1):
        added |= _add(Topic, "slug", {**row, "order": order})
    for row in data["closing_days"]:
        added |= _add(ClosingDay, "date", {**row, "date": date.fromisoformat(row["date"])})
    if not ProcessMoment.objects.exists():
        setup.add_moments(data["moments"])
        added = True
    added |= _notice(data["privacy_notice"])
    if added:
        versions.everything_changed()


def _entity(values: dict) -> bool:
    if Entity.objects.exists():
        return False
    texts = {name: value.strip() for name, value in values.items()}
    entity = setup.save_entity({**texts, "is_demo": True})
    setup.load_municipalities(entity.department_code)
    return True


def _add(model, key: str, row: dict) -> bool:
    row = {name: value for name, value in row.items() if name != "municipality"}
    _object, created = model.objects.get_or_create(**{key: row.pop(key)}, defaults=row)
    return created


def _notice(row: dict) -> bool:
    begins = clock.day_start(date.fromisoformat(row["in_force_from"]))
    texts = {**row, "text": row["text"].strip(), "in_force_from": begins}
    return _add(PrivacyNotice, "version", texts)
