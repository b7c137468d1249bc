"""The review page as it is drawn: everything the desk needs to decide about one contribution."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from entity.registry import working_calendar
from portal.base import clock, search
from questions import selectors_staff, terms, text_templates, workflow
from questions.admin import words
from questions.admin.decisions import offered
from questions.admin.review_files import FILES, files_of
from questions.models import Author, Note, Question, TextTemplate
from questions.similar import similar_for_desk
from questions.workflow.beside import IDENTITY, NOTERS
from questions.workflow.machines import MODERATE

LIST = "admin:questions_question_changelist"
Use = TextTemplate.Use
READY_TEXTS = (Use.CLARIFICATION, Use.ARCHIVE, Use.EXTENSION, Use.RETURN)


def page_of(question) -> str:
    return reverse("admin:questions_question_change", args=[question.pk])


def page(request, model_admin, question, form, **extra):
    """The review page with a form that may hold what was typed."""
    user = request.user
    told = words.told(selectors_staff.history(question))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Contribution %(number)s") % {"number": question.number},
        "opts": model_admin.opts,
        "question": question,
        "form": form,
        "light": selectors_staff.light(question),
        "state": selectors_staff.desk_state(question, question.answer_status),
        "offered": offered(user, question),
        "history": told,
        "last_move": told[-1] if told else None,
        "skipped_days": terms.skipped_days(question, working_calendar()),
        "identity": identity_of(user, question),
        "files": files_of(user, question),
        "similar": _similar(user, question),
        "lease": _lease(user, question),
        "other_clock": selectors_staff.other_clock(question),
        "proposed_by": words.person(question.archive_proposed_by),
        "ready_texts": text_templates.offered(question, READY_TEXTS),
        "clarifications": question.clarifications.all(),
        **_notes(user, question),
        "answers": selectors_staff.answers_of(question),
        "may_draft": selectors_staff.may_draft(user, question) and _answerable(question),
        "queue": selectors_staff.review_place(user, question) if user.has_perm(MODERATE) else None,
        "revision": question.revision,
        "is_waiting": selectors_staff.is_unreviewed(question),
        **extra,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/questions/question/review.html", context)


def _answerable(question) -> bool:
    return question.status in (Question.Status.ASSIGNED, Question.Status.ANSWERED)


def _similar(user, question):
    """What resembles it, for who may join it; the words they share are marked."""
    if not user.has_perm(MODERATE) or not question.is_open:
        return []
    found = similar_for_desk(question, user)
    for other in found:
        other.pieces = _shared(other.public_text or other.original_text, question.original_text)
        other.shown_light = selectors_staff.light(other)
        other.shown_state = selectors_staff.desk_state(other)
    return found


def _notes(user, question) -> dict:
    """Internal notes, and the author's messages for who may open what the author sent.

    A message by mail is signed more often than not, so a role without identity reads none.
    """
    notes = list(question.notes.select_related("actor"))
    kept = [n for n in notes if n.kind == Note.Kind.INTERNAL or user.has_perm(FILES)]
    return {
        "notes": kept,
        "unread_messages": len(notes) - len(kept),
        "may_note": any(user.has_perm(permission) for permission in NOTERS),
    }


def _shared(text: str, written: str) -> list[tuple[str, bool]]:
    """The piece of `text` around the words that it shares with what was written."""
    common = set(search.stems(written))
    words_of = dict.fromkeys(text.split())
    shared = (word for word in words_of if common & set(search.searched_stems(word)))
    return search.marked_snippet(text, " ".join(shared))


def _lease(user, question):
    """Who has it open now, and whether that is this person; None for roles without leases."""
    if not user.has_perm(MODERATE):
        return None
    lease = workflow.leases.holder(question)
    return {
        "who": words.person(lease.user) if lease else "",
        "is_mine": bool(lease) and lease.user_id == user.pk,
        "until": lease and lease.until,
        "seconds": int((lease.until - clock.now()).total_seconds()) if lease else 0,
    }


def identity_of(user, question) -> dict | None:
    """What the author left, without the data itself; nothing for who reviews without identity."""
    if not user.has_perm(IDENTITY):
        return None
    author = Author.objects.filter(question=question).first()
    left = {
        _("name"): author and author.name,
        _("e-mail"): author and author.email,
        _("organisation"): author and author.organisation,
    }
    return {
        "left": [label for label, value in left.items() if value],
        "is_minor": bool(author and author.is_minor),
    }
