"""What is answered to a request that is neither a listener's nor a source's."""

from __future__ import annotations

import json
from dataclasses import dataclass

from groundwave.wire.http.head import RequestHead, response


@dataclass(frozen=True, slots=True)
class Reply:
    """
    A whole response.

    Attributes:
        gzipped: the same body, compressed, where that was worth while.
        etag: quoted, as the header wants it; empty for none.
    """

    status: int
    content_type: str
    body: bytes
    cache_control: str = "no-store"
    gzipped: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    etag: str = ""

    def encode(self, head: RequestHead, *, keep: bool) -> bytes:
        """Return the bytes that answer *head*; without the body if that was HEAD."""
        body = self.body
        encoding: tuple[tuple[str, str], ...] = ()
        if self.gzipped is not None and "gzip" in head.headers.get("accept-encoding"):
            body, encoding = self.gzipped, (("Content-Encoding", "gzip"),)
        headers = [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(body))),
            ("Cache-Control", self.cache_control),
            ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "keep-alive" if keep else "close"),
            *self.headers,
            *encoding,
        ]
        if self.gzipped is not None:
            headers.append(("Vary", "Accept-Encoding"))
        if self.etag:
            headers.append(("ETag", self.etag))
            if head.headers.get("if-none-match") == self.etag:
                return response(304, headers, version="HTTP/1.1")
        sent = b"" if head.method == "HEAD" else body
        return response(self.status, headers, sent, version="HTTP/1.1")


def sentence(status: int, text: str, *headers: tuple[str, str]) -> Reply:
    """Return a reply that tells a person something in one sentence."""
    body = f"{text}\n".encode()
    return Reply(status, "text/plain; charset=utf-8", body, headers=headers)


def as_json(value: object, *, status: int = 200) -> Reply:
    """Return *value* as JSON."""
    return Reply(status, "application/json", json.dumps(value).encode())


def as_xml(body: bytes, *, status: int = 200) -> Reply:
    """Return an XML document."""
    return Reply(status, "text/xml; charset=utf-8", body)
