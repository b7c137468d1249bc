"""The WSGI application that the production server loads."""

import os

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


class PortalRequest(WSGIRequest):
    """A request whose Content-Type can't choose how the address and the fields are read.

    Django takes any codec of Python from it (zlib, utf-7, …): errors far below our error pages.
    """

    def _set_content_type_params(self, meta):
        try:
            super()._set_content_type_params(meta)
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {}
        if self.encoding and self.encoding.lower().replace("-", "") not in ("utf8", "latin1"):
            self.encoding = None


application = get_wsgi_application()
application.request_class = PortalRequest
