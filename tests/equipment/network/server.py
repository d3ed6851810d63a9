"""The network: its documents, its newsroom, and the socket that it listens at."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from django.utils import timezone

from equipment.network.archive import Archive, Make, modified
from equipment.network.asked import Answer, Asked
from equipment.network.cds import Client, DocumentDesk
from equipment.network.faults import Fault
from equipment.network.handler import Listener, handler_for
from equipment.network.links import Document, rehomed, stamp
from equipment.network.routes import route
from equipment.network.stories import story


TIMES = ("publishDateTime", "editorialLastModifiedDateTime")
TOKEN = "the-token-of-a-station"


class Network:
    """
    A network that listens from ``with`` to the end of the block.

    Attributes:
        token: one that may read everything and write nothing.
        ahead: how far its clock goes before everybody else's.
        asked: every request that came, in order.
    """

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self.token = TOKEN
        self.ahead = timedelta()
        self.asked: list[Asked] = []
        self._clock = clock
        self._archive = Archive()
        self._desk = DocumentDesk(self._archive, self.now)
        self._faults: list[tuple[str, Fault]] = []
        self._lock = threading.RLock()
        self._came = threading.Condition()
        self.admit(self.token)

    def __enter__(self) -> Self:
        self._server = Listener(("127.0.0.1", 0), handler_for(self._answer, self.now))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _, fault in self._faults:
            fault.over.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def now(self) -> datetime:
        return self._clock().astimezone(UTC) + self.ahead

    # Who may do what.

    def admit(
        self, token: str, *, prefix: str = "", services: Iterable[str] = ()
    ) -> None:
        """Let somebody in; with a *prefix* or *services*, they may write."""
        self._desk.clients[token] = Client(token, prefix, frozenset(services))

    def expel(self, token: str) -> None:
        del self._desk.clients[token]

    def accept_later(self) -> None:
        """From now on, answer with 202 to what is put."""
        self._desk.accepts_with = HTTPStatus.ACCEPTED

    def service(self, name: str) -> str:
        """Return the address of an owner, as documents have it here."""
        return f"{self.url}/v4/services/{name}"

    # What its newsroom does.

    def publish(self, *documents: Document) -> None:
        """Hold documents, as they are; those without times get the present one."""
        for each in documents:
            times = dict.fromkeys(TIMES, stamp(self.now()))
            self._keep({**times, **rehomed(each, self.url)})

    def publish_late(self, document: Document, *, by: timedelta) -> None:
        """Let a document appear only now that says it was published before."""
        self.publish({**document, **dict.fromkeys(TIMES, stamp(self.now() - by))})

    def publish_crowd(
        self, count: int, *, make: Make = story, every: timedelta = timedelta(seconds=1)
    ) -> None:
        """
        Hold ``crowd-0`` and so on, the last of them of now, the others each before it.

        They are made when somebody reads them, by *make* with an id and ``at``.
        """
        made = partial(self._made, make)
        with self._lock:
            self._archive.keep_crowd(count, make=made, until=self.now(), every=every)

    def change(
        self, name: str, edit: Callable[..., Document], *arguments: Any, **facts: Any
    ) -> None:
        """Edit a document, by a function of ``changes``; it counts as modified now."""
        changed = edit(self.document(name), *arguments, **facts)
        edited = {"editorialLastModifiedDateTime": stamp(self.now())}
        self._keep(rehomed({**changed, **edited}, self.url))

    def delete(self, name: str) -> None:
        with self._lock:
            self._archive.drop(name, self.now())

    def document(self, name: str) -> Document:
        """Return what it holds; KeyError if there is none."""
        with self._lock:
            found = self._archive.get(name)
        if found is None:
            raise KeyError(name)
        return found

    # What goes wrong, and what was asked.

    @contextlib.contextmanager
    def suffering(self, *faults: Fault, at: str = "") -> Iterator[None]:
        """Let faults befall addresses that begin with *at*, until the block ends."""
        added = [(at, each) for each in faults]
        self._faults += added
        try:
            yield
        finally:
            for each in added:
                self._faults.remove(each)
                each[1].over.set()

    def asked_for(self, path: str, method: str = "") -> list[Asked]:
        """Return the requests for an address or what is below it."""
        return [
            each
            for each in list(self.asked)
            if each.path.startswith(path) and method in ("", each.method)
        ]

    def until_asked(self, path: str, *, times: int = 1, seconds: float = 15) -> None:
        """Wait until so many requests for an address have come."""
        with self._came:
            came = self._came.wait_for(
                lambda: len(self.asked_for(path)) >= times, seconds
            )
        assert came, f"{path} was asked for {len(self.asked_for(path))} times"

    def _made(self, make: Make, name: str, *, at: datetime) -> Document:
        return modified(rehomed(make(name, at=at), self.url), at)

    def _keep(self, document: Document) -> None:
        with self._lock:
            self._archive.keep(modified(document, self.now()))

    def _answer(self, asked: Asked) -> Answer:
        with self._came:
            self.asked.append(asked)
            self._came.notify_all()
        answer: Callable[[], Answer] = partial(self._route, asked)
        for at, fault in reversed(list(self._faults)):
            if asked.path.startswith(at):
                answer = partial(fault.spoil, asked, answer)
        return answer()

    def _route(self, asked: Asked) -> Answer:
        with self._lock:
            return route(asked, self._archive, self._desk, self.url)
