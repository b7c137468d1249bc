"""The form on paper for whoever has no internet: anybody may print it, without a number."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from events.models import Event
from portal.base import pdf
from portal.base.public_pages import public_page
from questions import sheets


@public_page(per_event=True)
def blank_form(request, event_slug=None):
    """The sheet as a PDF, drawn once while nothing of it changes; as a page without pango."""
    event = event_slug and get_object_or_404(Event.objects.public(), slug=event_slug)
    context = sheets.blank(event or None)
    try:
        content = pdf.render("questions/paper_form.html", context, keep=True)
    except pdf.NotAvailable:
        request.is_public_page = False  # not stored: the next one may get the PDF
        return render(request, "questions/paper_form.html", context)
    return HttpResponse(content, content_type="application/pdf")
