"""Asking other people's servers."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import IO

import groundwave
from groundwave.outbound.dialing import dial
from groundwave.outbound.errors import Refused, TooManyRedirects
from groundwave.outbound.line import Deadline
from groundwave.outbound.reading import read_body, read_head, save_body
from groundwave.outbound.target import Target
from groundwave.outbound.unpacking import ACCEPTED
from groundwave.wire.http.headers import Headers
from groundwave.wire.http.host import Host
from groundwave.wire.http.writers import request


MAX_REDIRECTS = 5

_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Known:
    """By what a server recognizes that somebody has the newest already; empty if by nothing."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return the question for anything newer (RFC 9110, section 13.1)."""
        both = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in both.items() if value}


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much of one answer is too much.

    Attributes:
        seconds: for all of it: name service, redirects, and the last byte.
        length: bytes of a body, as they come and as they are unpacked.
    """

    seconds: float = 30.0
    length: int = 8 << 20


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What a server said, whatever the status.

    Attributes:
        url: where it came from, after redirects, without user and password.
        body: unpacked.
    """

    url: str
    status: int
    headers: Headers
    body: bytes = field(repr=False)

    @property
    def is_unchanged(self) -> bool:
        """Whether what is ``known`` of an earlier answer still stands."""
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type").partition(";")[0].strip().lower()

    @property
    def known(self) -> Known:
        """What to ask with the next time."""
        return Known(self.headers.get("etag"), self.headers.get("last-modified"))

    def expect_success(self) -> Answer:
        """Return the answer itself; raise Refused unless it is a yes or unchanged."""
        if self.is_unchanged or 200 <= self.status < 300:
            return self
        raise Refused(self.url, self.status)


class Client:
    """
    Asks, wherever the public may; threads may share one.

    Args:
        allowed: hosts that are asked although they are in a private network, as
            addresses name them; without a port, at every port.
        tls: whom to believe over HTTPS; the system's authorities by default.
    """

    def __init__(
        self, allowed: Collection[Host] = (), tls: ssl.SSLContext | None = None
    ) -> None:
        self._allowed = frozenset(allowed)
        self._tls = tls or _systems_authorities()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        known: Known | None = None,
        accept: str = "*/*",
        limits: Limits = USUAL,
        into: IO[bytes] | None = None,
    ) -> Answer:
        """
        Fetch *url*, led on by up to ``MAX_REDIRECTS`` redirects.

        Args:
            url: of ``http`` or ``https``; a user and password in it are used.
            headers: what is said to the origin of *url* and to no other, such as
                ``Authorization``.
            known: of the answer one has; an unchanged one comes back without a body.
            accept: the media types that are wanted.
            limits: how long it may take, and how large be.
            into: a file for the body, which then is not held in memory: that of a yes
                as of a no, or the beginning of one that broke off.

        Raises:
            OutboundError: there is no answer. One that says no is an answer.
        """
        target, deadline = Target.read(url), Deadline(url, limits.seconds)
        public = {"Accept": accept, **(known or Known()).headers()}
        private = _said_by(target) | dict(headers or {})
        for _ in range(MAX_REDIRECTS + 1):
            asked = request("GET", target.path, _head(target, public | private))
            answer = self._exchange(target, asked, deadline, limits, into)
            location = answer.headers.text("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            before, target = target, target.led_on(location)
            if target.origin != before.origin:
                private = {}
        raise TooManyRedirects(url, limit=MAX_REDIRECTS)

    def send(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        limits: Limits = USUAL,
    ) -> Answer:
        """
        Send *body* to *url* and nowhere else: a redirect is the answer.

        Raises:
            OutboundError: there is no answer; it may have been heard all the same.
        """
        target, deadline = Target.read(url), Deadline(url, limits.seconds)
        said = {"Accept": "*/*", **_said_by(target), **(headers or {})}
        asked = request(method, target.path, _head(target, said), body)
        return self._exchange(target, asked, deadline, limits)

    def _exchange(
        self,
        target: Target,
        asked: bytes,
        deadline: Deadline,
        limits: Limits,
        into: IO[bytes] | None = None,
    ) -> Answer:
        line = dial(target, self._allowed, self._tls, deadline)
        with closing(line):
            line.send(asked)
            head, waiting = read_head(line)
            body = b""
            if head.status in _REDIRECTS:
                pass  # nobody reads what stands on a signpost
            elif into is None:
                body = read_body(line, head, waiting, limits.length)
            else:
                save_body(line, head, waiting, limits.length, into)
        return Answer(target.url, head.status, head.headers, body)


def _said_by(target: Target) -> dict[str, str]:
    return {"Authorization": target.authorization} if target.authorization else {}


def _head(target: Target, headers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("Host", target.host_header),
        ("User-Agent", f"Groundwave/{groundwave.__version__}"),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
        *headers.items(),
    ]


@cache
def _systems_authorities() -> ssl.SSLContext:
    """Return whom the system believes, read once: that takes longer than most answers."""
    return ssl.create_default_context()
