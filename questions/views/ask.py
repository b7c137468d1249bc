"""The form in its steps: question, author (optional), check and send, receipt.

Each step posts its own fields and the draft's token, so a lost cookie costs nothing; a form whose
security token was lost is shown again with what was typed (`after_lost_cookie`).
"""

import functools

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entity.registry import registry, working_calendar
from events import schedule
from events.kept import public_event
from events.models import Event
from portal.base import automatic, clock, rows, secret_codes
from portal.base.addresses import client_address
from questions import about, codes, form_cookie, guard, terms
from questions.drafting import (
    Filed,
    checked,
    files_of,
    filing_from,
    find_draft,
    keep_author,
    keep_files,
    keep_question,
)
from questions.forms import AuthorForm, QuestionForm
from questions.models import PetitionType, Question
from questions.selectors_lists import with_summaries
from questions.sending import send
from questions.similar import similar_published


def _event(event_slug):
    """The event of the address. A draft event has no form; every other one keeps it for ever."""
    if event_slug is None:
        return None
    event = public_event(event_slug)
    if event is None:
        raise Http404
    return event


def _step(name, event):
    """The address of a step, of an event's form or of the permanent one."""
    if event is None:
        return reverse(name.replace("ask", "ask_open", 1))
    return reverse(name, kwargs={"event_slug": event.slug})


def _go(name, event):
    """On to a step, at its heading; also drops the "#errores" the form was sent to."""
    return HttpResponseRedirect(_step(name, event) + "#contenido", status=303)


def _on(request, name, event, draft):
    """On to the next step of a draft, which the browser keeps."""
    return form_cookie.remember(request, _go(name, event), draft.token)


def _draft_of(request):
    return find_draft(request.POST.get("draft") or form_cookie.read(request).draft)


def _page(request, template, event, step, **context):
    context.update(
        event=event,
        page_window=schedule.question_window(event) if event else None,
        section="event",
        step=step,
        subject=about.shown(event, request, context.get("draft")),
        term=terms.at_filing(clock.now(), PetitionType.usual(), event, registry()),
        urls={
            "question": _step("ask", event),
            "author": _step("ask_author", event),
            "review": _step("ask_review", event),
        },
    )
    return render(request, f"questions/{template}.html", context)


def _once_filed(view):
    """A step that is sent again after its draft was filed leads to the receipt."""

    @functools.wraps(view)
    def step(request, event_slug=None):
        try:
            return view(request, event_slug)
        except Filed:
            return _go("ask_receipt", _event(event_slug))

    return step


@require_http_methods(["GET", "HEAD", "POST"])
@_once_filed
def step_question(request, event_slug=None):
    """Step 1: kind, text, topic, municipality."""
    event, draft = _event(event_slug), _draft_of(request)
    if request.method != "POST":
        return _question_page(request, event, QuestionForm(initial=_initial(request, draft)), draft)
    form = QuestionForm(request.POST)
    if form.is_valid():
        if automatic.looks_automatic(request.POST):
            note = _("Read your text once more and press Continue again.")
            return _question_page(request, event, form, draft, note=note)
        draft = keep_question(draft, form, request.POST, event)
        done = draft.data.get("has_author") and "back" in request.POST
        return _on(request, "ask_review" if done else "ask_author", event, draft)
    return _question_page(request, event, form, draft)


def _initial(request, draft):
    """What was typed before; a link from a page may have chosen the topic."""
    return draft.data if draft else {"topic": request.GET.get("tema", "")}


def _question_page(request, event, form, draft, note=""):
    started = request.POST.get("started") or automatic.opened_now()
    return _page(
        request, "ask_question", event, 1, form=form, draft=draft, note=note, started=started,
        back="back" in request.GET or "back" in request.POST,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@_once_filed
def step_author(request, event_slug=None):
    """Step 2: how to appear, who asks, files. Everything may be left empty."""
    event, draft = _event(event_slug), _draft_of(request)
    if draft is None:
        return redirect(_step("ask", event))
    kept = files_of(draft)
    if request.method != "POST":
        form = AuthorForm(initial=draft.data, kept_files=len(kept))
        return _author_page(request, event, form, draft, kept)
    dropped = request.POST.getlist("drop_file")
    left = [stored for stored in kept if str(stored.pk) not in dropped]
    form = AuthorForm(request.POST, request.FILES, kept_files=len(left))
    if not form.is_valid():
        keep_files(draft, form, dropped=dropped)
        note = _lost_files(request) if not form.good_files else ""
        return _author_page(request, event, form, draft, files_of(draft), note=note)
    keep_author(draft, form, dropped=dropped)
    return _on(request, "ask_review", event, draft)


def _lost_files(request) -> str:
    """A browser sends chosen files once: who has to send the form again must choose again."""
    chosen = any(request.FILES.getlist("files"))
    return _("Choose your files again: they were not kept.") if chosen else ""


def _author_page(request, event, form, draft, kept, note=""):
    return _page(
        request, "ask_author", event, 2, form=form, draft=draft, kept_files=kept, note=note
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step_review(request, event_slug=None):
    """Step 3: check and send. A second press shows the same receipt."""
    event = _event(event_slug)
    draft = _draft_of(request)
    if draft is None:
        token = request.POST.get("draft", "")
        if _is_filed(token):
            return _to_receipt(token, event)
        return redirect(_step("ask", event))
    both = checked(draft)
    if not both.is_valid:
        return redirect(_step("ask_author" if both.question.is_valid() else "ask", event))
    if request.POST.get("shown", draft.mark) != draft.mark:
        note = _("Your text changed in another tab. Read it once more before you send it.")
        return _review_page(request, event, draft, both, note=note)
    if request.method == "POST":
        return _send(request, event, draft, both)
    return _review_page(request, event, draft, both)


def _is_filed(token):
    return Question.objects.filter(filing_key=codes.filing_key(token)).exists() if token else False


def _send(request, event, draft, both):
    event = event and rows.find(Event, event.pk)  # its terms are counted by what it is now
    filing = filing_from(
        draft, both, event=event, topics=registry().topic_by_slug, language=request.LANGUAGE_CODE
    )
    answer, signed = request.POST.get("simple_answer"), request.POST.get("simple_signed")
    is_person = bool(answer and signed) and guard.answered_right(answer, signed)
    verdict = send(draft, filing, address=client_address(request), is_person=is_person)
    if verdict is guard.Verdict.REFUSE:
        return render(request, "questions/too_many.html", {"event": event}, status=429)
    if verdict is guard.Verdict.ASK and not _is_filed(filing.token):
        return _review_page(request, event, draft, both, simple=guard.simple_question())
    if verdict is guard.Verdict.REPEATED:
        context = {"event": event, "change": _step("ask", event)}
        return render(request, "questions/repeated.html", context, status=409)
    return _to_receipt(filing.token, event)


def _to_receipt(token, event):
    return form_cookie.filed(_go("ask_receipt", event), token)


def _review_page(request, event, draft, both, simple=None, note=""):
    similar = with_summaries(similar_published(both.question.cleaned_data["text"]))
    return _page(
        request, "ask_review", event, 3, draft=draft, data=draft.data, form=both.question,
        author=both.author, kept_files=files_of(draft), simple=simple, note=note,
        similar=similar,
        topic=registry().topic_by_slug[both.question.cleaned_data["topic"]],
    )  # fmt: skip


def _filed_here(request):
    """What this browser filed last, with its token; None for what there is not.

    Its draft may have been filed too: the answer that says so can get lost on the way.
    """
    kept = form_cookie.read(request)
    tokens = (kept.draft, kept.receipt)
    keys = {codes.filing_key(token): token for token in tokens if token}
    filed = Question.objects.filter(filing_key__in=keys).select_related("petition", "author")
    by_token = {keys[question.filing_key]: question for question in filed}
    token = next((token for token in tokens if token in by_token), "")
    return token, by_token.get(token)


def receipt(request, event_slug=None):
    """Radicado, secret code and dates, for the browser that sent it; printable, never stored."""
    event = _event(event_slug)
    token, question = _filed_here(request)
    if question is None:
        return redirect("my_question")
    calendar = working_calendar()
    context = {
        "question": question,
        "event": event,
        "code": secret_codes.shown(codes.code_for(token)),
        "review_by": calendar.add(question.filed_on, terms.REVIEW_DAYS),
        "skipped": terms.skipped_days(question, calendar),
        "by_event": question.due_on != question.legal_due_on,
        "filed_later": question.filed_on != question.local_day,
        "phase": schedule.phase(event) if event else None,
        "has_email": hasattr(question, "author") and bool(question.author.email),
        "again": _step("ask", event),
    }
    return render(request, "questions/receipt.html", context)


def short_way(request):
    """The short way that is read out on the radio: to the form of the event in focus."""
    focus = schedule.event_in_focus()
    coming = focus and schedule.phase(focus) != schedule.Phase.PAST
    return redirect(_step("ask", focus if coming else None))


def _again(view):
    """Show a step again, as if it had been refused, when its security token was lost."""

    def show(request, event_slug=None):
        note = _(
            "The page was open for a long time. Your text is still below. Press Continue again."
        )
        event, draft = _event(event_slug), _draft_of(request)
        if draft is None and view is not step_question:
            return view(request, event_slug)  # writes nothing: to the receipt or to step 1
        if view is step_question:
            return _question_page(request, event, QuestionForm(request.POST), draft, note=note)
        if view is step_author:
            kept = files_of(draft)
            form = AuthorForm(request.POST, request.FILES, kept_files=len(kept))
            note = f"{note} {_lost_files(request)}".strip()
            return _author_page(request, event, form, draft, kept, note=note)
        both = checked(draft)
        if not both.is_valid:
            return redirect(_step("ask", event))
        note = _("The page was open for a long time. Press Send question again.")
        return _review_page(request, event, draft, both, note=note)

    return show


for _view in (step_question, step_author, step_review):
    _view.after_lost_cookie = _again(_view)
