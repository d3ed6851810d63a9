"""
Where a relay is pulled from: the address an engineer gave, or one that led on.

An address may hold a password or a token, so that what is shown of it in a
sentence is never the whole.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

import groundwave
from groundwave.transmitter.privacy import Address
from groundwave.wire.http.writers import request


MAX_SHOWN = 200

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
# What may stand in a request's target unquoted; "%" because most of it is quoted.
_SAFE = "/%:=&?~+!$,;'@()*[]"

# User and password, or the query and what follows it.
_SECRET = re.compile(r"^([A-Za-z]+://)[^/?#]*@|[?#].*$", re.DOTALL)

Allow = Callable[[Address], bool]


class RelayTrouble(Exception):
    """A relay cannot be heard; the message is a sentence for its engineer."""


def may_be_relayed(address: Address) -> bool:
    """
    Whether a relay may connect to *address*.

    Private networks are allowed: studios are on them, and an engineer sets the
    address. Link-local ones are not: clouds answer there with their secrets.
    """
    return not (address.is_link_local or address.is_multicast or address.is_unspecified)


def shown_address(url: str) -> str:
    """Return *url* without password and query, which may hold secrets."""
    return _SECRET.sub(r"\1", url.strip())[:MAX_SHOWN]


def led_on(url: str, reference: str) -> str:
    """
    Return what *reference*, found at *url*, points to.

    Raises:
        RelayTrouble: it points nowhere.
    """
    try:
        return urljoin(url, reference)
    except ValueError:
        raise _unreadable(reference) from None


@dataclass(frozen=True, slots=True)
class Target:
    """
    One address to fetch, taken apart.

    Attributes:
        path: path and query, quoted.
        shown: the address without what is secret in it.
    """

    scheme: str
    host: str
    port: int
    path: str
    authorization: str
    shown: str

    @classmethod
    def read(cls, url: str) -> Target:
        """Raises RelayTrouble if *url* is not one of HTTP."""
        try:
            parts = urlsplit(url.strip())
            port, host = parts.port, (parts.hostname or "").encode("idna").decode()
        except ValueError:
            raise _unreadable(url) from None
        if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
            raise _unreadable(url)
        path = quote(parts.path or "/", safe=_SAFE)
        query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        return cls(
            scheme=parts.scheme,
            host=host,
            port=port or _PORTS[parts.scheme],
            path=path + query,
            authorization=_basic(parts.username, parts.password),
            shown=shown_address(url),
        )

    def request(self) -> bytes:
        """Return the request for it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.port != _PORTS[self.scheme]:
            host += f":{self.port}"
        headers = [
            ("Host", host),
            ("User-Agent", f"Groundwave/{groundwave.__version__}"),
            ("Accept", "*/*"),
            ("Icy-MetaData", "1"),
            ("Connection", "close"),
        ]
        if self.authorization:
            headers.append(("Authorization", self.authorization))
        return request("GET", self.path, headers, version="HTTP/1.0")


def _basic(username: str | None, password: str | None) -> str:
    if username is None:
        return ""
    pair = f"{unquote(username)}:{unquote(password or '')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _unreadable(url: str) -> RelayTrouble:
    return RelayTrouble(
        f"{shown_address(url)!r} is not an address that can be relayed; it must begin "
        "with http:// or https://."
    )
