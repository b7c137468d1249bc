"""Minutes: built from data, never over a person's words; open drafts; editions that stay."""

from datetime import date

import pytest

from accountability.minutes import building, differences
from accountability.minutes import workflow as editions
from accountability.models import Minutes, MinutesSection
from entity.models import Office
from events.models import AgendaItem, Document
from events.session import log
from portal.base.machine import MoveRefused, Overtaken
from tests.accountability.conftest import at
from tests.races import at_once

pytestmark = pytest.mark.django_db
ACTA = "/eventos/2020-12-21-jornada/acta/"
K = MinutesSection.Kind


@pytest.fixture
def started(event_held):
    """Minutes of the hearing that nobody wrote in yet."""
    heads = {"president": "Dirección General", "secretary": "Secretaría General"}
    return Minutes.objects.create(event=event_held, **{**editions.known_of(event_held), **heads})


def bodies(minutes) -> dict[str, str]:
    return {section.kind: section.body for section in minutes.sections.all()}


def read(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_they_begin_with_what_the_event_knows(started, event_held):
    assert (started.edition, started.status) == (1, "draft")
    assert (started.started_at, started.ended_at) == (event_held.starts_at, event_held.ends_at)


def test_every_section_comes_from_data(started, event_held, staff, record, promise):
    office = Office.objects.get(code="autoridad-ambiental")
    item = AgendaItem.objects.create(
        event=event_held, order=9, title="Agua y vertimientos", minutes=30, office=office,
        started_at=at("2020-12-21", 10), outcome="Se presentaron las visitas del año.",
    )  # fmt: skip
    log.add(event_held, "note", "Habla la veeduría de Oiba", item=item, at=at("2020-12-21", 10))
    log.add(event_held, "note", "Nota del equipo", item=item, is_public=False)
    Document.objects.create(
        event=event_held, title="Informe de gestión", url="https://cas.example/i"
    )
    promise("Visitar los vertimientos", "2021-03-31")
    building.build(started, actor=staff.communications)
    made = bodies(started)
    assert "presidió Dirección General" in made[K.OPENING]
    assert "Zoom: 120" in made[K.ATTENDANCE]
    assert "10:00\u00a0a.\u00a0m. Agua y vertimientos" in made[K.AGENDA]
    assert "Se presentaron las visitas del año." in made[K.ITEM]
    assert "Habla la veeduría de Oiba" in made[K.ITEM]
    assert "Informe de gestión" in made[K.DOCUMENTS]
    assert "31 de marzo de 2021" in made[K.COMMITMENTS]
    assert "https://video.example/v?id=7" in made[K.ANNEXES]
    assert "Nota del equipo" not in str(made)


def test_questions_by_what_became_of_them(started, event_held, staff, entity, public_question):
    """Answered, waiting, and unpublished: the last one is nowhere."""
    answered, waiting, hidden = public_question(answer=True), public_question(), "Sin revisar"
    building.build(started, actor=staff.communications)
    made = bodies(started)
    assert answered.reference in made[K.WRITTEN]
    assert "Se responde en una frase" in made[K.WRITTEN]
    assert waiting.reference in made[K.PENDING]
    assert answered.reference not in made[K.PENDING]
    assert hidden not in str(made)
    assert "vecina@example.org" not in str(made)


def test_building_again_keeps_what_a_person_wrote(started, event_held, staff, promise):
    promise("Visitar los vertimientos")
    building.build(started, actor=staff.communications)
    started.sections.filter(kind=K.OPENING).update(body="Lo escribió una persona.")
    promise("Publicar los informes")
    told = building.build(started, actor=staff.communications)
    assert (told.added, told.renewed, told.kept) == (0, 1, 1)
    made = bodies(started)
    assert made[K.OPENING] == "Lo escribió una persona."
    assert "publicar los informes" in made[K.COMMITMENTS]


def test_one_section_may_be_taken_anew_on_purpose(started, staff):
    building.build(started, actor=staff.communications)
    started.sections.filter(kind=K.CLOSING).update(body="Otra cosa.")
    building.renew(started.sections.get(kind=K.CLOSING), actor=staff.communications)
    assert started.sections.get(kind=K.CLOSING).body.startswith("La jornada terminó")


def test_what_is_published_is_never_built_nor_edited(minutes, staff):
    with pytest.raises(MoveRefused):
        building.build(minutes, actor=staff.communications)
    assert minutes.sections.count() == 2


def test_two_who_build_at_once_one_is_told(started, staff):
    mine, theirs = Minutes.objects.get(pk=started.pk), Minutes.objects.get(pk=started.pk)
    building.build(mine, actor=staff.communications)
    with pytest.raises(Overtaken):
        building.build(theirs, actor=staff.communications)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_one_wins(draft_minutes, staff):
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    one, other = (Minutes.objects.get(pk=draft_minutes.pk) for _n in range(2))
    refused, faults = at_once(
        lambda: editions.publish_minutes(one, actor=staff.approval),
        lambda: editions.publish_minutes(other, actor=staff.communications),
    )
    assert (len(refused), faults) == (1, [])
    assert Minutes.objects.get(pk=draft_minutes.pk).status == "published"


def test_the_draft_is_public_while_remarks_are_asked_for(client, draft_minutes, staff):
    assert client.get(ACTA + "borrador/").status_code == 404
    editions.open_to_remarks(
        draft_minutes, actor=staff.approval, until=date(2021, 1, 5), at=at("2020-12-29")
    )
    page = read(client, ACTA + "borrador/")
    assert "Esto es un borrador" in page
    assert 'content="noindex"' in page
    assert 'id="p-3"' in page
    assert client.get(ACTA).status_code == 404
    editions.close_to_remarks(draft_minutes, actor=staff.approval)
    assert client.get(ACTA + "borrador/").status_code == 404


def test_a_day_that_passed_is_refused(draft_minutes, staff):
    with pytest.raises(MoveRefused):
        editions.open_to_remarks(
            draft_minutes, actor=staff.approval, until=date(2020, 12, 28), at=at("2020-12-29")
        )


def test_approval_waits_for_the_last_day(draft_minutes, staff):
    editions.open_to_remarks(
        draft_minutes, actor=staff.approval, until=date(2021, 1, 5), at=at("2020-12-29")
    )
    with pytest.raises(MoveRefused):
        editions.approve_minutes(draft_minutes, actor=staff.approval, at=at("2021-01-05", 23))
    editions.approve_minutes(draft_minutes, actor=staff.approval, at=at("2021-01-06", 0))
    assert draft_minutes.status == "approved"


def test_an_old_edition_keeps_its_address_and_says_there_is_another(client, minutes, staff):
    fresh = editions.new_edition(minutes, actor=staff.communications, change_note="Una hora.")
    fresh.sections.filter(order=1).update(body="Primero de Apertura.\n\nTercero, nuevo del todo.")
    assert client.get(ACTA + "edicion-2/").status_code == 404
    editions.approve_minutes(fresh, actor=staff.approval)
    editions.publish_minutes(fresh, actor=staff.approval, at=at("2021-02-03"))
    old = read(client, ACTA + "edicion-1/")
    assert "Segundo de Apertura." in old
    assert "Hay una edición más nueva" in old
    new = read(client, ACTA)
    assert "Qué cambió la edición 2" in new
    assert "Tercero, nuevo del todo." in new
    assert new.count("<del>") == 1
    assert client.get(ACTA + "edicion-3/").status_code == 404


def test_the_words_of_a_change():
    old = ["La jornada empezó a las nueve.", "Queda igual.", "Se fue este párrafo entero."]
    new = ["La jornada empezó a las diez.", "Queda igual.", "Vino otro sin relación alguna."]
    changed, gone, fresh = differences.between(old, new)
    assert (changed.kind, changed.number) == ("changed", 1)
    assert ("nueve.", "gone") in changed.pieces
    assert ("diez.", "new") in changed.pieces
    assert (gone.kind, fresh.kind, fresh.number) == ("gone", "new", 3)


def test_the_same_text_has_no_changes():
    assert differences.between(["Uno.", "Dos."], ["Uno.", "Dos."]) == []


def test_the_desk_brings_the_data(client, started, staff):
    client.force_login(staff.communications)
    address = "/gestion/accountability/minutes/"
    client.post(address, {"action": "bring", "_selected_action": [started.pk]})
    assert started.sections.filter(kind=K.OPENING).exists()
