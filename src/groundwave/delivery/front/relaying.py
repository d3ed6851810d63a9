"""An answer of the site's on its way to one visitor."""

from __future__ import annotations

from http import HTTPStatus

from groundwave.delivery.front.site import SiteAnswer
from groundwave.delivery.front.visitor import Visitor
from groundwave.wire.http.headers import Headers


_AWAY = "The site does not answer at the moment; try again in a minute."
_SOON = "Retry-After: 10\r\n"


class Relay:
    """Hands on what comes, as it comes."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._answer: SiteAnswer | None = None

    def begun(self, answer: SiteAnswer, head: bytes, headers: Headers) -> None:
        self._answer = answer
        self._visitor.send((head,))

    def more(self, data: bytes) -> None:
        self._visitor.send((data,))

    def ended(self, *, whole: bool) -> None:
        if self._answer is None:
            refuse_away(self._visitor)
        elif whole and self._answer.is_sized:
            self._visitor.finish()
        else:
            # Where it ends is for the connection to say; or it has no end.
            self._visitor.end()

    def pause_asking(self) -> None:
        self._visitor.pause_asking()

    def resume_asking(self) -> None:
        self._visitor.resume_asking()


def refuse_away(visitor: Visitor) -> None:
    """Say that the site does not answer."""
    visitor.refuse(HTTPStatus.SERVICE_UNAVAILABLE, _AWAY, _SOON)
