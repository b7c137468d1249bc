"""What must not stand in a log, nor in a quoted mail: the tokens of links that open something."""

import logging
import re

_TOKEN = re.compile(
    r"(/(?:enlace|key|seguir/confirmar|seguir/terminar|inscripcion|invitacion)/)[^\s\"']+"
)


def without_tokens(text: str) -> str:
    """The text with everything cut from where the secret of an address begins."""
    return _TOKEN.sub(r"\1•••", text)


class TokenFilter(logging.Filter):
    """Cut everything after the part of an address where its secret begins."""

    def filter(self, record):
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = without_tokens(message), ()
        return True


def config(level: str) -> dict:
    """The settings of the logs: one line each, on standard error, without tokens."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {"tokens": {"()": "portal.base.logs.TokenFilter"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": "WARNING"},
            "django.server": {"handlers": [], "propagate": True},
            "portal": {"level": "INFO"},
        },
    }  # fmt: skip
