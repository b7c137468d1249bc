"""The list of an event before, during and after its day: what the portal sees, what people mark.

A room above registers the check of what it knows (`register_check`); what no room checks yet is
marked by a person. Each check reads the event with `with_checklist_data` or asks a constant number
of queries of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from django.core.cache import caches
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.convocation import minimum
from events.models import AudienceCount, ChecklistMark, Document, Event, LogLine, StreamLink
from events.session.seats import PRESENT
from events.session.state import live_of
from portal.base import clock, versions

KEPT_SECONDS = 60
REPORTS = (Document.Kind.MANAGEMENT_REPORT, Document.Kind.ACTION_PLAN)


class Stage(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


STAGE_LABELS = {
    Stage.BEFORE: gettext_lazy("Before the event"),
    Stage.DURING: gettext_lazy("During the event"),
    Stage.AFTER: gettext_lazy("After the event"),
}


@dataclass(frozen=True)
class Verdict:
    """What the portal found: done or not, and a few words of it (58/64)."""

    done: bool
    note: str = ""


Check = Callable[[Event], Verdict]


@dataclass(frozen=True)
class Task:
    """One task. A person may tick it only where the portal can't know it for sure."""

    code: str
    stage: Stage
    label: str
    may_be_ticked: bool = False


_checks: dict[str, Check] = {}
TASKS: dict[str, Task] = {
    task.code: task
    for task in (
        Task(minimum.DATE_AND_MEDIA, Stage.BEFORE, gettext_lazy("Date, hour and media")),
        Task(minimum.SUBJECT, Stage.BEFORE, gettext_lazy("Subject and cut-off day")),
        Task("report", Stage.BEFORE, gettext_lazy("Report as a web page and as PDF")),
        Task(minimum.AGENDA, Stage.BEFORE, gettext_lazy("Agenda")),
        Task("rules", Stage.BEFORE, gettext_lazy("Rules of procedure")),
        Task(minimum.FORM, Stage.BEFORE, gettext_lazy("Open form with its closing day")),
        Task("streams", Stage.BEFORE, gettext_lazy("Links of the stream tried out")),
        Task("access", Stage.BEFORE, gettext_lazy("Interpreter and captions"), True),
        Task("invited", Stage.BEFORE, gettext_lazy("Invitation sent"), True),
        Task("phone", Stage.BEFORE, gettext_lazy("Page looked at on a mobile phone"), True),
        Task("screen", Stage.DURING, gettext_lazy("Screen of the room open"), True),
        Task("moderators", Stage.DURING, gettext_lazy("Two moderators"), True),
        Task("log", Stage.DURING, gettext_lazy("Minute log begun"), True),
        Task("survey", Stage.DURING, gettext_lazy("Survey open"), True),
        Task("attendance", Stage.DURING, gettext_lazy("Attendance written down"), True),
        Task("recording", Stage.AFTER, gettext_lazy("Recording with captions")),
        Task("answers", Stage.AFTER, gettext_lazy("Answers in term")),
        Task("matrix", Stage.AFTER, gettext_lazy("Matrix of questions published")),
        Task("commitments", Stage.AFTER, gettext_lazy("Commitments with office and date")),
        Task("minutes", Stage.AFTER, gettext_lazy("Minutes signed")),
        Task("evaluation", Stage.AFTER, gettext_lazy("Evaluation report"), True),
        Task("told", Stage.AFTER, gettext_lazy("Those who asked were told"), True),
        Task("participa", Stage.AFTER, gettext_lazy("Menu Participa, A to H complete")),
        Task("closed", Stage.AFTER, gettext_lazy("Event closed")),
    )
}


def register_check(code: str, check: Check) -> None:
    """`check` says of an event whether a task is done; for a task of this list."""
    if code not in TASKS:
        raise LookupError(code)
    _checks[code] = check


@dataclass(frozen=True)
class Row:
    """One task of one event: what the portal saw, what a person said."""

    task: Task
    verdict: Verdict | None
    mark: ChecklistMark | None

    @property
    def is_checked_here(self) -> bool:
        return self.verdict is not None

    @property
    def is_done(self) -> bool:
        by_hand = self.mark and self.mark.state == ChecklistMark.State.DONE
        return bool(self.verdict and self.verdict.done) or bool(by_hand)

    @property
    def is_left_out(self) -> bool:
        is_marked = self.mark and self.mark.state == ChecklistMark.State.NOT_APPLICABLE
        return bool(is_marked) and not self.is_done

    @property
    def may_be_marked(self) -> bool:
        """Nothing is left to say where the portal itself sees that it is done."""
        return not (self.verdict and self.verdict.done)


@dataclass
class Checklist:
    """All tasks of one event under their stages."""

    rows: list[Row] = field(default_factory=list)

    @cached_property
    def stages(self) -> list[tuple[str, str, list[Row]]]:
        return [
            (stage, str(label), [row for row in self.rows if row.task.stage == stage])
            for stage, label in STAGE_LABELS.items()
        ]

    @property
    def total(self) -> int:
        """Tasks that apply."""
        return sum(not row.is_left_out for row in self.rows)

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)


def with_checklist_data(events):
    """`events` with what the checks of this room read."""
    events = events.annotate(
        has_log=Exists(LogLine.objects.filter(event=OuterRef("pk"))),
        has_audience=Exists(AudienceCount.objects.filter(event=OuterRef("pk"))),
    )
    return events.select_related("kind", "live").prefetch_related(
        "agenda", "streams", "documents__stored", "marks__marked_by"
    )


def read(event: Event) -> Checklist:
    """The checklist of an event that came through `with_checklist_data`."""
    marks = {mark.code: mark for mark in event.marks.all()}
    return Checklist(
        [
            Row(task, _checks[code](event) if code in _checks else None, marks.get(code))
            for code, task in TASKS.items()
        ]
    )


def of_event(event: Event) -> Checklist:
    """The checklist of any event, in a constant number of queries."""
    return read(with_checklist_data(Event.objects.filter(pk=event.pk)).get())


def counts_of(event: Event) -> tuple[int, int]:
    """Done and all tasks of an event, for the home of the desk: a minute old at most.

    What the public sees of it, and each mark, moves its version and is counted at once.
    """
    version = versions.read(versions.event_name(event.slug))
    key = f"tasks:{event.pk}:{version[0]}"
    lookups = caches["lookups"]
    if (known := lookups.get(key)) is None:
        tasks = of_event(event)
        lookups.set(key, known := (tasks.done, tasks.total), KEPT_SECONDS)
    return known


def _of_minimum(code: str) -> Check:
    def check(event):
        missing = minimum.missing(event, code)
        return Verdict(not missing, _("Missing: %s") % ", ".join(missing) if missing else "")

    return check


def _report(event) -> Verdict:
    """A page that is read in the browser, and a file that is kept."""
    found = [document for document in event.documents.all() if document.kind in REPORTS]
    has_file = any(d.stored_id or d.format.upper() == "PDF" for d in found)
    has_page = any(d.url and d.format.upper() != "PDF" for d in found)
    if has_file and has_page:
        return Verdict(True)
    if not found:
        return Verdict(False, _("There is no report among the documents."))
    return Verdict(False, _("The PDF is missing.") if has_page else _("The web page is missing."))


def _rules(event) -> Verdict:
    return Verdict(bool(event.rules))


def _streams(event) -> Verdict:
    """In a room without a stream there is nothing to try."""
    streams = list(event.streams.all())
    tried = [stream for stream in streams if stream.test_result == StreamLink.Test.WORKS]
    note = _("%(n)s of %(total)s work") % {"n": len(tried), "total": len(streams)}
    return Verdict(len(tried) == len(streams), note if streams else _("It has no stream."))


def _access(event) -> Verdict:
    return Verdict(event.has_interpreter and event.has_captions)


def _invited(event) -> Verdict:
    sent = event.invitations.count()
    return Verdict(bool(sent), _("%(n)s invited") % {"n": sent} if sent else "")


def _attendance(event) -> Verdict:
    return Verdict(event.has_audience)


def _screen(event) -> Verdict:
    """The screen was open within a minute; after the end: while the session went on."""
    live = live_of(event)
    since = _of_session(live, timedelta(minutes=1))
    return Verdict(bool(since and live.screen_seen_at) and live.screen_seen_at > since)


def _moderators(event) -> Verdict:
    """Two people have the console open; after the end: had it open while it went on."""
    since = _of_session(live_of(event), PRESENT)
    found = event.console_seats.filter(seen_at__gt=since).count() if since else 0
    return Verdict(found >= 2, _("%(n)s at the console") % {"n": found} if found else "")


def _of_session(live, recently: timedelta) -> datetime | None:
    """From when on a trace counts; None without a session."""
    if live is None:
        return None
    return live.opened_at if live.ended_at else clock.now() - recently


def _log(event) -> Verdict:
    return Verdict(event.has_log)


def _evaluation(event) -> Verdict:
    kinds = [document.kind for document in event.documents.all()]
    return Verdict(Document.Kind.EVALUATION_REPORT in kinds)


for _code in (minimum.DATE_AND_MEDIA, minimum.SUBJECT, minimum.AGENDA, minimum.FORM):
    register_check(_code, _of_minimum(_code))
for _code, _check in {
    "report": _report, "rules": _rules, "streams": _streams, "access": _access,
    "invited": _invited, "screen": _screen, "moderators": _moderators, "log": _log,
    "attendance": _attendance, "evaluation": _evaluation,
}.items():  # fmt: skip
    register_check(_code, _check)
