"""An address of the web, taken apart."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from groundwave.outbound.errors import UnusableAddress
from groundwave.wire.http.host import Host


MAX_URL = 8192

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
# What may stand in a request's target unquoted; "%" because most of it is quoted.
_SAFE = "/%:=&?~+!$,;'@()*[]"


class Origin(NamedTuple):
    """Who is asked; what is secret is said to one origin only (RFC 6454)."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Target:
    """
    One address to ask.

    Attributes:
        url: as it was given, without user and password: others may be shown what is
            found relative to it.
        path: path and query, quoted.
        authorization: what its user and password are as a header; empty without.
    """

    url: str
    origin: Origin
    path: str
    authorization: str

    @classmethod
    def read(cls, url: str) -> Target:
        """Raises UnusableAddress if *url* is not one of HTTP."""
        try:
            return cls._read(url)
        except ValueError:
            raise UnusableAddress(url) from None

    @classmethod
    def _read(cls, url: str) -> Target:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode().lower()
        if len(url) > MAX_URL or not _HOST.fullmatch(host):
            raise ValueError(url)
        if parts.scheme not in _PORTS:
            raise ValueError(url)
        query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        return cls(
            url=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(),
            origin=Origin(parts.scheme, host, parts.port or _PORTS[parts.scheme]),
            path=quote(parts.path or "/", safe=_SAFE) + query,
            authorization=_basic(parts.username, parts.password),
        )

    def led_on(self, reference: str) -> Target:
        """Return what *reference*, found here, points to; raise UnusableAddress."""
        try:
            return Target.read(urljoin(self.url, reference))
        except ValueError:
            raise UnusableAddress(reference) from None

    @property
    def host(self) -> Host:
        """Whom it names, as a header and a setting do; the port is always there."""
        name = self.origin.host
        return Host(f"[{name}]" if ":" in name else name, self.origin.port)

    @property
    def host_header(self) -> str:
        """The host, and the port if it is not its scheme's own."""
        name, port = self.host
        return name if port == _PORTS[self.origin.scheme] else f"{name}:{port}"


def _basic(username: str | None, password: str | None) -> str:
    if username is None:
        return ""
    pair = f"{unquote(username)}:{unquote(password or '')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
