"""
The transmitter's word for everybody who watches the air: one question for all of them.

Laws:

* However many look, the transmitter is asked at most once in ``FRESH_SECONDS``.
* Only one of them waits for an answer. Whoever looks meanwhile gets what is known, or
  that nothing is known yet, so that a transmitter that hangs never takes more than one
  of the site's threads.
* No state is shown that is older than ``STALE_SECONDS``.
* What is known is the last answer or why there is none: an answer is never shown again
  once a question after it went unanswered.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Status
from groundwave.stations.air import ask_status


# Pages look once a second; a little less lets each of them find something new.
FRESH_SECONDS = 0.9
# As long as one question may take, and the next one.
STALE_SECONDS = 5.0


@dataclass(frozen=True)
class Word:
    """
    What the transmitter said, or why it said nothing.

    Attributes:
        status: ``None`` if it did not answer.
        trouble: a sentence that says why not.
        heard_at: when it answered last, if it ever did.
        is_awaited: it is being asked; it may well answer.
    """

    status: Status | None
    trouble: str = ""
    heard_at: datetime | None = None
    is_awaited: bool = False


class Watch:
    """
    Asks on behalf of everybody.

    Args:
        ask: returns the state, or raises ``PatchbayError``.
        clock: seconds that only go forward.
    """

    def __init__(
        self, ask: Callable[[], Status], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._asking = threading.Lock()
        self._word: Word | None = None
        self._asked_at = 0.0

    def look(self) -> Word:
        """Return what is known, asked for now if that is due."""
        known, age = self._word, self._clock() - self._asked_at
        if known and age < FRESH_SECONDS:
            return known
        if not self._asking.acquire(blocking=False):
            return known if known and age < STALE_SECONDS else self._not_yet()
        try:
            return self._renewed()
        finally:
            self._asking.release()

    def note(self, status: Status) -> Word:
        """Take in what somebody was just told, so that everybody sees it at once."""
        return self._keep(Word(status, heard_at=status.at))

    def _not_yet(self) -> Word:
        heard_at = self._word.heard_at if self._word else None
        said = _("The transmitter is being asked. Look again in a second.")
        return Word(None, said, heard_at, is_awaited=True)

    def _renewed(self) -> Word:
        try:
            return self.note(self._ask())
        except PatchbayError as trouble:
            heard_at = self._word.heard_at if self._word else None
            return self._keep(Word(None, str(trouble), heard_at))

    def _keep(self, word: Word) -> Word:
        self._word, self._asked_at = word, self._clock()
        return word


def the_watch() -> Watch:
    """Return the one watch of this process."""
    return _watch_at(settings.GROUNDWAVE.patchbay_socket)


@functools.cache
def _watch_at(_socket: Path) -> Watch:
    return Watch(ask_status)
