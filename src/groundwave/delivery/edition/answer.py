"""An answer that is kept: compressed once, sent often."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from gzip import compress

import brotli

from groundwave.delivery.compression import TEXT
from groundwave.delivery.edition.question import Environ, accepted


Head = list[tuple[str, str]]
Start = Callable[..., object]

# Below this the heads are most of it.
SHORT = 200
# Where brotli has most of its gain and still takes a page in two milliseconds.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
# What an answer costs besides its bytes, about: its heads, and its places in tables.
AROUND_BYTES = 4096

_MADE_ANEW = frozenset({"content-length", "etag", "vary", "age"})
# What a 304 repeats (RFC 9110 §15.4.5).
_ON_304 = frozenset({"cache-control", "content-location", "expires", "etag", "vary"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of an answer."""

    etag: str
    head: Head
    unchanged: Head
    body: bytes


class Answer:
    """
    A whole answer to a GET, for everybody.

    Attributes:
        edition: the edition in which it was begun.
        made_at: when it was made, on the clock that is asked with.
        until: when it is too old.
        size: what it takes of the memory, in bytes.
    """

    def __init__(
        self,
        status: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        edition: int,
        made_at: float,
        seconds: float,
    ) -> None:
        self.edition, self.made_at, self.until = edition, made_at, made_at + seconds
        self._status = status
        said = {name.lower(): value for name, value in headers}
        self._has_an_age = "max-age" in said.get("cache-control", "")
        is_text = said.get("content-type", "").startswith(TEXT)
        kept = [each for each in headers if each[0].lower() not in _MADE_ANEW]
        if is_text:
            kept.append(("Vary", _with_encoding(said.get("vary", ""))))
        elif "vary" in said:
            kept.append(("Vary", said["vary"]))
        digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        self._variants = {
            encoding: _variant(kept, encoding, digest, encoded)
            for encoding, encoded in _encoded(body, is_text=is_text)
        }
        bodies = sum(len(each.body) for each in self._variants.values())
        self.size = bodies + AROUND_BYTES

    def send(self, environ: Environ, start: Start, now: float) -> list[bytes]:
        """Answer the question *environ*, be it for less than the whole answer."""
        variant = self._variant_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self._status.startswith("200") and _matches(variant.etag, asked):
            start("304 Not Modified", self._aged(variant.unchanged, now))
            return []
        start(self._status, self._aged(variant.head, now))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]

    def _variant_for(self, header: str) -> Variant:
        takes = accepted(header) if header else ()
        for encoding in ("br", "gzip"):
            if encoding in takes and encoding in self._variants:
                return self._variants[encoding]
        return self._variants[""]

    def _aged(self, head: Head, now: float) -> Head:
        """Say how old it is to whoever may keep it for a time of its own (RFC 9111 §4.2.3)."""
        if not self._has_an_age:
            return head
        return [*head, ("Age", str(int(now - self.made_at)))]


def _encoded(body: bytes, *, is_text: bool) -> Iterator[tuple[str, bytes]]:
    yield "", body
    if is_text and len(body) >= SHORT:
        yield "gzip", compress(body, GZIP_LEVEL, mtime=0)
        yield "br", brotli.compress(body, quality=BROTLI_QUALITY)


def _variant(kept: Head, encoding: str, digest: str, body: bytes) -> Variant:
    # Of two encodings the bytes differ, so must their strong tags (RFC 9110 §8.8.3.3).
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    head = [*kept, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        head.append(("Content-Encoding", encoding))
    unchanged = [each for each in head if each[0].lower() in _ON_304]
    return Variant(etag, head, unchanged, body)


def _with_encoding(vary: str) -> str:
    if "accept-encoding" in vary.lower():
        return vary
    return ", ".join(filter(None, (vary, "Accept-Encoding")))


def _matches(etag: str, asked: str) -> bool:
    """Compare weakly (RFC 9110 §13.1.2): a proxy that recompresses weakens our tags."""
    given = (each.strip().removeprefix("W/") for each in asked.split(","))
    return any(each in (etag, "*") for each in given)
