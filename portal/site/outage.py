"""A database that does not answer is a pause, not a fault: 503, Retry-After and our page."""

import logging

from entity.registry import NotSetUp
from portal.site import errors

logger = logging.getLogger(__name__)


class OutageMiddleware:
    """Turns what a view raises because the data is away, or not there yet, into a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotSetUp):
            return errors.not_set_up(request)
        if isinstance(exception, errors.OUTAGES):
            logger.error(
                "the database did not answer: %s", type(exception).__name__, exc_info=exception
            )
            return errors.unavailable(request)
        return None
