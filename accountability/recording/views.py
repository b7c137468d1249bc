"""`/eventos/<slug>/grabacion/`: the entity's own recording, in the parts that a player asks for."""

from django.http import Http404
from django.views.decorators.http import require_safe

from accountability.models import SessionRecord
from accountability.recording.kinds import KINDS
from portal.base.ranges import ranged_download


@require_safe
def recording(request, event_slug, kind):
    """A file of the published record of a public event."""
    column = KINDS[kind].column
    public = SessionRecord.objects.of_public_events()
    record = public.select_related(column).filter(event__slug=event_slug).first()
    stored = getattr(record, column, None)
    if stored is None:
        raise Http404
    return ranged_download(request, stored)
