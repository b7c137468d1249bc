"""The topic of what comes without one: by mail, or in the minutes of a live session."""

from entity.models import Topic

OTHERS = "otro"


def usual_topic() -> Topic | None:
    """That of what fits nowhere else, else the first one; the desk changes it when it assigns."""
    active = Topic.objects.filter(is_active=True)
    return active.filter(slug=OTHERS).first() or active.first()
