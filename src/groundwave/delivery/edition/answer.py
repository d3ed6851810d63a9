"""An answer that is kept: compressed once, sent often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from gzip import compress

import brotli
import msgspec

from groundwave.delivery.edition.text import TEXT


Head = Sequence[tuple[str, str]]

# Below this the heads are most of it.
SHORT = 200
# Where brotli has most of its gain and still takes a page in two milliseconds.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
# What an answer costs besides its bytes, about: its heads, and its places in tables.
AROUND_BYTES = 4096

_MADE_ANEW = frozenset({"content-length", "etag", "vary", "age", "date"})
# What a 304 repeats (RFC 9110 §15.4.5).
_ON_304 = frozenset({"cache-control", "content-location", "expires", "etag", "vary"})


class Variant(msgspec.Struct, frozen=True):
    """One encoding of an answer; heads are lines of HTTP/1.1, each with its end."""

    etag: str
    head: bytes
    unchanged: bytes
    body: bytes


class Answer(msgspec.Struct, frozen=True):
    """
    A whole answer to a GET, for everybody, as the site hands it to what keeps it.

    Attributes:
        status: as it stands in the first line, such as ``200 OK``.
        seconds: for how long it may be kept.
        has_an_age: somebody else may keep it for a time of its own as well.
        variants: by the name of their encoding; what is not encoded is under "".
    """

    status: str
    seconds: int
    has_an_age: bool
    variants: dict[str, Variant]

    @property
    def is_page(self) -> bool:
        return self.status.startswith("200")

    @property
    def size(self) -> int:
        """What it takes of the memory, in bytes."""
        return AROUND_BYTES + sum(len(each.body) for each in self.variants.values())

    def variant_for(self, takes: frozenset[str]) -> Variant:
        """Return the smallest one that is taken."""
        for encoding in ("br", "gzip"):
            if encoding in takes and encoding in self.variants:
                return self.variants[encoding]
        return self.variants[""]


def made(status: str, headers: Head, body: bytes, *, seconds: int) -> Answer:
    """Compress what the site said once for all."""
    said = {name.lower(): value for name, value in headers}
    is_text = said.get("content-type", "").startswith(TEXT)
    kept = [each for each in headers if each[0].lower() not in _MADE_ANEW]
    if is_text:
        kept.append(("Vary", _with_encoding(said.get("vary", ""))))
    elif "vary" in said:
        kept.append(("Vary", said["vary"]))
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    return Answer(
        status,
        seconds,
        "max-age" in said.get("cache-control", ""),
        {
            encoding: _variant(kept, encoding, digest, encoded)
            for encoding, encoded in _encoded(body, is_text=is_text)
        },
    )


def matches(etag: str, asked: str) -> bool:
    """Compare weakly (RFC 9110 §13.1.2): a proxy that recompresses weakens our tags."""
    given = (each.strip().removeprefix("W/") for each in asked.split(","))
    return any(each in (etag, "*") for each in given)


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
    return Variant(etag, _lines(head), _lines(unchanged), body)


def _lines(head: Head) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in head).encode("latin-1")


def _with_encoding(vary: str) -> str:
    if "accept-encoding" in vary.lower():
        return vary
    return ", ".join(filter(None, (vary, "Accept-Encoding")))
