"""One way of logging: events with fields, colored at a desk and JSON in a file."""

from __future__ import annotations

from typing import Any

import structlog
from structlog.typing import Processor


def logging_config(*, for_people: bool) -> dict[str, Any]:
    """
    Set up structlog and return what Django's ``LOGGING`` takes.

    Records of Django, Wagtail and ours leave in the same shape, on standard error.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_rendering(for_people=for_people),
                ],
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "event"},
            "troubles": {
                "class": "logging.StreamHandler",
                "formatter": "event",
                "level": "WARNING",
            },
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Django's own handlers would say everything twice, or mail it to nobody.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A wrong Host or a lost session is the visitor's affair, not an error here.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # Two lines for every task are nobody's news, and its worker sets the level.
            "django_tasks": {"handlers": ["troubles"], "propagate": False},
        },
    }


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(allow={"status_code"}),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _rendering(*, for_people: bool) -> list[Processor]:
    if for_people:
        return [structlog.dev.ConsoleRenderer(colors=True)]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ]
