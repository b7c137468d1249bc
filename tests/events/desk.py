"""How the tests sit at the desk of events: paths, what a browser sends, what was answered."""

from django.contrib.messages import get_messages

from events.models import Event
from tests.conftest import BOGOTA

DESK = "/gestion/events/event/"
PREFIXES = ("sections", "ways", "streams", "documents", "halls")
EMPTY_ROW = {"documents": {"language": "es"}}


def change(event) -> str:
    return f"{DESK}{event.pk}/change/"


def form_of(event=None, rows=None, **changes) -> dict:
    """What the browser sends for an event: its fields, and `rows` of {"streams": [{…}]}."""
    values = {
        "kind": "jornada", "title": "Jornada", "modality": "virtual",
        "starts_at": "2027-05-12T09:00:00", "ends_at": "2027-05-12T12:00:00", "slug": "",
    }  # fmt: skip
    if event:
        values |= {
            "kind": event.kind_id, "title": event.title, "slug": event.slug, "about": event.about,
            "summary": event.summary, "read_revision": str(event.revision),
            "starts_at": f"{event.starts_at.astimezone(BOGOTA):%Y-%m-%dT%H:%M:%S}",
            "ends_at": f"{event.ends_at.astimezone(BOGOTA):%Y-%m-%dT%H:%M:%S}",
        }  # fmt: skip
    for prefix in PREFIXES:
        new = (rows or {}).get(prefix, [])
        values |= {f"{prefix}-TOTAL_FORMS": len(new), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(new):
            row = {"order": "0", **EMPTY_ROW.get(prefix, {}), **row}
            values |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return {**values, **changes}


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def act(client, action, *events, **told):
    data = {"action": action, "_selected_action": [event.pk for event in events], **told}
    response = client.post(DESK, data)
    return response, said(response)


def errors(response) -> dict:
    """Errors of the event's form and of its rows, by field."""
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            found |= {f"{inline.formset.prefix}.{k}": v for k, v in row.errors.items()}
    return found


def draft_of(event):
    closes = {"questions_close_at": event.starts_at}  # a draft is announced with a closing day
    Event.objects.filter(pk=event.pk).update(status="draft", announced_at=None, **closes)
    event.refresh_from_db()
    return event
