"""What somebody asks of the network, and what it answers: values without a socket."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


JSON = "application/json"


@dataclass(frozen=True)
class Asked:
    """One request, as it arrived; header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def token(self) -> str:
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme == "Bearer" else ""

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """
    One answer. A body of parts is sent as they come, and never held as a whole.

    An answer that names its own Content-Length is taken at its word, and nothing is
    sent on that connection after it.
    """

    status: int = HTTPStatus.OK
    body: bytes | Iterable[bytes] = b""
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)

    def whole(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else b"".join(self.body)


def in_json(fact: Any, status: int = HTTPStatus.OK) -> Answer:
    return Answer(status, json.dumps(fact).encode())


def resources(*documents: Any, status: int = HTTPStatus.OK) -> Answer:
    """Return documents in the envelope in which they always travel."""
    return in_json({"resources": documents}, status)


def refusal(status: int, *messages: str) -> Answer:
    """Return what is told to somebody who asked wrongly."""
    return in_json({"meta": {"messages": messages}}, status)


def outage(message: str = "Come back later; the network is busy.") -> Answer:
    """Return what is told when the fault is the network's: another shape."""
    return in_json({"error": {"message": message}}, HTTPStatus.SERVICE_UNAVAILABLE)
