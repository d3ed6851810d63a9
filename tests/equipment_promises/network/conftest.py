"""A network of its own for every test, and somebody who asks it through a socket."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from equipment.network.links import Document
from equipment.network.server import Network


NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Heard:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def documents(self) -> list[Document]:
        assert self.status == 200, self.body
        return list(self.json()["resources"])

    @property
    def ids(self) -> list[str]:
        return [each["id"] for each in self.documents]

    @property
    def messages(self) -> list[str]:
        return list(self.json()["meta"]["messages"])


class Caller:
    """Asks the network, each time on a connection of its own."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def __call__(
        self,
        target: str,
        *,
        method: str = "GET",
        token: str | None = None,
        body: object = None,
        timeout: float = 10,
        **headers: str,
    ) -> Heard:
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        token = self._network.token if token is None else token
        known = {"Authorization": f"Bearer {token}"} if token else {}
        line = http.client.HTTPConnection(
            self._network.url.removeprefix("http://"), timeout=timeout
        )
        with closing(line):
            line.request(method, target, sent, known | headers)
            answer = line.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            with closing(answer):
                return Heard(answer.status, fields, answer.read())

    def query(self, *more: tuple[str, str], **parameters: object) -> Heard:
        asked = urlencode([*parameters.items(), *more])
        return self(f"/v1/documents?{asked}")


@pytest.fixture
def network() -> Iterator[Network]:
    with Network(clock=lambda: NOW) as network:
        yield network


@pytest.fixture
def ask(network: Network) -> Caller:
    return Caller(network)
