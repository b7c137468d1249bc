"""Pages of the desk about one event, in the dress of the admin."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse


def event_or_404(request, model_admin, pk):
    """The event, for who may read events. Raises Http404 or PermissionDenied."""
    event = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.has_view_permission(request, event):
        raise PermissionDenied
    return event


def event_page(request, model_admin, event, template, title, **context):
    """A page at `templates/admin/events/event/<template>.html`, with its way back to the event."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "event": event,
        "event_address": reverse("admin:events_event_change", args=[event.pk]),
        **context,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"admin/events/event/{template}.html", context)
