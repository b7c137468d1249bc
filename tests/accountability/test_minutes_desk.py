"""The text of minutes at the desk: one section at a time, nobody's words lost, nothing published
changed."""

import pytest
from django.core.exceptions import PermissionDenied

from accountability.minutes import building, editing
from accountability.minutes import workflow as editions
from accountability.minutes.desk import MinutesDesk
from accountability.models import Minutes, MinutesSection
from evaluation import workflow as evaluation
from evaluation.models import Ballot, BallotAnswer, Survey, SurveyQuestion
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import Transition
from tests.accountability.conftest import at

pytestmark = pytest.mark.django_db
LIST = "/gestion/accountability/minutes/"
K = MinutesSection.Kind


def page_of(minutes) -> str:
    return f"{LIST}{minutes.pk}/texto/"


@pytest.fixture
def first(draft_minutes):
    return draft_minutes.sections.first()


@pytest.fixture
def writer(client, staff):
    client.force_login(staff.communications)
    return client


def sent(section, **changes):
    told = {
        "act": "save", "section": section.pk, "seen": editing.mark(section),
        "title": section.title, "body": section.body,
    }  # fmt: skip
    return {**told, **changes}


def words(section) -> str:
    return MinutesSection.objects.get(pk=section.pk).body


def test_a_section_is_written(writer, draft_minutes, first):
    page = writer.get(f"{page_of(draft_minutes)}?seccion={first.pk}").content.decode()
    assert editing.mark(first) in page
    answer = writer.post(page_of(draft_minutes), sent(first, body="Uno.\r\n\r\nDos."))
    assert (answer.status_code, answer["Location"]) == (
        303, f"{page_of(draft_minutes)}#s-{first.pk}",
    )  # fmt: skip
    assert MinutesSection.objects.get(pk=first.pk).paragraphs == ["Uno.", "Dos."]
    trace = Transition.objects.get(kind="minutes", object_id=draft_minutes.pk, move="edit_minutes")
    assert trace.detail == "Apertura"


def test_the_second_of_two_keeps_what_they_typed(writer, draft_minutes, first, staff):
    mine = sent(first, body="Lo que escribí yo.")
    editing.write_section(first, actor=staff.root, title="Apertura", body="Lo de otra persona.")
    answer = writer.post(page_of(draft_minutes), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lo que escribí yo." in page
    assert "Lo de otra persona." in page
    assert words(first) == "Lo de otra persona."
    assert writer.post(page_of(draft_minutes), {**mine, "seen": "x"}).status_code == 409


def test_a_section_taken_away_meanwhile_loses_no_text(writer, draft_minutes, first, staff):
    mine = sent(first, body="Lo que escribí yo.")
    editing.remove_section(first, actor=staff.root)
    answer = writer.post(page_of(draft_minutes), mine)
    assert answer.status_code == 409
    assert "Lo que escribí yo." in answer.content.decode()


def test_an_empty_text_is_refused_beside_its_field(writer, draft_minutes, first):
    answer = writer.post(page_of(draft_minutes), sent(first, body="  ", title=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "id_body-error" in page
    assert "id_title-error" in page
    assert words(first).startswith("Primero de")


def test_hostile_words_stay_words(writer, draft_minutes, first):
    writer.post(page_of(draft_minutes), sent(first, body="<script>alert(1)</script>\x00 fin"))
    page = writer.get(page_of(draft_minutes)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    for act in ("up-", "up-9999999999999999999999", "drop-1", "renew-x"):
        assert writer.post(page_of(draft_minutes), {"act": act}).status_code in (400, 409)


def test_sections_change_places_and_come_and_go(writer, draft_minutes, first):
    address = page_of(draft_minutes)
    writer.post(address, {"act": f"down-{first.pk}"})
    assert [s.title for s in draft_minutes.sections.all()] == ["Compromisos", "Apertura"]
    writer.post(address, {"act": f"down-{first.pk}"})
    assert [s.title for s in draft_minutes.sections.all()] == ["Compromisos", "Apertura"]
    writer.post(address, {"act": "save", "section": "nueva", "title": "Anexo", "body": "Uno."})
    writer.post(address, {"act": f"remove-{first.pk}", f"seen-{first.pk}": editing.mark(first)})
    assert [s.title for s in draft_minutes.sections.all()] == ["Compromisos", "Anexo"]


def test_what_a_person_wrote_gives_way_only_when_asked(writer, draft_minutes, staff):
    building.build(draft_minutes, actor=staff.communications)
    closing = draft_minutes.sections.get(kind=K.CLOSING)
    editing.write_section(closing, actor=staff.communications, title="Cierre", body="A mano.")
    writer.post(page_of(draft_minutes), {"act": "bring"})
    assert words(closing) == "A mano."
    stale = {"act": f"renew-{closing.pk}", f"seen-{closing.pk}": editing.mark(closing)}
    assert writer.post(page_of(draft_minutes), stale).status_code == 409
    assert words(closing) == "A mano."
    closing.refresh_from_db()
    seen = editing.mark(closing)
    writer.post(page_of(draft_minutes), {**stale, f"seen-{closing.pk}": seen})
    assert words(closing).startswith("La jornada terminó")


def test_the_page_tells_what_is_missing(draft_minutes, staff, promise):
    draft_minutes.signatories.all().delete()
    promise(draft=True)
    building.build(draft_minutes, actor=staff.communications)
    attendance = draft_minutes.sections.first()
    attendance.body = "Asistió Rosa Elvira Pinto Ardila, teléfono 310 555 0142."
    attendance.save()
    told = " ".join(str(words) for words, _anchor in MinutesDesk(draft_minutes).warnings)
    assert "310 555 0142" in told
    assert "quién firma" in told
    assert "1 compromiso" in told


@pytest.mark.parametrize("role", ["moderation", "office"])
def test_others_do_not_write(client, draft_minutes, first, staff, role):
    client.force_login(staff[role])
    answer = client.post(page_of(draft_minutes), sent(first, body="Intruso."))
    assert answer.status_code in (302, 403)
    assert "Intruso." not in words(first)
    with pytest.raises(PermissionDenied):
        editing.write_section(first, actor=staff[role], title="x", body="Intruso.")


def test_nobody_is_let_in_without_signing_in(client, draft_minutes):
    assert client.get(page_of(draft_minutes)).status_code == 302


def test_a_published_edition_is_changed_by_nobody(client, minutes, staff):
    """Not by its sections, its head, a deletion, nor by the one who may everything."""
    section = minutes.sections.first()
    before = [(s.title, s.body) for s in minutes.sections.all()]
    client.force_login(staff.root)
    page = client.get(page_of(minutes))
    assert b"<textarea" not in page.content
    assert client.post(page_of(minutes), sent(section, body="Otra.")).status_code == 403
    for act in ("bring", f"up-{section.pk}", f"remove-{section.pk}", f"renew-{section.pk}"):
        assert client.post(page_of(minutes), {"act": act}).status_code == 409
    assert client.post(f"{LIST}{minutes.pk}/delete/", {"post": "yes"}).status_code == 403
    gone = {"action": "delete_selected", "_selected_action": [minutes.pk], "post": "yes"}
    client.post(LIST, gone)
    client.post(f"{LIST}{minutes.pk}/change/", {"number": "999", "place": "Otra"})
    minutes.refresh_from_db()
    assert (minutes.number, minutes.status) == ("003-2020", "published")
    assert [(s.title, s.body) for s in minutes.sections.all()] == before
    for step in (
        lambda: editing.write_section(section, actor=staff.root, title="x", body="y"),
        lambda: editing.add_section(minutes, actor=staff.root, title="x", body="y"),
        lambda: editing.shift_section(section, actor=staff.root, by=1),
        lambda: editing.remove_section(section, actor=staff.root),
    ):
        with pytest.raises(MoveRefused):
            step()


def test_an_editor_that_was_open_when_it_was_published(writer, draft_minutes, first, staff):
    stale = MinutesSection.objects.select_related("minutes").get(pk=first.pk)
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    editions.publish_minutes(draft_minutes, actor=staff.approval, at=at("2020-12-28"))
    with pytest.raises(Overtaken):
        editing.write_section(stale, actor=staff.communications, title="x", body="Tarde.")
    assert "Tarde." not in words(first)


def head(minutes, **changes):
    told = {
        "number": "003-2020", "place": "San Gil", "started_at_0": "2020-12-21",
        "started_at_1": "09:00", "ended_at_0": "2020-12-21", "ended_at_1": "12:00",
        "president": "Dirección General", "secretary": "Otra secretaría",
        "read_revision": minutes.revision, "signatories-TOTAL_FORMS": 0,
        "signatories-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**told, **changes}


def test_the_head_is_kept_from_being_overwritten(writer, draft_minutes):
    address = f"{LIST}{draft_minutes.pk}/change/"
    old = head(draft_minutes)
    assert writer.post(address, old).status_code == 302
    answer = writer.post(address, {**old, "secretary": "Una tercera"})
    assert answer.status_code == 200
    assert "Una tercera" in answer.content.decode()
    draft_minutes.refresh_from_db()
    assert draft_minutes.secretary == "Otra secretaría"
    late = head(draft_minutes, ended_at_1="08:00")
    assert b"errorlist" in writer.post(address, late).content


def test_new_minutes_begin_with_what_the_event_knows(writer, event_held):
    page = writer.get(f"{LIST}add/").content.decode()
    assert f'value="{event_held.pk}" selected' in page
    told = head(Minutes(), event=event_held.pk, _save="1")
    answer = writer.post(f"{LIST}add/", told)
    assert answer["Location"] == page_of(Minutes.objects.get())


def test_a_closed_survey_is_told_by_its_numbers(draft_minutes, event_held, staff):
    survey = Survey.objects.create(event=event_held, title="Evaluación", number=1)
    question = SurveyQuestion.objects.create(survey=survey, text="¿Fue clara?", kind="scale")
    evaluation.open_survey(survey, actor=staff.communications)
    ballot = Ballot.objects.create(survey=survey)
    BallotAnswer.objects.create(ballot=ballot, question=question, scale=4)
    building.build(draft_minutes, actor=staff.communications)
    assert not draft_minutes.sections.filter(kind=K.EVALUATION).exists()
    evaluation.close_survey(survey, actor=staff.communications)
    building.build(draft_minutes, actor=staff.communications)
    told = draft_minutes.sections.get(kind=K.EVALUATION).body
    assert "Evaluación: respondió 1 persona." in told
    assert "¿Fue clara? 4,0 de 5." in told
