"""JSON that may come from anywhere, bounded; and the print by which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.grammar import Json
from groundwave.wire.cds.rules import LARGEST_NUMBER


BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""No JSON begins with it (RFC 8259, 8.1), but some files do."""

DEEPEST = 64
"""How far objects and lists may be nested; a story with documents in it has a dozen."""

MOST_VALUES = 100_000
"""What bounds the time it takes to read; a story with everything in it has 500."""


def parse(data: bytes, largest: int) -> Json:
    """
    Return the JSON that *data*, of *largest* bytes at most, is.

    Raises:
        NotCds: if it is none, too large or too deep.
    """
    refuse_larger(data, largest)
    try:
        raw: Json = msgspec.json.decode(data.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as problem:
        raise NotCds(
            "This is not JSON. Check that the address is that of the service itself."
        ) from problem
    more = excess(raw)
    if more:
        raise NotCds(
            f"This has more than {more}, which no document has. Check the address.",
            status=413,
        )
    return raw


def refuse_larger(data: bytes, largest: int) -> None:
    """Raise ``NotCds`` if *data* is more than *largest* bytes."""
    if len(data) > largest:
        raise NotCds(
            f"This is larger than {largest:,} bytes, which no document is. "
            "Ask for fewer at a time.",
            status=413,
        )


def fingerprint(raw: dict[str, Json]) -> str:
    """Return a SHA-256 that ``meta`` and every link's ``embed`` leave as it is."""
    document = {key: _without_embeds(raw[key]) for key in raw.keys() - {"meta"}}
    canonical = msgspec.json.encode(document, order="sorted")
    return hashlib.sha256(canonical).hexdigest()


def _without_embeds(raw: Json) -> Json:
    match raw:
        case dict():
            dropped = {"embed"} if "href" in raw else set()
            return {k: _without_embeds(raw[k]) for k in raw.keys() - dropped}
        case list():
            return [_without_embeds(item) for item in raw]
        case float() if raw.is_integer() and abs(raw) <= LARGEST_NUMBER:
            return int(raw)  # 61.0 is another way to write 61
        case _:
            return raw


def excess(raw: Json) -> str:
    """Return in which way *raw* is more than is read; empty if it is not."""
    count, level = 0, [raw]
    for _ in range(DEEPEST + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        count += len(level)
        if count > MOST_VALUES:
            return f"{MOST_VALUES:,} values"
        if not level:
            return ""
    return f"{DEEPEST} levels"


def _inside(raw: Json) -> Iterable[Json]:
    match raw:
        case dict():
            return raw.values()
        case list():
            return raw
        case _:
            return ()
