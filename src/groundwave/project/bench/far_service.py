"""
A made-up network in a process of its own: it answers as a service of documents does.

Each importer has a shelf of its own, the first part of every address: ``/10/v1/documents``.
``PUT /10/version/2`` changes every story on it.
"""

from __future__ import annotations

import io
import re
import signal
import sys
import threading
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from operator import attrgetter
from typing import Any

import msgspec
from PIL import Image

from groundwave.project.bench.far_documents import REPORTERS, Network
from groundwave.project.bench.import_orders import Open, Serve
from groundwave.project.bench.server import HOST
from groundwave.wire.cds.answers import answer_of, refusal_of
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.query import By, Query, Span
from groundwave.wire.cds.query_reading import read_query
from groundwave.wire.cds.writing import write


_INSTANT = {
    By.MODIFIED: attrgetter("editorial_last_modified_date_time"),
    By.PUBLISHED: attrgetter("publish_date_time"),
}
_PATH = re.compile(r"/(?P<shelf>[a-z0-9]+)/v1/documents(/(?P<id>[a-z0-9-]+))?")
_VERSION = re.compile(r"/(?P<shelf>[a-z0-9]+)/version/(?P<version>[0-9]+)")
_BRAND = msgspec.json.encode(
    {
        "brand": {"displayName": "Far Shore Radio"},
        "links": {"brand": [{"rel": "homepage", "href": "https://network.example/"}]},
    }
)
_JSON = "application/json"


class Shelf:
    """Documents that are asked for, each written once."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._written = {each.id: write(each) for each in self._documents}

    def found(self, query: Query) -> list[bytes]:
        """Return what answers *query*."""
        documents = [each for each in self._documents if _fits(each, query)]
        for sort in reversed(query.sort):
            documents.sort(key=_INSTANT[sort.by], reverse=not sort.ascending)
        wanted = documents[query.offset : query.offset + query.limit]
        return [self._written[each.id] for each in wanted]

    def one(self, name: str) -> list[bytes]:
        """Return the document *name*, if there is one."""
        return [self._written[name]] if name in self._written else []


def _fits(document: Document, query: Query) -> bool:
    if query.ids and document.id not in query.ids:
        return False
    if not query.ids and document.kind != "story":
        return False
    return _within(
        document.editorial_last_modified_date_time,
        query.editorial_last_modified_date_time,
    ) and _within(document.publish_date_time, query.publish_date_time)


def _within(moment: datetime | None, span: Span | None) -> bool:
    if moment is None or span is None:
        return True
    return not (
        (span.start and moment < span.start) or (span.end and moment > span.end)
    )


class Service:
    """All shelves, made when they are first asked for."""

    def __init__(self, order: Serve, origin: str) -> None:
        self._order = order
        self._network = Network(origin, order.begun)
        self._shelves: dict[str, Shelf] = {}

    def shelf(self, name: str) -> Shelf:
        """Return what is on shelf *name* now."""
        if name not in self._shelves:
            self.change(name, 1)
        return self._shelves[name]

    def change(self, name: str, version: int) -> None:
        """Let every story on shelf *name* be of that *version*."""
        count, network = self._order.documents, self._network
        stories = (
            network.story(name, number, version=version, of=count)
            for number in range(count)
        )
        people = map(network.biography, range(REPORTERS))
        self._shelves[name] = Shelf([*stories, *people])


@cache
def picture() -> bytes:
    """Return a JPEG of the size that a page shows."""
    file = io.BytesIO()
    noise = Image.effect_noise((400, 225), 40).convert("RGB").resize((1600, 900))
    noise.save(file, "JPEG", quality=60)
    return file.getvalue()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: NetworkServer

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path.startswith("/pictures/"):
            self._answer(picture(), "image/jpeg")
        elif path.startswith("/v4/services/"):
            self._answer(_BRAND, _JSON)
        elif found := _PATH.fullmatch(path):
            self._documents(found, query)
        else:
            self._answer(refusal_of("There is nothing here."), _JSON, status=404)

    def do_PUT(self) -> None:
        if found := _VERSION.fullmatch(self.path):
            self.server.service.change(found["shelf"], int(found["version"]))
        self._answer(b"{}", _JSON, status=200 if found else 404)

    def _documents(self, found: re.Match[str], query: str) -> None:
        shelf = self.server.service.shelf(found["shelf"])
        if found["id"]:
            documents = shelf.one(found["id"])
            self._answer(answer_of(documents), _JSON, status=200 if documents else 404)
            return
        try:
            self._answer(answer_of(shelf.found(read_query(query))), _JSON)
        except (NotCds, KeyError) as problem:
            self._answer(refusal_of(str(problem)), _JSON, status=400)

    def _answer(self, body: bytes, kind: str, *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


class NetworkServer(ThreadingHTTPServer):
    """The network on a port of its own."""

    def __init__(self, order: Serve) -> None:
        super().__init__((HOST, 0), _Handler)
        self.service = Service(order, f"http://{HOST}:{self.server_port}")


def main() -> None:
    """Read an order on standard input, say the port, serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, our parent
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Serve)
    with NetworkServer(order) as server:
        sys.stdout.buffer.write(msgspec.json.encode(Open(server.server_port)) + b"\n")
        sys.stdout.buffer.flush()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
