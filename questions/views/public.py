"""Published contributions: lists and pages, the same for everybody."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from events.models import Event
from portal.base.public_pages import public_page
from questions import selectors
from questions.forms import QuestionFilterForm
from questions.status import public_status

PER_PAGE = 20
FILTERS = ("tema", "municipio", "oficina", "estado", "orden", "pagina")


@public_page(*FILTERS, free=("q",))
def questions(request):
    """Every published contribution, with search and filters."""
    return _list(request, None)


@public_page(*FILTERS, free=("q",), per_event=True)
def event_questions(request, event_slug):
    """The published contributions of one event."""
    event = get_object_or_404(Event.objects.public().select_related("kind"), slug=event_slug)
    return _list(request, event)


def _list(request, event):
    form = QuestionFilterForm(request.GET)
    found = selectors.QuestionList(form, event)
    paginator = Paginator(found.queryset, PER_PAGE)
    page = paginator.get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "filter_fields": [form[name] for name in ("tema", "municipio", "oficina", "orden")],
        "event": event,
        "found": found,
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "items": selectors.with_summaries(page.object_list),
        "section": "questions",
    }
    return render(request, "questions/list.html", context)


@public_page()
def question_number(request, number):
    """The short address of a contribution leads to its whole one."""
    item = get_object_or_404(selectors.addressable(), number=number)
    return redirect(item, permanent=True) if selectors.is_public(item) else _gone(request, item)


def _gone(request, item):
    """It was public once. No redirect to its old title: that may be why it was taken away."""
    return render(request, "questions/gone.html", {"question": item}, status=410)


@public_page()
def question(request, number, slug):
    """One contribution: what was asked, where it stands, what was answered."""
    item = get_object_or_404(selectors.addressable(), number=number)
    if not selectors.is_public(item):
        return _gone(request, item)
    if item.slug != slug:
        return redirect(item, permanent=True)
    history = selectors.public_history(item)
    context = {
        "question": item,
        "status": public_status(item),
        "answers": selectors.published_answers(item),
        "history": history,
        "merged": selectors.merged_into(item),
        "why": selectors.why_this_date(item, history),
        "section": "questions",
    }
    return render(request, "questions/detail.html", context)
