"""The paper of minutes in the desk: how far the PDF is, and a draft of it for the staff."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.minutes.selectors import Document
from accountability.models import Minutes
from accountability.paper import drawing
from portal.base import clock, pdf

LATE = timedelta(minutes=10)  # a worker that runs has drawn it long before


class PaperMixin:
    """For the admin of minutes."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.pdf_view)
        own = path("<number:pk>/acta.pdf", view, name="accountability_minutes_pdf")
        return [own, *super().get_urls()]

    def pdf_view(self, request, pk):
        """The minutes as they are written now, with the mark of a draft; nothing is kept."""
        minutes = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_or_change_permission(request, minutes):
            raise PermissionDenied
        try:
            content = drawing.drawn_draft(Document(minutes))
        except pdf.NotAvailable:
            messages.warning(request, _("The PDF can't be drawn now. Try again in a moment."))
            return HttpResponseRedirect(reverse("admin:accountability_minutes_changelist"))
        response = HttpResponse(content, content_type="application/pdf")
        response.headers["Content-Disposition"] = 'inline; filename="acta-borrador.pdf"'
        return response

    @admin.display(description=gettext_lazy("PDF"))
    def paper(self, minutes):
        """A link to the file, or why there is none yet."""
        if minutes.status != Minutes.Status.PUBLISHED:
            address = reverse("admin:accountability_minutes_pdf", args=[minutes.pk])
            return format_html('<a href="{}">{}</a>', address, _("Draft as PDF"))
        if minutes.drawn_id:
            where = {"event_slug": minutes.event.slug, "edition": minutes.edition}
            address = reverse("minutes_edition_pdf", kwargs=where)
            return format_html('<a href="{}">{}</a>', address, _("Open the PDF"))
        if not pdf.is_available():
            return _("This server can't draw PDFs: pango is missing.")
        if clock.now() - minutes.published_at > LATE:
            return _("It could not be drawn; the worker tries again.")
        return _("It is being prepared.")
