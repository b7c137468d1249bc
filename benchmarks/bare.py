"""The floor of a filing: a view that writes one row and nothing else, no middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from portal import settings as portal

TABLE = "CREATE TABLE IF NOT EXISTS bench_bare (text varchar(2000))"

if not settings.configured:
    settings.configure(
        SECRET_KEY="bare",  # noqa: S106 - protects nothing
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        DATABASES=portal.DATABASES,
    )


def write(request):
    """One INSERT, which waits for the disk as a filing does."""
    with connection.cursor() as cursor:
        if request.method == "POST":
            cursor.execute("INSERT INTO bench_bare (text) VALUES (%s)", [request.POST["text"]])
        else:
            cursor.execute(TABLE)
    return HttpResponse(b".")


urlpatterns = [path("", write)]
application = get_wsgi_application()
