"""Where the files of one story are fetched, each with a limit."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.outbound.client import Answer, Client, Limits
from groundwave.outbound.errors import OutboundError


LONGEST_URL = 2000
"""Of an address that can be kept."""


class NotHad(Exception):
    """
    A file that could not be had; the message is a sentence for an editor.

    Attributes:
        may_come: whether it may be there when it is asked for again.
    """

    def __init__(self, sentence: str, *, may_come: bool = False) -> None:
        super().__init__(sentence)
        self.may_come = may_come


class Origins:
    """Other people's servers; one that cannot help now is not asked again."""

    def __init__(self) -> None:
        self._client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
        self._away: dict[str, OutboundError] = {}

    def get(
        self,
        url: str,
        *,
        name: str,
        accept: str,
        limits: Limits,
        into: IO[bytes] | None = None,
    ) -> Answer:
        """
        Return what is at *url*, or have it written *into* a file.

        Raises:
            NotHad: it is not there; the sentence calls it *name*.
        """
        if len(url) > LONGEST_URL:
            raise NotHad(_too_long(name))
        origin = "/".join(url.split("/", 3)[:3])
        try:
            return self._asked(origin, url, accept=accept, limits=limits, into=into)
        except OutboundError as trouble:
            sentence = _("“%(name)s” could not be fetched. %(why)s") % {
                "name": name,
                "why": trouble.sentence,
            }
            raise NotHad(sentence, may_come=not trouble.permanent) from trouble

    def _asked(self, origin: str, url: str, **how: Any) -> Answer:
        if origin in self._away:
            raise self._away[origin]
        try:
            return self._client.get(url, **how).expect_success()
        except OutboundError as trouble:
            if not trouble.permanent:
                self._away[origin] = trouble
            raise


def _too_long(name: str) -> str:
    return _(
        "“%(name)s” has an address that is longer than any should be, and was not "
        "fetched. Tell its origin if readers need it."
    ) % {"name": name}
