"""Events in the desk: what each role may do, what is refused beside its field, edits are seen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Document, Event, EventKind, EventSection
from portal.base.models import StoredFile
from tests.base import files
from tests.events.desk import DESK, act, change, draft_of, errors, form_of, said


@pytest.mark.parametrize(
    ("role", "view", "edit"),
    [
        ("communications", 200, 302),
        ("moderation", 200, 403),
        ("office", 200, 403),
        ("approval", 200, 403),
        ("internal_control", 200, 403),
        ("administration", 200, 403),
    ],
)
def test_what_each_role_may_do(desk, staff, event_open, role, view, edit):
    client = desk(staff[role])
    response = client.get(change(event_open))
    assert response.status_code == view
    assert ("/mover/" in response.content.decode()) is (edit == 302)
    assert client.post(change(event_open), form_of(event_open)).status_code == edit
    act(client, "cancel", event_open, apply="1", reason="x")
    moved = client.post(f"{DESK}{event_open.pk}/mover/cancel/", {"apply": "1", "reason": "x"})
    assert moved.status_code == (200 if edit == 302 else 403)
    event_open.refresh_from_db()
    assert event_open.status == ("cancelled" if edit == 302 else "announced")


def test_nobody_comes_in_without_an_account(client, event_open):
    for path in (DESK, change(event_open), f"{DESK}{event_open.pk}/mover/cancel/"):
        assert client.get(path).status_code == 302


def test_a_new_event_takes_its_address_from_date_and_kind(desk, staff):
    client = desk(staff.communications)
    evening = {"starts_at": "2027-05-12T20:00:00", "ends_at": "2027-05-12T21:00:00"}
    for title in ("Vélez", "Oiba"):  # the evening in Bogotá is the next day in UTC
        told = form_of(title=title, **evening)
        assert client.post(f"{DESK}add/", told).status_code == 302
    slugs = set(Event.objects.values_list("slug", flat=True))
    assert slugs == {"2027-05-12-jornada", "2027-05-12-jornada-2"}
    assert set(Event.objects.values_list("status", flat=True)) == {"draft"}


def test_a_drafts_suggested_address_follows_its_date_and_a_written_one_stays(desk, staff):
    client = desk(staff.communications)
    client.post(f"{DESK}add/", form_of())
    event = Event.objects.get()
    later = {"starts_at": "2027-06-01T09:00:00", "ends_at": "2027-06-01T10:00:00"}
    client.post(change(event), form_of(event, **later))
    event.refresh_from_db()
    assert event.slug == "2027-06-01-jornada"
    client.post(change(event), form_of(event, slug="2027-06-01-audiencia-final"))
    event.refresh_from_db()
    client.post(change(event), form_of(event, starts_at="2027-05-30T09:00:00"))
    event.refresh_from_db()
    assert event.slug == "2027-06-01-audiencia-final"


def test_an_announced_address_and_a_state_cannot_be_written(desk, staff, event_open):
    slug = event_open.slug
    data = form_of(event_open, slug="2020-01-01-otra", status="held", status_reason="x", title="T")
    desk(staff.communications).post(change(event_open), data)
    event_open.refresh_from_db()
    assert (event_open.slug, event_open.status, event_open.status_reason) == (slug, "announced", "")
    assert event_open.title == "T"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2027-05-12T08:00:00"}, "ends_at"),
        ({"ends_at": "2027-05-12T09:00:00"}, "ends_at"),
        (
            {"questions_open_at": "2027-05-02T08:00", "questions_close_at": "2027-05-01T08:00"},
            "questions_close_at",
        ),
        ({"period_from": "2027-01-02", "cutoff_on": "2027-01-01"}, "cutoff_on"),
        ({"slug": "jornada"}, "slug"),
        ({"starts_at": "mañana"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:30:00"}, "ends_at"),
    ],
)
def test_mistakes_are_told_beside_their_field(desk, staff, changes, field):
    data = form_of(title="Lo que escribí", **changes)
    response = desk(staff.communications).post(f"{DESK}add/", data)
    assert response.status_code == 200
    assert set(errors(response)) == {field}
    assert 'value="Lo que escribí"' in response.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x"])
@pytest.mark.parametrize("prefix", ["streams", "documents"])
def test_addresses_that_act_are_refused(desk, staff, prefix, url):
    row = {"kind": "other", "label": "A", "title": "A", "url": url}
    response = desk(staff.communications).post(f"{DESK}add/", form_of(rows={prefix: [row]}))
    assert set(errors(response)) == {f"{prefix}.url"}
    assert not Event.objects.exists()


def test_a_holiday_is_told(desk, staff):
    day = {"starts_at": "2027-07-20T09:00:00", "ends_at": "2027-07-20T10:00:00"}
    client = desk(staff.communications)
    response = client.post(f"{DESK}add/", form_of(**day))
    assert "20 de julio de 2027 no es día hábil: Día de la Independencia." in said(response)
    client.get(DESK)  # what was said is read now
    response = client.post(f"{DESK}add/", form_of())
    assert not any("día hábil" in words for words in said(response))


def test_an_anchor_is_made_of_the_title(desk, staff):
    row = {"title": "Cómo participar", "body": "Así."}
    client = desk(staff.communications)
    client.post(f"{DESK}add/", form_of(rows={"sections": [row]}))
    assert EventSection.objects.get().slug == "como-participar"
    response = client.post(f"{DESK}add/", form_of(rows={"sections": [row, row]}))
    assert response.status_code == 200
    assert Event.objects.count() == 1


def upload(name="informe.pdf", data=None):
    return SimpleUploadedFile(name, files.pdf() if data is None else data)


def with_file(file, **row) -> dict:
    row = {"kind": "budget", "title": "Presupuesto", "file": file, **row}
    return {"documents": [row]}


def test_a_document_is_stored_with_its_format_and_size(desk, staff):
    client = desk(staff.communications)
    response = client.post(f"{DESK}add/", form_of(rows=with_file(upload())))
    assert response.status_code == 302
    document = Document.objects.get()
    # The gate writes a PDF anew, so its size is that of what is kept.
    assert (document.format, document.size_bytes) == ("PDF", document.stored.size)
    assert document.stored.content.size == document.size_bytes
    assert document.stored.name == "informe.pdf"
    assert "informe.pdf" in client.get(change(document.event)).content.decode()


@pytest.mark.parametrize(
    "data", [b"", b"MZ program", files.HTML, files.SVG, b"%PDF-1.4 broken", files.archive()]
)
def test_a_refused_file_is_told_beside_it_and_nothing_is_lost(desk, staff, data):
    form = form_of(title="Lo que escribí", rows=with_file(upload(data=data)))
    response = desk(staff.communications).post(f"{DESK}add/", form)
    assert set(errors(response)) == {"documents.file"}
    text = response.content.decode()
    assert 'value="Lo que escribí"' in text
    assert 'value="Presupuesto"' in text
    assert not Event.objects.exists()
    assert not StoredFile.objects.exists()


def test_no_file_is_kept_of_a_page_that_is_refused(desk, staff):
    form = form_of(rows=with_file(upload()), title="")
    desk(staff.communications).post(f"{DESK}add/", form)
    assert not StoredFile.objects.exists()


def test_a_document_wants_an_address_or_a_file(desk, staff):
    response = desk(staff.communications).post(f"{DESK}add/", form_of(rows=with_file("")))
    assert set(errors(response)) == {"documents.url"}


def test_a_real_event_fits_into_one_form(desk, staff):
    """Eight documents, six sections, five ways, four streams, as the browser sends."""
    client = desk(staff.communications)
    rows = {
        "documents": [
            {"kind": "other", "title": f"D{n}", "url": "https://a.example"} for n in range(8)
        ],
        "sections": [{"title": f"S{n}", "body": "x"} for n in range(6)],
        "ways": [{"icon": "mail", "title": f"W{n}", "body": "x"} for n in range(5)],
        "streams": [
            {"kind": "radio", "label": f"R{n}", "url": "https://a.example"} for n in range(4)
        ],
    }
    assert client.post(f"{DESK}add/", form_of(rows=rows)).status_code == 302
    event = Event.objects.get()
    Event.objects.filter(pk=event.pk).update(status="announced")  # streams have more fields now
    sent = sent_by_browser(client.get(change(event)))
    assert client.post(change(event), {**sent, "title": "Otro título"}).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.streams.count(), event.documents.count()) == ("Otro título", 4, 8)


def sent_by_browser(response) -> dict:
    """Every field of the page with the value it shows."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {"read_revision": response.context["original"].revision}
    for form in forms:
        for field in form:
            value = field.field.widget.format_value(field.value())
            value = value[0] if isinstance(value, list) and value else value
            if value is not False and field.name != "DELETE":
                sent[field.html_name] = value or ""
    return sent


def test_an_edit_is_seen_on_the_page(desk, staff, event_open):
    client = desk(staff.communications)
    path = event_open.get_absolute_url()
    assert "Otro título" not in client.get(path).content.decode()
    rows = {"sections": [{"title": "Un punto más", "body": "x"}]}
    client.post(change(event_open), form_of(event_open, rows, title="Otro título"))
    text = client.get(path).content.decode()
    assert "Otro título" in text
    assert "Un punto más" in text


def test_the_page_is_linked_once_it_is_public(desk, staff, event_open):
    client = desk(staff.root)
    assert "viewsitelink" in client.get(change(event_open)).content.decode()
    assert "viewsitelink" not in client.get(change(draft_of(event_open))).content.decode()


def test_only_a_draft_can_be_deleted(desk, staff, event_open):
    client = desk(staff.root)
    assert client.post(f"{DESK}{event_open.pk}/delete/", {"post": "yes"}).status_code == 403
    draft_of(event_open)
    assert client.post(f"{DESK}{event_open.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Event.objects.exists()


def test_the_kind_of_events(desk, staff, event_open):
    client, path = desk(staff.administration), "/gestion/events/eventkind/"
    kind = event_open.kind
    assert client.get(path).status_code == 200
    days = {"notice": 30, "posting": 10, "report": 20, "speaker": 3, "minutes": 5, "answer": 15}
    numbers = {f"{name}_days": number for name, number in days.items()}
    data = {"code": "otro", "name": "Cabildo abierto", "order": 3, **numbers}
    assert client.post(f"{path}{kind.pk}/change/", data).status_code == 302
    assert EventKind.objects.get(pk=kind.pk).name == "Cabildo abierto"
    assert not EventKind.objects.filter(pk="otro").exists()
    assert "Cabildo abierto" in client.get(event_open.get_absolute_url()).content.decode()
    assert desk(staff.communications).get(path).status_code == 403
