"""The desk's page for the entity's own recording of a session."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from accountability.conditions import PUBLISH
from accountability.recording import workflow
from accountability.recording.forms import RecordingForm
from accountability.recording.kinds import KINDS
from portal.base import incoming
from portal.base.bodies import FORM, takes_large_bodies
from portal.base.downloads import download
from portal.base.machine import MoveRefused
from portal.base.uploads import CleanFile


def _most(request) -> int:
    """What may come in for a recording: nothing from others, and only as much as has room."""
    if not request.user.has_perm(PUBLISH):
        return 0
    incoming.demand_room(int(request.META["CONTENT_LENGTH"]))
    return settings.RECORDING_MAX_BYTES + FORM


class RecordingMixin:
    """For the admin of records."""

    def get_urls(self):
        page = takes_large_bodies(_most)(self.admin_site.admin_view(self.recording_view))
        file = self.admin_site.admin_view(self.recording_file)
        name = "accountability_record_recording"
        own = [
            path("<number:pk>/grabacion/", page, name=name),
            path("<number:pk>/grabacion/<slug:kind>/", file, name=f"{name}_file"),
        ]
        return [*own, *super().get_urls()]

    def _record(self, request, pk):
        record = get_object_or_404(self.get_queryset(request).select_related("event"), pk=pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return record

    def recording_view(self, request, pk):
        """What stands there, and a form for what is new."""
        record = self._record(request, pk)
        if request.method != "POST":
            return self._recording_page(request, record, RecordingForm())
        if "take_away" in request.POST:
            return self._take_away(request, record)
        form = RecordingForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._recording_page(request, record, form, status=422)
        return self._put(request, record, form)

    def recording_file(self, request, pk, kind):
        """A file as it is kept, before the public has it."""
        record = self._record(request, pk)
        stored = getattr(record, KINDS[kind].column) if kind in KINDS else None
        if stored is None:
            raise Http404
        return download(stored)

    def _put(self, request, record, form):
        for name, kind in KINDS.items():
            sent = form.cleaned_data[name]
            if not sent:
                continue
            if isinstance(sent, CleanFile):
                stored = sent.store()
            else:
                public = f"{kind.name}-{record.event.slug}.{kind.types[sent.content_type]}"
                stored = incoming.keep(sent, name=public, content_type=sent.content_type)
            workflow.put_file(record, name, stored, actor=request.user)
        if form.cleaned_data["fill_transcript"]:
            workflow.fill_transcript(record, actor=request.user)
        messages.success(request, _("The recording was saved."))
        return self._back(request)

    def _take_away(self, request, record):
        try:
            kind = request.POST["take_away"]
            if kind not in KINDS:
                raise MoveRefused(_("There is no such file."))
            workflow.take_away(record, kind, actor=request.user)
        except MoveRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("It was taken away."))
        return self._back(request)

    @staticmethod
    def _back(request):
        return HttpResponseRedirect(request.path, status=303)

    def _recording_page(self, request, record, form, status=200):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Recording of the session"),
            "opts": self.opts,
            "record": record,
            "form": form,
            "present": [
                (name, kind, stored)
                for name, kind in KINDS.items()
                if (stored := getattr(record, kind.column))
            ],
            "back": reverse("admin:accountability_sessionrecord_change", args=[record.pk]),
            "most_bytes": settings.RECORDING_MAX_BYTES,
        }
        request.current_app = self.admin_site.name
        template = "admin/accountability/sessionrecord/recording.html"
        return TemplateResponse(request, template, context, status=status)
