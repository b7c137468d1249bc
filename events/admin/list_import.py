"""Importing a list of an event: a template, a dry run, and writing when somebody presses."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from portal.base.forms import PortalForm
from portal.base.machine import MoveRefused
from portal.base.tables import TableRefused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(PortalForm):
    event = forms.ModelChoiceField(
        label=gettext_lazy("Event"),
        queryset=Event.objects.order_by("-starts_at"),
        error_messages={"required": gettext_lazy("Choose the event")},
    )
    file = forms.FileField(
        label=gettext_lazy("The list"),
        error_messages={
            "required": gettext_lazy("Choose the file of the list"),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )


class SealedForm(forms.Form):
    """What the page of the dry run sends back."""

    event = forms.ModelChoiceField(queryset=Event.objects.all())
    rows = forms.CharField(max_length=900_000)
    only_right = forms.BooleanField(required=False)


@dataclass(frozen=True)
class ListImport:
    """The three pages of a list in the desk; addresses and templates follow the model's name.

    `columns` reads and makes tables (`read`, `template_csv`, `template_xlsx`), `rows` tries and
    seals them (`tried`, `sealed`, `opened`). `write(event, rows=, actor=)` gives how many were
    written, or raises MoveRefused; where a list `may_be_partial` it is told `only_right` too, to
    leave out the rows that are wrong. `told(count)` says how many they were.
    """

    columns: ModuleType
    rows: ModuleType
    write: Callable[..., int]
    told: Callable[[int], str]
    title: Promise
    dry_title: Promise
    help_text: Promise
    template_name: str
    query: str = ""  # which rows of the list are shown afterwards
    may_be_partial: bool = False

    def upload(self, request, model_admin):
        """Choose a list, see its dry run, write it. Only the last of the three writes."""
        _demand(request, model_admin)
        if request.method == "POST" and "rows" in request.POST:
            return self._write(request, model_admin)
        form = UploadForm(initial={"event": request.GET.get("evento", "")})
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES)
        form.fields["file"].help_text = self.help_text
        if form.is_bound and form.is_valid():
            try:
                rows, unknown = self.columns.read(form.cleaned_data["file"])
            except TableRefused as refused:
                form.add_error("file", str(refused))
            else:
                return self._dry_run(
                    request, model_admin, form.cleaned_data["event"], rows, unknown
                )
        return _page(request, model_admin, "import", self.title, form=form)

    def _dry_run(self, request, model_admin, event, rows, unknown=(), refusal=""):
        context = {
            "event": event,
            "found": self.rows.tried(event, rows),
            "unknown": unknown,
            "refusal": refusal,
            "rows": self.rows.sealed(event, request.user, rows),
        }
        return _page(request, model_admin, "dry_run", self.dry_title, **context)

    def _write(self, request, model_admin):
        form = SealedForm(request.POST)
        event = form.cleaned_data["event"] if form.is_valid() else None
        rows = event and self.rows.opened(event, request.user, form.cleaned_data["rows"])
        if not rows:
            messages.warning(request, _("Upload the list once more: this page was too old."))
            return HttpResponseRedirect(_address(model_admin, "import"), status=303)
        told = {"only_right": form.cleaned_data["only_right"]} if self.may_be_partial else {}
        try:
            count = self.write(event, rows=rows, actor=request.user, **told)
        except MoveRefused as refused:
            return self._dry_run(request, model_admin, event, rows, refusal=str(refused))
        messages.success(request, self.told(count))
        query = f"?event__id__exact={event.pk}{self.query}"
        return HttpResponseRedirect(_address(model_admin, "changelist") + query, status=303)

    def template(self, request, model_admin, kind):
        """The empty list with the names of its columns."""
        _demand(request, model_admin)
        makers = {
            "csv": (self.columns.template_csv, "text/csv; charset=utf-8"),
            "xlsx": (self.columns.template_xlsx, XLSX),
        }
        if kind not in makers:
            raise Http404
        make, content_type = makers[kind]
        headers = {"Content-Disposition": f'attachment; filename="{self.template_name}.{kind}"'}
        return HttpResponse(make(), content_type=content_type, headers=headers)


def _demand(request, model_admin):
    if not model_admin.has_add_permission(request):
        raise PermissionDenied


def _address(model_admin, name: str, *args) -> str:
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


def _page(request, model_admin, template, title, **context):
    opts = model_admin.opts
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": opts,
        "import_address": _address(model_admin, "import"),
        "list_address": _address(model_admin, "changelist"),
        "templates": [
            (kind.upper(), _address(model_admin, "template", kind)) for kind in ("xlsx", "csv")
        ],
        **context,
    }
    request.current_app = model_admin.admin_site.name
    folder = f"admin/{opts.app_label}/{opts.model_name}"
    return TemplateResponse(request, f"{folder}/{template}.html", context)
