"""Health for monitors: alive is the process, ready is the process with its database."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def health(request):
    """200 when the portal can serve, 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return JsonResponse({"alive": True, "ready": False}, status=503)
    return JsonResponse({"alive": True, "ready": True})
