"""Who may run a live session."""

from django.core.exceptions import PermissionDenied

RUN = "events.run_live_session"


def demand(actor) -> None:
    """Raises PermissionDenied for who may not run sessions."""
    if not actor.has_perm(RUN):
        raise PermissionDenied
