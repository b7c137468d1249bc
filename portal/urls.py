"""Addresses: each room brings its own full patterns. Public pages exist under `/en/` too."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from live import console_urls
from portal.site.desk_links import to_public_page
from portal.site.health import health

urlpatterns = [
    path("gestion/r/<path:content_type_id>/<path:object_id>/", to_public_page),
    path("gestion/vivo/", include(console_urls)),
    path("gestion/", admin.site.urls),
    path("cuenta/", include("portal.site.account_urls")),
    path("salud/", health, name="health"),
    *i18n_patterns(
        path("", include("portal.site.urls")),
        path("", include("live.urls")),
        path("", include("evaluation.urls")),
        path("", include("accountability.urls")),
        path("", include("questions.urls")),
        path("", include("events.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.site.errors.bad_request"
handler403 = "portal.site.errors.forbidden"
handler404 = "portal.site.errors.not_found"
handler500 = "portal.site.errors.server_error"
handler503 = "portal.site.errors.unavailable"
