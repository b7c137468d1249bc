"""The demonstration shows every state once, is safe to load again, and never touches real data."""

import json
import re
import stat
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.utils import timezone

from accountability.models import Commitment, CommitmentUpdate, Minutes, SessionRecord
from entity import registry
from entity.models import Consent, Entity, Municipality, Office, PrivacyNotice, Topic
from events.convocation import duties
from events.models import ChecklistMark, Event, LogLine, ReportDelivery
from portal.base import clock, versions
from portal.base.models import OutgoingMail, SearchEntry, Transition
from portal.site import demo
from portal.site.demo.timeline import read
from portal.site.roles import ROLES
from questions.models import Answer, LiveTurn, Question

LOADED_AT = timezone.make_aware(datetime(2026, 11, 22, 16, 30))
PERSONAL = {
    "an e-mail": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "a phone": re.compile(r"\b3\d{2}[ .-]?\d{3}[ .-]?\d{4}\b"),
    "an ID": re.compile(r"\b\d{1,3}(?:\.\d{3}){2,3}\b"),
}
TOLD = (
    "Empieza la sesión.",
    "En el recinto: 18 personas.",
    "Pausa hasta las 10:21 a. m.",
    "Se lee la pregunta 1, de San Gil.",
    "Se respondió la pregunta 34.",
    "Habla Veeduría de demostración.",
    "se responde por escrito, a más tardar el 30 de diciembre de 2020.",
    "Compromiso: Publicar tres informes sobre los colectores",
    "Encuesta abierta: ¿Cómo le pareció la jornada?",
    "Termina la sesión.",
)
COUNTED = (
    Answer,
    Commitment,
    CommitmentUpdate,
    Consent,
    Event,
    LiveTurn,
    LogLine,
    Municipality,
    Office,
    OutgoingMail,
    PrivacyNotice,
    Question,
    SearchEntry,
    Topic,
    Transition,
    User,
)


def forget_what_was_read():
    """Another test's rows must not be remembered under the same content version."""
    versions.forget()
    registry.forget()


def everything_counted():
    return {model.__name__: model.objects.count() for model in COUNTED}


class DemoTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        forget_what_was_read()
        data_dir = tempfile.TemporaryDirectory()
        cls.addClassCleanup(data_dir.cleanup)
        cls.logins = Path(data_dir.name) / "demo_logins.json"
        # It opens in another way than the rest of a test case, so that it spans all of it.
        here = override_settings(DATA_DIR=Path(data_dir.name), HOST="127.0.0.1")
        here.enable()
        cls.addClassCleanup(here.disable)
        demo.load(at=LOADED_AT)

    def setUp(self):
        forget_what_was_read()

    def test_it_says_that_it_is_a_demonstration(self):
        entity = Entity.objects.get()
        assert entity.is_demo
        assert Municipality.objects.count() == 87
        assert PrivacyNotice.objects.in_force(LOADED_AT).version == "1"

    def test_contributions_show_every_state(self):
        questions = Question.objects.all()
        assert questions.count() >= 60
        for column, choices in (
            ("status", Question.Status),
            ("visibility", Question.Visibility),
            ("kind", Question.Kind),
            ("channel", Question.Channel),
            ("display", Question.Display),
            ("scope", Question.Scope),
        ):
            assert set(questions.values_list(column, flat=True)) == set(choices.values), column
        assert set(Answer.objects.values_list("status", flat=True)) >= {
            Answer.Status.DRAFT,
            Answer.Status.AWAITING_APPROVAL,
            Answer.Status.PUBLISHED,
        }
        assert questions.late(clock.local_day(LOADED_AT)).exists()
        assert questions.exclude(extended_from=None).exists()
        assert questions.exclude(reopened_on=None).exists()
        assert Answer.objects.filter(edition=2).exclude(correction_note="").exists()

    def test_numbers_follow_the_time_of_receipt_and_nothing_lies_ahead(self):
        received = list(Question.objects.order_by("number").values_list("submitted_at", flat=True))
        assert received == sorted(received)
        steps = list(Transition.objects.order_by("pk").values_list("at", flat=True))
        assert steps == sorted(steps)
        assert steps[-1] <= LOADED_AT

    def test_the_convocation_shows_its_states(self):
        hearing = Event.objects.get(status=Event.Status.DRAFT, kind__is_hearing=True)
        tones = {row.light.tone for row in duties.legal_panel(hearing, LOADED_AT)}
        assert tones == {"verde", "ambar"}
        assert hearing.proofs.filter(wrong_at=None).exists()
        assert hearing.proofs.exclude(wrong_at=None).exists()
        states = set(ChecklistMark.objects.values_list("state", flat=True))
        assert states == {"done", "not_applicable"}
        assert ReportDelivery.objects.filter(event__status=Event.Status.HELD).count() == 2

    def test_published_texts_hold_no_personal_data(self):
        rows = read(Path(demo.settings.BASE_DIR) / "demo" / "contributions.toml")["contribution"]
        hidden = [row["text"].strip() for row in rows if "public_text" in row]
        published = Question.objects.public()
        assert published.filter(original_text__in=hidden).count() == len(hidden) > 0
        for question in published:
            for what, pattern in PERSONAL.items():
                assert not pattern.search(question.public_text), (question.reference, what)
            if question.original_text in hidden:
                assert question.public_text != question.original_text

    def test_who_gave_data_agreed_to_the_notice(self):
        for question in Question.objects.filter(author__isnull=False):
            assert Consent.objects.filter(kind="question", object_id=question.pk).exists()

    def test_nobody_approves_what_they_drafted(self):
        for answer in Answer.objects.public():
            assert answer.approved_by_id
            assert answer.approved_by_id != answer.drafted_by_id

    def test_commitments_show_every_status(self):
        commitments = Commitment.objects.all()
        assert commitments.count() == 18
        statuses = set(commitments.values_list("status", flat=True))
        assert statuses == set(Commitment.Status.values)
        assert commitments.get(reference="C-07").date_changes.count() == 1
        for update in CommitmentUpdate.objects.filter(done__gt=0):
            assert update.evidence.exists()
        assert commitments.overdue(clock.local_day(LOADED_AT)).exists()

    def test_held_events_have_a_record_and_minutes(self):
        held = Event.objects.held()
        assert held.count() == 2
        assert SessionRecord.objects.public().count() == 2
        editions = Minutes.objects.public().filter(event__slug="2020-12-21-jornada")
        assert [(one.edition, bool(one.signed)) for one in editions.order_by("edition")] == [
            (1, False), (2, True),
        ]  # fmt: skip
        assert Minutes.objects.public().count() == 3
        coming = Event.objects.upcoming(LOADED_AT).get()
        assert coming.slug == "2026-12-01-jornada"
        assert coming.questions.exists()

    def test_the_session_of_2020_is_told_minute_by_minute(self):
        event = Event.objects.select_related("live").get(slug="2020-12-21-jornada")
        moments = (event.live.opened_at, event.live.ended_at)
        hours = [timezone.localtime(at).strftime("%d %H:%M") for at in moments]
        assert hours == ["21 09:04", "21 12:02"]
        assert event.status == Event.Status.HELD
        items = event.agenda.values_list("recording_second", flat=True)
        assert list(items) == [0, 840, 5460, 8820, 10080]
        turns = LiveTurn.objects.filter(event=event).values_list("status", flat=True)
        assert sorted(turns) == ["answered"] * 8 + ["written"]
        assert list(event.speakers.values_list("status", flat=True)) == ["heard", "heard"]
        page = self.client.get("/eventos/2020-12-21-jornada/minuto-a-minuto/").content.decode()
        places = [page.index(line) for line in TOLD]
        assert places == sorted(places)
        assert "https://www.facebook.com/?t=5580" in page
        for of_the_team in ("audio de Zoom", "Tres informes: enero", "Encuesta cerrada"):
            assert of_the_team not in page

    def test_what_was_said_in_the_session_became_commitments(self):
        said = LogLine.objects.filter(kind=LogLine.Kind.COMMITMENT)
        assert said.count() == said.filter(is_public=True).count() == 8
        first = Commitment.objects.get(reference="C-01")
        assert said.order_by("at").first().about_id == first.pk
        assert (first.target, first.unit, first.paragraph) == (3, "informes publicados", 25)
        assert first.question.live_second == 5580

    def test_each_role_has_one_login(self):
        logins = json.loads(self.logins.read_text(encoding="utf-8"))
        assert stat.S_IMODE(self.logins.stat().st_mode) == 0o600
        assert {login["role"] for login in logins} == set(ROLES)
        assert len(logins) == len(ROLES)
        for login in logins:
            user = User.objects.get(username=login["username"])
            assert user.check_password(login["password"])
            assert user.is_staff
            assert [group.name for group in user.groups.all()] == [login["role"]]
        assert not User.objects.filter(is_superuser=True).exists()
        others = User.objects.exclude(username__in=[login["username"] for login in logins])
        assert not any(user.has_usable_password() for user in others)

    def test_a_second_load_adds_nothing(self):
        before, logins = everything_counted(), self.logins.read_bytes()
        passwords = list(User.objects.order_by("pk").values_list("password", flat=True))
        site = versions.read(versions.SITE, versions.EVERYTHING)
        assert demo.load(at=LOADED_AT + timedelta(hours=1)) == 0
        assert everything_counted() == before
        assert self.logins.read_bytes() == logins
        assert list(User.objects.order_by("pk").values_list("password", flat=True)) == passwords
        forget_what_was_read()
        assert versions.read(versions.SITE, versions.EVERYTHING) == site

    def test_what_somebody_changed_stays(self):
        Entity.objects.update(short_name="Otra")
        Topic.objects.filter(slug="fauna").update(name="Animales")
        demo.load(at=LOADED_AT)
        assert Entity.objects.get().short_name == "Otra"
        assert Topic.objects.get(slug="fauna").name == "Animales"

    def test_when_the_last_event_is_past_the_next_one_is_added(self):
        last = Event.objects.upcoming(LOADED_AT).get()
        questions = Question.objects.count()
        assert demo.load(at=last.ends_at - timedelta(minutes=1)) == 0
        assert demo.load(at=last.ends_at) > 0
        added = Event.objects.upcoming(last.ends_at).get()
        assert added.slug == "2026-12-10-jornada"
        assert added.status == Event.Status.ANNOUNCED
        assert added.agenda.exists()
        assert Question.objects.count() == questions
        assert demo.load(at=last.ends_at + timedelta(days=1)) == 0

    def test_lost_logins_are_made_anew(self):
        kept = self.logins.read_bytes()
        self.addCleanup(self.logins.write_bytes, kept)
        self.logins.unlink()
        demo.load(at=LOADED_AT)
        logins = json.loads(self.logins.read_text(encoding="utf-8"))
        old = {login["username"]: login["password"] for login in json.loads(kept)}
        assert len(logins) == len(old)
        for login in logins:
            assert login["password"] != old[login["username"]]
            assert User.objects.get(username=login["username"]).check_password(login["password"])


@pytest.fixture
def elsewhere(db, settings, tmp_path):
    """An empty installation with a data folder of its own."""
    forget_what_was_read()
    settings.DATA_DIR = tmp_path
    settings.HOST = "127.0.0.1"
    yield tmp_path
    forget_what_was_read()


def test_it_refuses_where_a_real_entity_lives(elsewhere):
    Entity.objects.create(
        name="Corporación real",
        short_name="CR",
        email="atencion@example.org",
        city="Cali",
        department="Valle del Cauca",
        department_code="76",
        region_name="Valle",
        website="https://example.org",
    )
    with pytest.raises(CommandError, match="real entity"):
        call_command("load_demo")
    assert not Event.objects.exists()
    assert not User.objects.exists()
    assert not (elsewhere / "demo_logins.json").exists()


@pytest.mark.parametrize("reachable", [{"HOST": "192.168.1.20"}, {"IS_PRODUCTION": True}])
def test_no_password_is_made_where_others_reach_the_portal(elsewhere, settings, reachable, capsys):
    for name, value in reachable.items():
        setattr(settings, name, value)
    call_command("load_demo")
    assert "No logins were written" in capsys.readouterr().out
    assert not (elsewhere / "demo_logins.json").exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_load_that_fails_leaves_nothing(elsewhere):
    with (
        mock.patch("portal.site.demo.archive.plan", side_effect=KeyError),
        pytest.raises(KeyError),
    ):
        demo.load(at=LOADED_AT)
    assert not Entity.objects.exists()
    assert not User.objects.exists()
    assert not (elsewhere / "demo_logins.json").exists()
