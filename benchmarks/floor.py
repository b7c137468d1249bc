"""The floor: an empty Django view, no middleware, under the same server."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="floor",  # noqa: S106 - protects nothing
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)
urlpatterns = [path("", lambda request: HttpResponse(b"."))]
application = get_wsgi_application()
