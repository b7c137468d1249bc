"""The words of each section of the minutes, from data. Offices and posts, never an author's name.

Each function takes the minutes and gives paragraphs. They are a beginning: a person edits them.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability.models import Commitment, Minutes, SessionRecord
from entity.registry import registry
from events.models import AgendaItem, Event, LogLine, Speaker
from events.schedule import timed_agenda
from events.session.selectors import log_of
from portal.base.dates import clock, long_day, weekday_day
from questions.matrix import matrix_questions
from questions.models import LiveTurn, Question

K = LogLine.Kind
TOLD = (K.NOTE, K.SPEAKER, K.ANSWERED, K.WRITTEN, K.COMMITMENT, K.SURVEY)

# What a room above this one knows, such as the evaluation: functions of the event.
evaluations: list[Callable[[Event], list[str]]] = []


def opening(minutes: Minutes) -> list[str]:
    event, told = minutes.event, []
    told.append(
        _("On %(day)s at %(hour)s, %(place)s, %(entity)s opened the event “%(event)s”.")
        % {
            "day": weekday_day(minutes.started_at),
            "hour": clock(minutes.started_at),
            "place": minutes.place,
            "entity": registry().entity.name,
            "event": event.full_name,
        }
    )
    told.append(
        _("It was presided by %(president)s. The secretary was %(secretary)s.")
        % {"president": minutes.president, "secretary": minutes.secretary}
    )
    streams = [stream.label or stream.get_kind_display() for stream in event.streams.all()]
    if streams:
        told.append(_("It could be followed by %(streams)s.") % {"streams": ", ".join(streams)})
    return told


def attendance(minutes: Minutes) -> list[str]:
    record = SessionRecord.objects.filter(event=minutes.event).first()
    counts = list(record.attendance.order_by("pk")) if record else []
    told = []
    if counts:
        total = sum(row.count for row in counts)
        by = "; ".join(f"{row.get_channel_display()}: {row.count}" for row in counts)
        told.append(
            ngettext("%(n)s person took part. %(by)s.", "%(n)s people took part. %(by)s.", total)
            % {"n": total, "by": by}
        )
    heard = Speaker.objects.filter(event=minutes.event, status=Speaker.Status.HEARD).count()
    if heard:
        told.append(
            ngettext("%(n)s registered speaker spoke.", "%(n)s registered speakers spoke.", heard)
            % {"n": heard}
        )
    return told


def agenda(minutes: Minutes) -> list[str]:
    """The items at the hour at which they really began, where the console noted it."""
    timed = timed_agenda(minutes.event, minutes.event.agenda.all())
    lines = [_agenda_line(one) for one in timed]
    return ["\n".join(lines)] if lines else []


def _agenda_line(timed) -> str:
    began = timed.item.started_at or timed.starts_at
    who = timed.item.presenter or (timed.item.office.name if timed.item.office_id else "")
    return f"{clock(began)} {timed.item.title}{f' ({who})' if who else ''}"


def said_under(item: AgendaItem, lines: list[LogLine]) -> list[str]:
    """What happened under an item: its outcome, then the log's lines of it, oldest first."""
    told = [item.outcome] if item.outcome else []
    noted = [line for line in lines if line.item_id == item.pk and line.kind in TOLD]
    if noted:
        told.append("\n".join(f"{clock(line.at)} {line.text}" for line in noted))
    return told


def lines_of(event: Event) -> list[LogLine]:
    return list(reversed(log_of(event, public=True)))


def _questions(event: Event) -> list[Question]:
    return list(matrix_questions(event).select_related("office", "live_turn"))


def _was_live(question: Question) -> bool:
    turn = getattr(question, "live_turn", None)
    return turn is not None and turn.status == LiveTurn.Status.ANSWERED


def answered_live(minutes: Minutes) -> list[str]:
    found = [q for q in _questions(minutes.event) if _was_live(q)]
    return [_with_answer(question) for question in found]


def answered_in_writing(minutes: Minutes) -> list[str]:
    found = [q for q in _questions(minutes.event) if not _was_live(q)]
    return [_with_answer(question) for question in found if question.published_answers]


def _with_answer(question: Question) -> str:
    said = f"{question.reference}. {question.public_title}"
    answer = next(iter(question.published_answers), None)
    if answer is None:
        return said
    return _("%(question)s. Answer of %(office)s: %(summary)s") % {
        "question": said, "office": answer.office.name, "summary": answer.summary,
    }  # fmt: skip


def pending(minutes: Minutes) -> list[str]:
    """Open ones with the day on which they are due; what was answered aloud still owes its text."""
    waiting = [q for q in _questions(minutes.event) if q.status in Question.Status.OPEN]
    return [_due(question) for question in waiting]


def _due(question: Question) -> str:
    office = question.office.name if question.office else _("an office to be named")
    return _("%(reference)s. %(title)s. To be answered by %(office)s until %(day)s.") % {
        "reference": question.reference, "title": question.public_title, "office": office,
        "day": long_day(question.due_on),
    }  # fmt: skip


def documents(minutes: Minutes) -> list[str]:
    titles = [document.title for document in minutes.event.documents.order_by("pk")]
    return ["\n".join(titles)] if titles else []


def commitments(minutes: Minutes) -> list[str]:
    made = Commitment.objects.public().filter(event=minutes.event).select_related("office")
    return [
        _("%(reference)s. %(promised)s. %(office)s, until %(day)s.")
        % {
            "reference": one.reference,
            "promised": one.promised.rstrip("."),
            "office": one.office.name,
            "day": long_day(one.original_due_on),
        }
        for one in made.order_by("reference")
    ]


def evaluation(minutes: Minutes) -> list[str]:
    return [paragraph for told in evaluations for paragraph in told(minutes.event)]


def annexes(minutes: Minutes) -> list[str]:
    record = SessionRecord.objects.filter(event=minutes.event).first()
    if record is None:
        return []
    address = record.recording_address
    if address.startswith("/"):
        address = f"{settings.SITE_URL}{address}"
    lines = [_("Recording: %(address)s") % {"address": address}] if address else []
    for matrix in record.matrices.order_by("-edition")[:1]:
        lines.append(
            _("Matrix of questions and answers, edition %(n)s, SHA-256 %(digest)s")
            % {"n": matrix.edition, "digest": matrix.stored.sha256}
        )
    lines += [file.title for file in record.files.all()]
    return ["\n".join(lines)] if lines else []


def closing(minutes: Minutes) -> list[str]:
    return [_("The event ended at %(hour)s.") % {"hour": clock(minutes.ended_at)}]
