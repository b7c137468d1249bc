"""The demonstration's contributions: each goes the whole way through the workflow of a real one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

from entity.models import PrivacyNotice
from entity.registry import registry
from portal.base import clock
from portal.site.demo import voices
from portal.site.demo.events import Act
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, at_time, instant, read
from questions import workflow
from questions.about import subject_of
from questions.models import Answer, PetitionType, Question

REVIEW = ("publish", "assign")
ANSWER = ("draft", "request", "answer")
WITH_ANSWER = {*ANSWER, "schedule"}
STEPS = {
    "received": (),
    "published": ("publish",),
    "assigned": REVIEW,
    "late": REVIEW,
    "draft": (*REVIEW, "draft"),
    "awaiting_approval": (*REVIEW, "draft", "request"),
    "scheduled": (*REVIEW, "draft", "request", "schedule"),
    "answered": (*REVIEW, *ANSWER),
    "corrected": (*REVIEW, *ANSWER, "correct"),
    "reopened": (*REVIEW, *ANSWER, "reopen"),
    "extended": (*REVIEW, "extend"),
    "withheld": ("withhold", "assign", *ANSWER),
    "merged": ("publish", "merge"),
    "transferred": ("publish", "transfer"),
    "moved_to_pqrsd": ("publish", "move"),
    "archive_proposed": ("withhold", "propose"),
    "archived": ("withhold", "propose", "archive"),
    "withdrawn": ("publish", "withdraw"),
    "needs_clarification": ("publish", "clarify"),
    "silent": ("publish", "clarify"),
    "lapsed": ("publish", "clarify", "lapse"),
}
# Who reviews and answers works through one case in this order on one morning.
CLOCK = {
    "publish": "10:00",
    "withhold": "10:00",
    "assign": "10:10",
    "draft": "08:30",
    "request": "09:00",
    "answer": "10:00",
}
EXTENSION_DAYS = 10


def plan(
    directory: Path, timeline: Timeline, cast: Cast, acts: dict[str, Act]
) -> dict[str, "Story"]:
    """Plan every contribution; gives the stories by the name they have in the data."""
    rows = read(directory / "contributions.toml")["contribution"]
    return plan_rows(rows, timeline, cast, acts)


def plan_rows(
    rows: list[dict], timeline: Timeline, cast: Cast, acts: dict[str, Act]
) -> dict[str, "Story"]:
    stories: dict[str, Story] = {}
    petitions = PetitionType.objects.in_bulk()
    for number, row in enumerate(rows):
        act = acts.get(row["event"])
        story = Story(row, timeline, cast, act.event if act else None, stories)
        story.petition = petitions[row["petition"]]
        story.approver = cast.approver(number)
        story.plan()
        stories[row["id"]] = story
    return stories


class Story:
    """One contribution of the data on its way."""

    question: Question
    answer_now: Answer
    petition: PetitionType

    def __init__(self, row, timeline: Timeline, cast: Cast, event, others: dict[str, "Story"]):
        self.row = row
        self.timeline = timeline
        self.cast = cast
        self.event = event
        self.others = others
        self.received = min(self._received(), timeline.now)
        self.office = self._office()

    def _received(self) -> datetime:
        if "received" in self.row:
            return instant(self.row["received"])
        if "minutes_ago" in self.row:
            return self.timeline.now - timedelta(minutes=self.row["minutes_ago"])
        return at_time(self.timeline.day(-self.row["days_ago"]), self.row["time"])

    def _office(self):
        code = self.row.get("office")
        return next((o for o in registry().offices if o.code == code), None)

    def _after(self, days: int, text: str = "") -> datetime:
        """That many working days after receipt."""
        return self.timeline.after(clock.local_day(self.received), days, text)

    # When -------------------------------------------------------------------------------------

    def plan(self) -> None:
        track = self.timeline.track()
        track.put(self.received, self.file)
        for name in STEPS[self.row["outcome"]]:
            track.put(self._planned(name), getattr(self, name))

    def _planned(self, name: str) -> datetime:
        special: Callable[[], datetime] | None = getattr(self, f"_when_{name}", None)
        if special:
            return special()
        days = self.row["answered_after"] if name in WITH_ANSWER else self.row["reviewed_after"]
        return self._after(days, CLOCK.get(name, "10:20"))

    def _when_correct(self) -> datetime:
        return self._after(self.row["answered_after"] + 3, "11:00")

    def _when_withdraw(self) -> datetime:
        return self._after(self.row["reviewed_after"] + 2, "19:00")

    def _when_reopen(self) -> datetime:
        """Of late, so that the new term is still running."""
        return self.timeline.after(self.timeline.today, -5, "18:20")

    def _when_extend(self) -> datetime:
        """Before the last day, which is near."""
        return self.timeline.after(self.timeline.today, -1)

    def _when_lapse(self) -> datetime:
        asked: date = self._after(self.row["reviewed_after"]).date()
        return self.timeline.after(asked + relativedelta(months=1), 1)

    # What -------------------------------------------------------------------------------------

    def file(self, at: datetime) -> None:
        row, place = self.row, self.row["place"]
        municipality = registry().municipality_by_code.get(place)
        by_staff = row["channel"] != Question.Channel.WEB
        subject = subject_of(self.event, row.get("about", ""))
        filing = workflow.Filing(
            token=f"demo:{row['id']}",
            text=row["text"].strip(),
            topic=registry().topic_by_slug[row["topic"]],
            kind=row["kind"],
            event=self.event,
            scope=Question.Scope.MUNICIPALITY if municipality else place,
            municipality=municipality,
            display=row["display"],
            name=row.get("author_name", ""),
            email=row.get("email", ""),
            organisation=row.get("organisation", ""),
            group=row.get("group", ""),
            channel=row["channel"],
            received_place=row.get("received_place", ""),
            petition=self.petition,
            about=subject.key if subject else "",
            about_title=subject.title if subject else "",
        )
        if filing.has_identity:
            filing.notice = PrivacyNotice.objects.in_force(at)
        actor = self.cast.moderator if by_staff else None
        self.question = workflow.submit_question(filing, actor=actor, at=at)

    def publish(self, at: datetime) -> None:
        text = self.row.get("public_text", self.row["text"])
        workflow.publish_text(
            self.question,
            actor=self.cast.moderator,
            public_text=text,
            title=self.row["title"],
            at=at,
        )
        voices.raise_hands(self.question, self.row.get("supporters", 0), at)

    def withhold(self, at: datetime) -> None:
        reason = self.row.get("withhold_reason", Question.WithholdReason.INSULTS)
        workflow.withhold(self.question, actor=self.cast.moderator, reason=reason, at=at)

    def assign(self, at: datetime) -> None:
        workflow.assign_question(
            self.question, actor=self.cast.moderator, office=self.office, at=at
        )

    def merge(self, at: datetime) -> None:
        into = self.others[self.row["into"]].question
        workflow.merge_question(self.question, actor=self.cast.moderator, into=into, at=at)

    def transfer(self, at: datetime) -> None:
        workflow.transfer_question(
            self.question,
            actor=self.cast.moderator,
            body=self.row["body"],
            letter=self.row["letter"],
            at=at,
        )

    def move(self, at: datetime) -> None:
        workflow.move_to_pqrsd(
            self.question, actor=self.cast.moderator, reference=self.row["reference"], at=at
        )

    def propose(self, at: datetime) -> None:
        workflow.propose_archive(
            self.question, actor=self.cast.moderator, reason=self.row["archive_reason"], at=at
        )

    def archive(self, at: datetime) -> None:
        workflow.archive_question(self.question, actor=self.approver, at=at)

    def clarify(self, at: datetime) -> None:
        workflow.ask_for_clarification(
            self.question, actor=self.cast.moderator, asked=self.row["clarification"], at=at
        )

    def lapse(self, at: datetime) -> None:
        workflow.lapse_question(self.question, actor=self.cast.moderator, at=at)

    def withdraw(self, at: datetime) -> None:
        workflow.withdraw_question(self.question, at=at)

    def extend(self, at: datetime) -> None:
        until = self.timeline.calendar.add(self.question.due_on, EXTENSION_DAYS)
        workflow.extend_term(
            self.question,
            actor=self.approver,
            reason=self.row["extension_reason"],
            until=until,
            at=at,
        )

    def draft(self, at: datetime) -> None:
        self.answer_now = workflow.draft_answer(
            self.question,
            actor=self.cast.of_office(self.office),
            summary=self.row["answer_summary"],
            body=self.row["answer_body"],
            at=at,
        )

    def request(self, at: datetime) -> None:
        workflow.request_approval(self.answer_now, actor=self.cast.of_office(self.office), at=at)

    def schedule(self, at: datetime) -> None:
        """On the next working day, early: it is still to come when the demonstration begins."""
        release_at = self.timeline.after(self.timeline.today, 1, "08:00")
        workflow.schedule_answer(self.answer_now, actor=self.approver, release_at=release_at, at=at)

    def answer(self, at: datetime) -> None:
        workflow.publish_answer(self.answer_now, actor=self.approver, at=at)
        voices.judge(self.answer_now, self.row.get("verdicts", [0, 0, 0]), at)

    def correct(self, at: datetime) -> None:
        """A second edition, which says what was wrong in the first one."""
        actor = self.cast.of_office(self.office)
        self.answer_now = workflow.draft_answer(
            self.question,
            actor=actor,
            summary=self.row.get("answer_summary_2", self.row["answer_summary"]),
            body=self.row["answer_body_2"],
            correction_note=self.row["answer_correction_note"],
            at=at,
        )
        workflow.request_approval(self.answer_now, actor=actor, at=at)
        workflow.publish_answer(self.answer_now, actor=self.approver, at=at)

    def reopen(self, at: datetime) -> None:
        workflow.reopen_question(self.question, reason=self.row["reopen_reason"], at=at)
