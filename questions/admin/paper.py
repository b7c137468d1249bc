"""Numbered paper forms: numbers are reserved once, their sheets can be printed again."""

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from portal.base import pdf
from portal.base.forms import PortalForm
from questions import sheets as paper_sheets
from questions import workflow
from questions.admin.entry import desk_page, may_enter
from questions.models import PaperForm
from questions.workflow.channels import MOST_FORMS

IN_ONE_PDF = 100  # twelve seconds and 250 MB of the process apart


class ReserveForm(PortalForm):
    """How many sheets, and for which event."""

    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("How many forms?"),
        min_value=1,
        max_value=MOST_FORMS,
        initial=20,
        help_text=gettext_lazy("From 1 to 200. Each one has a page and a number of its own."),
        error_messages={
            "required": gettext_lazy("Write how many, from 1 to 200"),
            "invalid": gettext_lazy("Write how many, from 1 to 200"),
            "min_value": gettext_lazy("Write how many, from 1 to 200"),
            "max_value": gettext_lazy("Write how many, from 1 to 200"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._events = {e.slug: e for e in Event.objects.public().order_by("-starts_at")[:50]}
        self.fields["event"].choices = [
            ("", gettext_lazy("None: the process is permanent")),
            *((slug, str(event)) for slug, event in self._events.items()),
        ]

    def clean_event(self):
        return self._events.get(self.cleaned_data["event"])


@may_enter
def reserve(request, model_admin):
    """Choose how many; the numbers are taken when the button is pressed."""
    form = ReserveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reserved = workflow.reserve_forms(actor=request.user, **form.cleaned_data)
        ends = [reserved[0].number, reserved[-1].number]
        address = reverse("admin:questions_question_paper_reserved", args=ends)
        return HttpResponseRedirect(address, status=303)
    return desk_page(
        request, model_admin, "paper", _("Paper forms"), form=form,
        newest=PaperForm.objects.first(), unused=PaperForm.objects.filter(question=None).count(),
    )  # fmt: skip


def _forms(first: int, last: int, most=MOST_FORMS) -> list[PaperForm]:
    if not 0 < first <= last < 10**12 or last - first >= most:
        raise Http404
    rows = PaperForm.objects.filter(number__range=(first, last)).select_related("event")
    found = list(rows.order_by("number"))
    if not found:
        raise Http404
    return found


def _parts(found: list[PaperForm]) -> list[tuple[PaperForm, PaperForm]]:
    """The first and the last sheet of each PDF."""
    cut = [found[i : i + IN_ONE_PDF] for i in range(0, len(found), IN_ONE_PDF)]
    return [(part[0], part[-1]) for part in cut]


@may_enter
def reserved(request, model_admin, first, last):
    """The numbers that were taken, and their sheets as PDF or for the printer."""
    found = _forms(first, last)
    return desk_page(
        request, model_admin, "paper_reserved", _("Paper forms"), first=found[0],
        last=found[-1], count=len(found), event=found[0].event, has_pdf=pdf.is_available(),
        parts=_parts(found),
    )  # fmt: skip


@may_enter
def sheets(request, model_admin, first, last):
    """The sheets as a page for the printer."""
    back = reverse("admin:questions_question_paper_reserved", args=[first, last])
    context = paper_sheets.numbered(_forms(first, last))
    return render(request, "questions/paper_form.html", {**context, "back": back})


@may_enter
def sheets_pdf(request, model_admin, first, last):
    """The sheets as one PDF; the page for the printer where none can be drawn."""
    try:
        content = pdf.render(
            "questions/paper_form.html", paper_sheets.numbered(_forms(first, last, IN_ONE_PDF))
        )
    except pdf.NotAvailable:
        address = reverse("admin:questions_question_paper_sheets", args=[first, last])
        return HttpResponseRedirect(address)
    headers = {"Content-Disposition": f'attachment; filename="formularios-{first}-{last}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
