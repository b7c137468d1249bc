"""What a contribution is filed under, as the review page asks it: topic, kind, place, summary."""

from django.utils.translation import gettext as _

from entity.models import Municipality, Topic
from entity.registry import registry
from portal.base.machine import MoveRefused
from questions.models import PetitionType, Question

FIELDS = ("topic", "petition", "place", "room_summary")
Scope = Question.Scope
WIDE = (Scope.REGION, Scope.OUTSIDE)


def places() -> list[tuple[str, str]]:
    """All municipalities, then what is no municipality."""
    towns = [(str(town.pk), town.name) for town in registry().municipalities]
    return [*towns, *((scope.value, str(scope.label)) for scope in WIDE)]


def place_of(question) -> str:
    """The place of a contribution, as the list of places names it."""
    return str(question.municipality_id or question.scope)


def values_of(question) -> dict[str, str]:
    return {
        "topic": str(question.topic_id),
        "petition": str(question.petition_id),
        "place": place_of(question),
        "room_summary": question.room_summary,
    }


def _sent(question, data) -> dict[str, str]:
    """What was sent; a list that was not there, or was left alone, keeps what stands."""
    standing = values_of(question)
    sent = {name: str(data.get(name) or standing[name]) for name in FIELDS[:3]}
    return {**sent, "room_summary": data.get("room_summary", standing["room_summary"])}


def is_changed(question, data) -> bool:
    return _sent(question, data) != values_of(question)


def chosen(question, data) -> dict:
    """What the workflow is told. Raises MoveRefused for a topic or a kind that is not there."""
    sent = _sent(question, data)
    topic = Topic.objects.filter(pk=sent["topic"]).first()
    petition = PetitionType.objects.filter(pk=sent["petition"]).first()
    if topic is None or petition is None:
        raise MoveRefused(_("Choose a topic and a kind of petition."))
    summary = {"room_summary": sent["room_summary"]}
    return {"topic": topic, "petition": petition, **_place(sent["place"]), **summary}


def _place(value: str) -> dict:
    if value in Scope.values:
        return {"scope": value, "municipality": None}
    return {"scope": Scope.MUNICIPALITY, "municipality": Municipality.objects.get(pk=value)}
