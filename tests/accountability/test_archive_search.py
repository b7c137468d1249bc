"""Search finds sections of the minutes and passages of transcripts at their anchors."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability import publishing, workflow
from accountability.archive import passages
from accountability.minutes import workflow as editions
from accountability.models import MinutesSection, SessionRecord
from portal.base import search, search_parts
from portal.base.models import SearchEntry

pytestmark = pytest.mark.django_db
ACTA = "/eventos/2020-12-21-jornada/acta/"
SAID = "/eventos/2020-12-21-jornada/transcripcion/"


def paths(query, kind=""):
    keys = search_parts.newest(query, kind=kind).keys
    return [entry.path for entry in search.entries_in_order(keys)]


def transcript(record, staff, *spoken):
    """Publishes a record in which each of `spoken` (second, words) is a paragraph."""
    record.transcript = "\n\n".join(
        f"[{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}] {words}"
        for second, words in spoken
    )
    record.save()
    return workflow.publish_record(record, actor=staff.approval)


def test_a_section_is_found_at_its_anchor_on_the_page(client, minutes):
    assert paths("segundo apertura") == [f"{ACTA}#s-1"]
    assert paths("segundo compromisos") == [f"{ACTA}#s-2"]
    page = client.get(ACTA).content.decode()
    assert 'id="s-2"' in page and "Segundo de Compromisos." in page
    found = client.get("/buscar/?q=segundo+compromisos").content.decode()
    assert f'href="{ACTA}#s-2"' in found
    entry = SearchEntry.objects.get(path=f"{ACTA}#s-2")
    assert entry.title == "Acta 003-2020, edición 1: Compromisos"


def test_words_that_stand_far_apart_find_the_whole(minutes):
    assert paths("apertura compromisos") == [ACTA]
    assert paths("acta 003-2020") == [ACTA]


def test_a_long_section_is_found_at_the_paragraph_where_a_piece_begins(
    client, draft_minutes, staff
):
    last = "Por último, la curtiembre de la vereda. "
    body = "\n\n".join(["Texto de relleno. " * 80] * 3 + [last])
    MinutesSection.objects.create(minutes=draft_minutes, order=3, title="Largo", body=body)
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    editions.publish_minutes(draft_minutes, actor=staff.approval)
    assert paths("curtiembre") == [f"{ACTA}#p-7"]
    page = client.get(ACTA).content.decode()
    assert "curtiembre" in page.partition('id="p-7"')[2].partition('id="p-9"')[0]


def test_a_new_edition_takes_the_place_of_the_old_one(minutes, staff):
    second = editions.new_edition(minutes, actor=staff.communications, change_note="Una cifra")
    section = second.sections.first()
    section.body = "Palabra jacaranda.\n\nOtra cosa."
    section.save()
    assert paths("jacaranda") == []
    editions.approve_minutes(second, actor=staff.approval)
    editions.publish_minutes(second, actor=staff.approval)
    assert paths("jacaranda") == [f"{ACTA}#s-1"]
    assert not SearchEntry.objects.filter(body__contains="Segundo de Apertura").exists()
    titles = set(SearchEntry.objects.filter(kind="minutes").values_list("title", flat=True))
    assert titles == {
        "Acta 003-2020, edición 2", "Acta 003-2020, edición 2: Apertura",
        "Acta 003-2020, edición 2: Compromisos",
    }  # fmt: skip


def test_a_draft_is_not_found(draft_minutes, staff):
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    passages.index_minutes(draft_minutes.event)
    assert not SearchEntry.objects.filter(kind="minutes").exists()


def test_what_was_said_is_found_at_its_second(client, record, staff):
    transcript(
        record, staff, (0, "Damos inicio."), (90, "Sigue la mesa."), (125, "Habla el frailejón."),
        (750, "Se cierra el frailejonal de Guantiva."),
    )  # fmt: skip
    assert paths("mesa") == [f"{SAID}#t-0"]
    assert paths("guantiva") == [f"{SAID}#t-750"]
    assert 'id="t-750"' in client.get(SAID).content.decode()
    assert f'href="{SAID}#t-750"' in client.get("/buscar/?q=guantiva").content.decode()
    SessionRecord.objects.update(status="draft")
    record.refresh_from_db()
    publishing.record_changed(record)
    assert not SearchEntry.objects.filter(kind="record").exists()


def test_a_transcript_without_times_leads_to_its_page(record, staff):
    record.transcript = "\n\n".join(["La primera palabra. " * 60] * 4 + ["El guayacán."])
    record.save()
    workflow.publish_record(record, actor=staff.approval)
    assert paths("guayacan") == [SAID]
    assert SearchEntry.objects.filter(kind="record").count() == 5  # four passages and the whole


def test_one_transcript_does_not_drown_a_question(client, record, staff, public_question):
    question = public_question(answer=True)
    transcript(record, staff, *((200 * n, f"Se habla de la quebrada, vez {n}.") for n in range(9)))
    page = client.get("/buscar/?q=quebrada").content.decode()
    assert page.count(f'href="{SAID}') == 2
    assert f"/preguntas/{question.number}-" in page
    assert "3 resultados" in page
    assert page.index(f"{SAID}#t-0") < page.index(f"{SAID}#t-200")  # as they were said
    assert "7 pasajes más de este texto" in page
    assert '?q=quebrada&amp;tipo=transcripciones"' in page
    alone = client.get("/buscar/?q=quebrada&tipo=transcripciones").content.decode()
    assert alone.count(f'href="{SAID}#t-') == 9


def test_a_transcript_takes_no_place_of_older_things(record, staff, public_question, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 10)
    question = public_question()
    SearchEntry.objects.filter(kind="question").update(dated_on="2019-01-01")
    transcript(record, staff, *((200 * n, "Se habla de la quebrada.") for n in range(25)))
    found = search_parts.newest("quebrada")
    assert (len(found.keys), found.is_cut) == (3, False)
    oldest = search.entries_in_order(found.keys)[-1]
    assert (oldest.kind, oldest.object_id) == ("question", question.pk)
    assert list(found.more.values()) == [23]


def test_the_page_asks_the_same_however_many_passages(client, record, staff, count_queries):
    transcript(record, staff, (0, "Se habla de la quebrada."))
    few = count_queries("/buscar/?q=quebrada")
    record.transcript = "\n\n".join(
        f"[{n // 60:02d}:{n % 60:02d}:00] La quebrada." for n in range(0, 900, 3)
    )
    publishing.record_changed(record)
    assert SearchEntry.objects.filter(kind="record").count() == 301
    assert count_queries("/buscar/?q=quebrada") == few


def test_to_publish_again_writes_nothing(record, staff):
    made = transcript(record, staff, *((200 * n, f"Vez {n}.") for n in range(40)))
    before = set(SearchEntry.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as captured:
        passages.index_transcript(made)
    assert not [q for q in captured if q["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == before


def test_rows_are_written_anew_and_strange_ones_go(minutes, record, staff, promise, capsys):
    transcript(record, staff, (0, "Damos inicio."))
    promise()
    standing = sorted(SearchEntry.objects.values_list("kind", "object_id", "path"))
    kinds = {kind for kind, *_rest in standing}
    assert kinds == {"commitment", "event", "minutes", "record"}
    SearchEntry.objects.exclude(kind="event").delete()
    for kind, key in (("minutes", minutes.event_id), ("record", record.pk), ("question", 77)):
        search.index(kind, key, path="/de/antes/", title="Fila de una versión anterior")
    search.index("document", 5, path="/informe.pdf", title="Informe")
    for _twice in range(2):
        call_command("rebuild_search")
        rows = SearchEntry.objects.exclude(kind="document")
        assert sorted(rows.values_list("kind", "object_id", "path")) == standing
    assert SearchEntry.objects.filter(kind="document").count() == 1
    assert "minutes: 3" in capsys.readouterr().out
    commitment = SearchEntry.objects.get(kind="commitment")
    assert commitment.path.startswith("/compromisos/c-")


def test_hostile_transcripts_are_indexed(record, staff):
    spoken = "<script>alert(1)</script> ' OR 1=1 -- \x0b " + "palabrota" * 500
    transcript(record, staff, (50, spoken), (10, "Vuelve atrás."), (10, "Otra vez."))
    assert paths("atras") == [f"{SAID}#t-10"]
    assert paths("script alert") == [f"{SAID}#t-50"]
