"""Questions to a service of documents, and why it may refuse them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext as _
from msgspec.structs import replace

from groundwave.outbound.client import Answer, Client, Limits
from groundwave.outbound.errors import OutboundError, TooLarge
from groundwave.syndication.models import Connection, Upstream
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.wire.cds.answers import documents_in, messages_in
from groundwave.wire.cds.errors import NotAllowed, NotCds
from groundwave.wire.cds.query import Query, write_query


TOO_LARGE: Final = b""
"""What stands in the place of a document that is larger than a whole answer may be."""

MOST_TOO_LARGE = 2
"""Of a service all of whose documents are, nothing can be had."""

LONGEST_WAIT = timedelta(hours=1)

_BRAND_LIMITS = Limits(seconds=10, length=256 << 10)
_GONE_FOR_CERTAIN = {HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}
_GONE = {HTTPStatus.NOT_FOUND, *_GONE_FOR_CERTAIN}
_KEY_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such document; for certain if it was the service itself that said so."""

    is_certain: bool


class Service:
    """The service that a connection leads to, asked with its key."""

    def __init__(self, connection: Connection, client: Client) -> None:
        address = connection.address.rstrip("/").removesuffix("/v1")
        is_ours = connection.upstream == Upstream.GROUNDWAVE
        self.base = f"{address}/network" if is_ours else address
        self._name = connection.name
        key = connection.key.strip()
        self._said = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = client
        self._too_large = 0

    def documents(self, query: Query) -> tuple[bytes, ...]:
        """
        Return the documents that answer *query*, each as it came.

        Where all of them are too much for one answer they are asked for in parts.

        Raises:
            UpstreamTrouble: there is no answer.
        """
        try:
            asked = f"{self.base}/v1/documents?{write_query(query)}"
        except NotAllowed as refusal:
            raise UpstreamTrouble(self._query_words(str(refusal))) from refusal
        try:
            answer = self._ask(asked)
        except TooLarge as problem:
            return self._in_parts(query, problem)
        if answer.status != HTTPStatus.OK:
            raise self._refused(answer)
        return self._documents_in(answer)

    def document(self, id_: str) -> bytes | Missing:
        """Return a document, or that the service says that it has none of that id."""
        try:
            answer = self._ask(f"{self.base}/v1/documents/{quote(id_, safe='')}")
        except TooLarge as problem:
            raise UpstreamTrouble(problem.sentence) from problem
        if answer.status in _GONE:
            is_own = bool(messages_in(answer.body))
            return Missing(is_certain=is_own or answer.status in _GONE_FOR_CERTAIN)
        if answer.status != HTTPStatus.OK:
            raise self._refused(answer)
        found = self._documents_in(answer)
        return found[0] if found else Missing(is_certain=False)

    def brand(self, url: str) -> bytes | None:
        """Return what *url* says of a brand; None if it says nothing, for good."""
        said = self._said if url.startswith(f"{self.base}/") else {}
        try:
            answer = self._client.get(
                url, headers=said, accept=_JSON, limits=_BRAND_LIMITS
            )
        except OutboundError as problem:
            if problem.permanent:
                return None
            raise UpstreamTrouble(problem.sentence) from problem
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise self._refused(answer)
        return answer.body if answer.status == HTTPStatus.OK else None

    def _ask(self, url: str) -> Answer:
        try:
            return self._client.get(url, headers=self._said, accept=_JSON)
        except TooLarge:
            raise
        except OutboundError as problem:
            raise UpstreamTrouble(problem.sentence) from problem

    def _in_parts(self, query: Query, problem: TooLarge) -> tuple[bytes, ...]:
        half = query.limit // 2
        if not half:
            self._too_large += 1
            if self._too_large > MOST_TOO_LARGE:
                raise UpstreamTrouble(problem.sentence) from problem
            return (TOO_LARGE,)
        found: tuple[bytes, ...] = ()
        for offset, limit in ((0, half), (half, query.limit - half)):
            part = replace(query, offset=query.offset + offset, limit=limit)
            found += self.documents(part)
        return found

    def _documents_in(self, answer: Answer) -> tuple[bytes, ...]:
        try:
            return documents_in(answer.body)
        except NotCds as problem:
            words = _("%(name)s answered with something else than documents: %(said)s")
            facts = {"name": self._name, "said": str(problem)}
            raise UpstreamTrouble(words % facts) from problem

    def _refused(self, answer: Answer) -> UpstreamTrouble:
        sentence = self._refusal_words(answer.status)
        if said := " ".join(messages_in(answer.body)):
            sentence += " " + _("It says: “%(said)s”") % {"said": said}
        return UpstreamTrouble(sentence, wait=wait_of(answer))

    def _refusal_words(self, status: int) -> str:
        if status in _KEY_REFUSED:
            words = _(
                "%(name)s refuses our key (%(status)s). Check the key of this "
                "connection; if it is as it should be, ask %(name)s for a new one."
            )
        elif status == HTTPStatus.BAD_REQUEST:
            words = _(
                "%(name)s does not understand what it is asked (%(status)s). Check "
                "“which stories” of this connection."
            )
        elif status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == 429:
            words = _(
                "%(name)s cannot answer now (%(status)s). It is asked again by itself; "
                "ask its engineers if that lasts for hours."
            )
        else:
            words = _(
                "%(name)s has no documents at the address of this connection "
                "(%(status)s). Check the address."
            )
        return words % {"name": self._name, "status": status}

    def _query_words(self, said: str) -> str:
        words = _("“Which stories” of this connection cannot be asked for: %(said)s")
        return words % {"said": said}


def wait_of(answer: Answer) -> timedelta | None:
    """Return for how long whoever answered wants to be left alone, if it says so."""
    seconds = answer.headers.get("retry-after").strip()
    if not seconds.isdecimal():
        return None
    return min(timedelta(seconds=int(seconds[:9])), LONGEST_WAIT)
