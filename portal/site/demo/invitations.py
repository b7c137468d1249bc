"""An invented directory, and who of it was invited and what they said."""

from functools import partial

from entity.models import Municipality
from events.invitations import sending, workflow
from events.models import Contact, ContactGroup, Event


def plan(event: Event, data: dict, dates, timeline, actor) -> None:
    """`data` has the rows of an event's file: its contacts and when they were invited."""
    told = data.get("invitations")
    if told:
        invited = dates.moment(told, "invited")
        timeline.put(invited, partial(_invite, event, told, actor))


def _invite(event: Event, told: dict, actor, at) -> None:
    for row in told["contacts"]:
        _contact(row)
    groups = ContactGroup.objects.filter(code__in=told["groups"])
    key = f"demo-{event.slug}"
    words = told.get("message", "")
    workflow.start_round(event, actor=actor, key=key, groups=groups, message=words, at=at)
    sending.expand_due(at)
    for row in told["contacts"]:
        _answer(event, row, at)


def _contact(row: dict) -> None:
    values = {name: row.get(name, "") for name in ("organisation", "person", "phone")}
    town = Municipality.objects.filter(code=row.get("municipality", "")).first()
    values |= {"group_id": row["group"], "municipality": town}
    Contact.objects.get_or_create(email=row["email"], defaults=values)


def _answer(event: Event, row: dict, at) -> None:
    invitation = event.invitations.filter(contact__email=row["email"]).first()
    if invitation and "response" in row:
        people = row.get("people", 1)
        workflow.respond(invitation, response=row["response"], people=people, at=at)
    if row.get("stopped"):
        workflow.stop(Contact.objects.get(email=row["email"]), at=at)
