"""A session of the demonstration, played by two operators through the moves of the real console."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from events.session import workflow as session
from portal.site.demo.contributions import Story
from portal.site.demo.events import Act
from portal.site.demo.staff import Cast
from portal.site.demo.timeline import Timeline, Track, at_time, read
from questions.live import workflow as turns
from questions.models import LiveTurn

FILE = "session_2020.toml"


def plan(
    directory: Path, timeline: Timeline, cast: Cast, acts: dict[str, Act], told: dict[str, Story]
) -> None:
    """Plan the session that took place, at the hours of its day."""
    data = read(directory / FILE)
    act = acts[data["event"]]

    def moment(row: dict, name: str) -> datetime:
        return at_time(act.dates.day, row[name])

    Play(act, cast, told).plan(data["step"], timeline.track(), moment)


class Play:
    """One session. Each step of the data names a move; one operator runs it, one the questions."""

    def __init__(self, act: Act, cast: Cast, told: dict[str, Story]):
        self.event = act.event
        self.cast = cast
        self.told = told

    def plan(self, rows: list[dict], track: Track, moment: Callable[[dict, str], datetime]) -> None:
        """`moment` reads an hour of a row by its name: the step's own is `at`."""
        self.moment = moment
        for row in rows:
            track.put(moment(row, "at"), partial(getattr(self, row["act"]), row))

    @property
    def live(self):
        return session.session_for(self.event)

    # Who runs the session ---------------------------------------------------------------------

    def open(self, row: dict, at: datetime) -> None:
        session.open_session(self.live, actor=self.cast.writer, at=at)

    def item(self, row: dict, at: datetime) -> None:
        item = self.event.agenda.get(parent=None, order=row["item"])
        if "part" in row:
            item = self.event.agenda.get(parent=item, order=row["part"])
        session.next_item(self.live, actor=self.cast.writer, item=item, at=at)

    def pause(self, row: dict, at: datetime) -> None:
        resumes_at = self.moment(row, "resumes")
        session.pause_session(self.live, actor=self.cast.writer, resumes_at=resumes_at, at=at)

    def resume(self, row: dict, at: datetime) -> None:
        session.resume_session(self.live, actor=self.cast.writer, at=at)

    def note(self, row: dict, at: datetime) -> None:
        is_public = not row.get("team_only", False)
        actor, text = self.cast.writer, row["text"]
        session.write_line(self.event, actor=actor, text=text, is_public=is_public, at=at)

    def count(self, row: dict, at: datetime) -> None:
        actor, channel, people = self.cast.writer, row["channel"], row["people"]
        session.count_audience(self.event, actor=actor, channel=channel, people=people, at=at)

    def floor(self, row: dict, at: datetime) -> None:
        speaker = self.event.speakers.get(order=row["speaker"])
        speaker.event = self.event
        session.give_floor(speaker, actor=self.cast.writer, at=at)

    def stop(self, row: dict, at: datetime) -> None:
        session.stop_floor(self.event, actor=self.cast.writer, at=at)

    def screen(self, row: dict, at: datetime) -> None:
        session.set_screen(self.live, actor=self.cast.writer, screen=row["screen"], at=at)

    def end(self, row: dict, at: datetime) -> None:
        session.end_session(self.live, actor=self.cast.writer, at=at)

    # Who runs the questions -------------------------------------------------------------------

    def queue(self, row: dict, at: datetime) -> None:
        question = self.told[row["question"]].question
        question.event = self.event
        hint = row.get("hint", "")
        turns.queue_question(question, actor=self.cast.moderator, hint=hint, at=at)

    def air(self, row: dict, at: datetime) -> None:
        turns.put_on_air(self._turn(row), actor=self.cast.moderator, at=at)

    def answered(self, row: dict, at: datetime) -> None:
        turns.mark_answered(self._turn(row), actor=self.cast.moderator, at=at)

    def written(self, row: dict, at: datetime) -> None:
        turns.needs_written(self._turn(row), actor=self.cast.moderator, at=at)

    def _turn(self, row: dict) -> LiveTurn:
        """With the question and the event in hand, which know the session."""
        question = self.told[row["question"]].question
        turn = LiveTurn.objects.get(question=question)
        turn.question, turn.event = question, self.event
        return turn
