"""The pages of a package: plain HTML that opens from a disk, without scripts and without us."""

from collections import defaultdict
from itertools import count

from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accountability.models import Commitment, Minutes, RecordFile, SessionRecord
from accountability.selectors import CommitmentPage, commitments_with_page_data
from accountability.session import lines_of
from entity.registry import registry
from events.models import Event
from events.schedule import timed_agenda
from portal.base import clock
from portal.base.language import default_path
from questions.matrix import matrix_questions
from questions.models import Question
from questions.status import public_status

PER_PAGE = 100


def _page(template: str, up: str, at, **context) -> bytes:
    """One page; `up` leads from it to the folder of the index."""
    told = {"up": up, "made_at": clock.now(at), "entity": registry().entity}
    return render_to_string(f"package/{template}.html", {**told, **context}).encode()


def index(event: Event, parts, with_log: bool, at=None) -> bytes:
    groups = defaultdict(list)
    for part in parts:
        if part.title:
            groups[part.group].append(part)
    return _page(
        "index", "", at, event=event, address=settings.SITE_URL + default_path(event),
        pages=groups.pop("", []), groups=dict(groups), with_log=with_log,
    )  # fmt: skip


def year_index(year: int, events: list[Event], at=None) -> bytes:
    return _page("year", "", at, year=year, events=events)


def event(shown: Event, at=None) -> bytes:
    agenda = timed_agenda(shown, shown.agenda.all())
    return _page("event", "", at, event=shown, agenda=agenda, sections=shown.sections.all())


def minutes(event: Event, edition: Minutes, at=None) -> bytes:
    number = count(1)
    sections = [
        (section.title, [(next(number), text) for text in section.paragraphs])
        for section in edition.sections.all()
    ]
    return _page("minutes", "../", at, event=event, minutes=edition, sections=sections)


def record(event: Event, shown: SessionRecord, places: dict, at=None) -> bytes:
    """`places` says where each stored file lies in the package, by its key."""
    files = RecordFile.objects.public().filter(record=shown).select_related("stored")
    own = ((_("Video"), shown.recording_file_id), (_("Audio only"), shown.audio_file_id))
    return _page(
        "record", "", at, event=event, record=shown, lines=lines_of(event),
        attendance=shown.attendance.all(),
        files=[(file, places.get(file.stored_id)) for file in files],
        own=[(label, places[key]) for label, key in own if key in places],
    )  # fmt: skip


def question_pages(event: Event) -> int:
    """How many pages the contributions need; none where there is none."""
    number = Question.objects.public().filter(event=event).count()
    return -(-number // PER_PAGE)


def questions(event: Event, page: int, pages: int, at=None) -> bytes:
    listed = Paginator(matrix_questions(event), PER_PAGE).page(page)
    rows = [(question, public_status(question, at)) for question in listed]
    return _page("questions", "../", at, event=event, rows=rows, page=page, pages=pages)


def commitments(event: Event, at=None) -> bytes:
    made: list[Commitment] = list(
        commitments_with_page_data().filter(event=event).order_by("reference")
    )
    rows = [CommitmentPage(item, at) for item in made]
    return _page("commitments", "", at, event=event, rows=rows)
