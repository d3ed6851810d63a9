"""Header lines, as facts."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from groundwave.wire.http.text import decode_text


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
# Not all that ``str`` calls blank: the last byte of a UTF-8 "à" is one in Latin-1.
_BLANKS = " \t"


class Headers:
    """
    An immutable multi-map whose names ignore case.

    Values are ``str`` as HTTP has them (Latin-1), so that nothing is lost;
    ``text`` reads them as the person who typed them meant. Of a repeated name
    the first value stands.
    """

    __slots__ = ("_first", "_pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(pairs)
        self._first = {name.lower(): value for name, value in reversed(self._pairs)}

    @classmethod
    def parse(cls, lines: Iterable[bytes | bytearray]) -> Headers:
        """
        Read header *lines* without their line ends; never fail.

        A line that starts with white space continues the one before it. A line
        without a colon or a name is left out: encoders send such things.
        """
        pairs: list[tuple[str, str]] = []
        for line in lines:
            text = line.decode("latin-1")
            if not text.isprintable():
                text = _CONTROLS.sub(" ", text)
            name, colon, value = text.partition(":")
            if text[:1] in _BLANKS and pairs:
                folded, before = pairs.pop()
                joined = (before, text.strip(_BLANKS))
                pairs.append((folded, " ".join(filter(None, joined))))
            elif colon and (name := name.strip(_BLANKS)):
                pairs.append((name, value.strip(_BLANKS)))
        return cls(pairs)

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of *name*."""
        return self._first.get(name.lower(), default)

    def get_all(self, name: str) -> list[str]:
        """Return every value of *name*, in the order they came."""
        return [value for key, value in self._pairs if key.lower() == name.lower()]

    def text(self, name: str, default: str = "") -> str:
        """Return the first value of *name*, read as UTF-8, else as Windows text."""
        value = self._first.get(name.lower())
        if value is None or value.isascii():
            return default if value is None else value
        return decode_text(value.encode("latin-1", "replace"))

    def tokens(self, name: str) -> set[str]:
        """Return the comma-separated tokens of every *name* header, in lower case."""
        tokens = ",".join(self.get_all(name)).split(",")
        return {token.strip().lower() for token in tokens} - {""}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._first

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._folded() == other._folded()

    def __hash__(self) -> int:
        return hash(self._folded())

    def __repr__(self) -> str:
        return f"Headers({list(self._pairs)!r})"

    def _folded(self) -> tuple[tuple[str, str], ...]:
        return tuple((name.lower(), value) for name, value in self._pairs)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What someone says they are, by HTTP's Basic scheme (RFC 7617)."""

    username: str
    password: str = field(repr=False)


def basic_credentials(headers: Headers) -> Credentials | None:
    """
    Read Basic credentials; ``None`` if there are none that can be read.

    Encoders send UTF-8 or Latin-1 without saying which.
    """
    scheme, _, encoded = headers.get("authorization").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
    username, colon, password = decode_text(decoded, fallback="latin-1").partition(":")
    return Credentials(username, password) if colon else None
