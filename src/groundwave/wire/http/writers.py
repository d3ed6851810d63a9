"""The bytes of responses and requests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus

from groundwave.wire.errors import UsageError


_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BREAKING = re.compile("[\r\n\0]")
_WITHOUT_BODY = {204, 304}


def response(
    status: int,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    version: str = "HTTP/1.1",
    *,
    reason: str = "",
) -> bytes:
    """
    Write a response's head and *body*.

    ``Content-Length`` is added if there is a body or the status ends the
    matter (300 and above) and *headers* do not name it; the head of a stream
    has none. Values are written as UTF-8.

    Raises:
        UsageError: a name is no token, or a value would break the line.
    """
    ends = bool(body) or status >= HTTPStatus.MULTIPLE_CHOICES
    start = f"{version} {status} {reason or _phrase(status)}".rstrip()
    return _message(start, headers, body, sized=ends and status not in _WITHOUT_BODY)


def request(
    method: str,
    target: str,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    version: str = "HTTP/1.1",
) -> bytes:
    """
    Write a request's head and *body*; *target* is quoted already.

    Raises:
        UsageError: a name is no token, or a value would break the line.
    """
    if " " in target:
        raise UsageError(f"A request's target must be quoted, not {target!r}.")
    return _message(f"{method} {target} {version}", headers, body, sized=bool(body))


def _message(
    start: str, headers: Iterable[tuple[str, str]], body: bytes, *, sized: bool
) -> bytes:
    pairs = list(headers)
    if sized and "content-length" not in {name.lower() for name, _ in pairs}:
        pairs.append(("Content-Length", str(len(body))))
    lines = [_unbroken(start), *(_header(name, value) for name, value in pairs)]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _header(name: str, value: str) -> str:
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be the name of a header.")
    return f"{name}: {_unbroken(value)}"


def _unbroken(line: str) -> str:
    if _BREAKING.search(line):
        raise UsageError(f"A header's value must stay on one line, not {line!r}.")
    return line
