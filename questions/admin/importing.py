"""Importing a list: a template, a dry run, and filing when somebody presses the button."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.base.forms import PortalForm
from portal.base.machine import MoveRefused
from portal.base.tables import TableRefused
from questions import import_results, import_template, imports
from questions.admin.entry import desk_page, may_enter
from questions.forms.entry import Known
from questions.models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(PortalForm):
    event = forms.ChoiceField(label=gettext_lazy("Event of the whole list"), required=False)
    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("CSV, XLSX or ODS. Up to 2 MB and 2,000 rows."),
        error_messages={
            "required": gettext_lazy("Choose the file of the list"),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._events = Known().events
        self.fields["event"].choices = [
            ("", gettext_lazy("None: the process is permanent")),
            *((slug, str(event)) for slug, event in self._events.items()),
        ]

    def clean_event(self):
        return self._events.get(self.cleaned_data["event"])


@may_enter
def upload(request, model_admin):
    """Choose a list; its dry run follows and nothing is filed yet."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            kept = imports.keep(data["file"], actor=request.user, event=data["event"])
        except TableRefused as refused:
            form.add_error("file", str(refused))
        else:
            import_results.note(kept)
            return HttpResponseRedirect(_page_of(kept), status=303)
    return desk_page(request, model_admin, "import", _("Import a list"), form=form)


def _page_of(kept) -> str:
    return reverse("admin:questions_question_import_batch", args=[kept.pk])


@may_enter
def batch(request, model_admin, pk):
    """The dry run of one's own list, or the filing of its rows."""
    own = ImportBatch.objects.filter(actor=request.user).select_related("event")
    kept = get_object_or_404(own, pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            only_right = request.POST.get("only_right") == "1"
            count = imports.file_batch(kept, actor=request.user, only_right=only_right)
        except MoveRefused as refused:
            refusal = str(refused)
            import_results.note(kept)
        else:
            words = ngettext(
                "%(n)s contribution of the list is filed.",
                "%(n)s contributions of the list are filed.",
                count,
            ) % {"n": count}
            messages.success(request, words)
            return HttpResponseRedirect(_page_of(kept), status=303)
    return _result(request, model_admin, kept, refusal)


def _result(request, model_admin, kept, refusal):
    title = _("Import “%(name)s”") % {"name": kept.name}
    return desk_page(
        request, model_admin, "import_batch", title,
        batch=kept, found=import_results.shown(kept), refusal=refusal,
    )  # fmt: skip


@may_enter
def template(request, model_admin, kind):
    """The empty list with the names of its columns."""
    makers = {
        "csv": (import_template.template_csv, "text/csv; charset=utf-8"),
        "xlsx": (import_template.template_xlsx, XLSX),
    }
    if kind not in makers:
        raise Http404
    make, content_type = makers[kind]
    headers = {"Content-Disposition": f'attachment; filename="plantilla-aportes.{kind}"'}
    return HttpResponse(make(), content_type=content_type, headers=headers)
