"""Who follows a commitment: by e-mail with a confirmation, as its author, by feed."""

import re
from datetime import date

import feedparser
import pytest

from accountability import workflow
from accountability.voices import workflow as voices
from entity.models import Municipality
from portal.base import announcements, follows
from portal.base.models import OutgoingMail, Subscription
from questions import workflow as questions
from questions.models import Question

pytestmark = pytest.mark.django_db
SECRET = "El alcalde me debe dinero"


def mails() -> list[OutgoingMail]:
    announcements.expand_due()
    return list(OutgoingMail.objects.order_by("pk"))


@pytest.fixture
def followed(promise):
    """A public commitment that somebody follows."""
    commitment = promise()
    follows.add("commitment:C-01", "ana@example.org", "es-co")
    return commitment


def test_following_wants_a_confirmation(client, promise):
    page = promise().get_absolute_url()
    assert f'href="{page}seguir/"' in client.get(page).content.decode()
    answer = client.post(f"{page}seguir/", {"email": "Ana@Example.org"})
    assert answer.headers["Location"] == f"{page}seguir/?enviado=1"
    row = Subscription.objects.get()
    assert (row.topic, row.email, row.confirmed_at) == ("commitment:C-01", "ana@example.org", None)
    letter = OutgoingMail.objects.get()
    assert "compromiso C-01" in letter.text
    confirm = re.search(r"https?://[^/\s]+(/seguir/confirmar/\S+)", letter.text).group(1)
    client.post(confirm)
    assert Subscription.objects.get().confirmed_at is not None


def test_a_wrong_address_keeps_what_was_typed(client, promise):
    page = promise().get_absolute_url()
    answer = client.post(f"{page}seguir/", {"email": "ana@"}).content.decode()
    assert 'value="ana@"' in answer
    assert 'aria-invalid="true"' in answer
    assert not Subscription.objects.exists()


def test_a_draft_cannot_be_followed(client, promise):
    draft = promise(draft=True)
    for tail in ("seguir/", "contar/"):
        assert client.get(f"{draft.get_absolute_url()}{tail}").status_code == 404
    assert client.get("/compromisos/c-01/novedades.atom").status_code == 404
    assert follows.describe("commitment:C-01") is None


def test_followers_hear_of_news_dates_and_the_end(followed, told, staff):
    told(followed, done=15, title="Terminaron las visitas")
    followed.refresh_from_db()
    change = {"to_date": date(2021, 5, 1), "reason": "Las lluvias cerraron la vía."}
    workflow.change_date(followed, actor=staff.approval, **change)
    workflow.fulfil_commitment(followed, actor=staff.approval)
    sent = mails()
    assert [mail.to for mail in sent] == ["ana@example.org"] * 3
    assert [mail.subject for mail in sent] == [
        "Novedades del compromiso C-01",
        "El compromiso C-01 tiene otra fecha",
        "Compromiso C-01: cumplido",
    ]
    assert "Terminaron las visitas" in sent[0].text
    assert "15 de 15 visitas con informe" in sent[0].text
    assert "Las lluvias cerraron la vía." in sent[1].text
    assert "31 de marzo de 2021" in sent[1].text
    assert all("List-Unsubscribe" in mail.headers for mail in sent)


def test_who_stopped_hears_no_more(client, followed, told):
    row = Subscription.objects.get()
    follows.stop(follows.token(row, follows.STOP))
    told(followed)
    assert mails() == []


def test_the_author_follows_and_is_told_once(promise, public_question):
    question = public_question()
    OutgoingMail.objects.all().delete()
    promise(question=question)
    row = Subscription.objects.get(topic="commitment:C-01")
    assert (row.email, row.confirmed_at is not None) == ("vecina@example.org", True)
    assert [(mail.to, mail.subject) for mail in mails()] == [
        ("vecina@example.org", "Se publicó el compromiso C-01")
    ]


def test_followers_of_the_contribution_hear_of_its_commitment(promise, public_question):
    question = public_question()
    follows.add(f"question:{question.number}", "beto@example.org", "es-co")
    OutgoingMail.objects.all().delete()
    promise(question=question)
    assert sorted(mail.to for mail in mails()) == ["beto@example.org", "vecina@example.org"]


def test_a_withheld_contribution_is_hinted_at_to_nobody(client, promise, public_question, staff):
    question = public_question()
    Question.objects.filter(pk=question.pk).update(title=SECRET)
    question.refresh_from_db()
    follows.add(f"question:{question.number}", "beto@example.org", "es-co")
    questions.withhold(question, actor=staff.moderation, reason="insults")
    announcements.expand_due()
    OutgoingMail.objects.all().delete()
    commitment = promise(question=question)
    assert [mail.to for mail in mails()] == ["vecina@example.org"]
    assert SECRET not in mails()[0].text
    for path in (
        commitment.get_absolute_url(), "/compromisos/", "/compromisos/novedades.atom",
        "/compromisos/c-01/novedades.atom", "/compromisos/compromisos.csv",
    ):  # fmt: skip
        page = client.get(path).content.decode()
        assert SECRET not in page
        assert question.reference not in page
        assert f"/preguntas/{question.number}" not in page


def test_who_took_a_contribution_back_does_not_follow(promise, public_question):
    question = public_question()
    questions.withdraw_question(question)
    OutgoingMail.objects.all().delete()
    promise(question=question)
    assert not Subscription.objects.filter(topic="commitment:C-01").exists()
    assert mails() == []


def feed_of(client, path) -> list[tuple[str, str]]:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return [(entry.title, entry.id) for entry in found.entries]


def test_the_feed_of_one_and_of_all(client, promise, told, staff):
    first, other = promise(), promise("Sembrar árboles")
    told(first)
    first.refresh_from_db()
    change = {"to_date": date(2021, 5, 1), "reason": "Lluvias."}
    workflow.change_date(first, actor=staff.approval, **change)
    one = feed_of(client, "/compromisos/c-01/novedades.atom")
    assert [title for title, _key in one] == [
        "C-01. cambio de fecha: Visitar los vertimientos",
        "C-01. Van nueve visitas",
        "C-01. Visitar los vertimientos",
    ]
    every = feed_of(client, "/compromisos/novedades.atom")
    assert len(every) == 4
    assert len({key for _title, key in every}) == 4
    assert client.get("/compromisos/C-01/novedades.atom").status_code == 301
    assert other.reference in str(every)


def test_the_feed_costs_the_same_for_many(count_queries, promise, told):
    told(promise())
    one = count_queries("/compromisos/novedades.atom")
    for n in range(3):
        told(promise(f"Sembrar {n}"))
    assert count_queries("/compromisos/novedades.atom") == one <= 8


def test_the_table_has_the_figures_and_no_formula(client, promise, told):
    told(promise("=HYPERLINK(1)"), done=9)
    lines = client.get("/compromisos/compromisos.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("C-01;'=HYPERLINK(1);")
    assert ";15;9;visitas con informe;60;" in lines[1]
    book = client.get("/compromisos/compromisos.ods")
    assert book.content[:2] == b"PK"


def test_an_address_is_not_found_out_letter_by_letter(client, promise, staff):
    voices.submit_note(promise(), text="Siguen los vertimientos.", token="n", email="a@b.example")
    client.force_login(staff.moderation)
    page = "/gestion/accountability/commitmentnote/"
    assert client.get(page, {"status__exact": "received"}).status_code == 200
    for guess in ("email__startswith", "token__startswith", "commitment__question__author__email"):
        assert client.get(page, {guess: "a"}).status_code != 200


def test_a_note_says_its_place_and_nobody(client, promise, staff):
    commitment = promise()
    oiba = Municipality.objects.get(name="Oiba")
    note = voices.submit_note(
        commitment, text="Soy Ana Pérez. Vinieron ayer.", municipality=oiba, token="n",
        email="ana@example.org",
    )  # fmt: skip
    path = commitment.get_absolute_url()
    assert "Vinieron ayer." not in client.get(path).content.decode()
    voices.publish_note(note, actor=staff.moderation, public_text="Vinieron ayer.")
    page = client.get(path).content.decode()
    assert "Lo cuenta un vecino de Oiba" in page
    assert "Vinieron ayer." in page
    assert "Ana P" not in page
    assert "ana@" not in page
