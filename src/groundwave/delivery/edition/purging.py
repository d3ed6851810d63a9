"""
Telling whoever keeps our pages elsewhere, such as a CDN, that they have changed.

Laws:

* Writes within a second are told once; what goes on is told after five.
* It is told no sooner than every machine of the site has heard of the write: a page that
  is fetched again because of it must not be an old one.
* Until it has succeeded it is tried again; nothing ends it but ``stop``.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from http.client import HTTPException

import structlog
from django.conf import settings
from django.db import Error, connection

from groundwave.delivery.edition.advancing import committed_number


# Twice as long as a process of the site takes to hear of another machine's write.
SETTLED_SECONDS = 1.0
MOST_SECONDS = 5.0
LOOK_SECONDS = 0.25
ANSWER_SECONDS = 10.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0

log = structlog.get_logger(__name__)


def run_purging(stop: threading.Event) -> None:
    """Tell ``GROUNDWAVE_PURGE_URL`` of every edition, until *stop*."""
    if not settings.GROUNDWAVE_PURGE_URL:
        stop.wait()
        return
    told, pause = None, FIRST_PAUSE_SECONDS
    while not stop.is_set():
        try:
            number = committed_number(connection)
            if number != told:
                number = _settled(stop, number)
                _tell(number)
                told, pause = number, FIRST_PAUSE_SECONDS
            stop.wait(LOOK_SECONDS)
        except (OSError, HTTPException, ValueError, Error) as reason:
            log.warning(
                "purge_failed",
                because=str(reason),
                advice="Readers behind the CDN may see old pages for as long as it "
                "keeps them. Check GROUNDWAVE_PURGE_URL and GROUNDWAVE_PURGE_TOKEN; "
                f"it is tried again in {pause:g} s.",
            )
            connection.close()
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
    connection.close()


def _settled(stop: threading.Event, number: int) -> int:
    """Wait until nothing has been written for a moment; return the number by then."""
    began = since = time.monotonic()
    while not stop.wait(LOOK_SECONDS):
        now, newest = time.monotonic(), committed_number(connection)
        if newest != number:
            number, since = newest, now
        if now - since >= SETTLED_SECONDS or now - began >= MOST_SECONDS:
            break
    return number


def _tell(number: int) -> None:
    """
    Send it, and follow nobody elsewhere with our word.

    Raises:
        OSError: it was not taken.
    """
    headers = {"Content-Type": "application/json"}
    if settings.GROUNDWAVE_PURGE_TOKEN:
        headers["Authorization"] = f"Bearer {settings.GROUNDWAVE_PURGE_TOKEN}"
    request = urllib.request.Request(  # noqa: S310  # the deployment's own address
        settings.GROUNDWAVE_PURGE_URL,
        data=json.dumps({"edition": number}).encode(),
        headers=headers,
    )
    opener = urllib.request.build_opener(_StaysThere)
    with opener.open(request, timeout=ANSWER_SECONDS):
        log.info("purged", edition=number)


class _StaysThere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Take a redirect for the failure that it is."""
