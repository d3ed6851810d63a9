"""
What can go wrong with a network's answers, each by its name.

``with network.suffering(Unavailable(times=3), at="/v1/documents"):`` switches faults on
for addresses that begin so, and off again at the end of the block. Several go on top of
each other; the first one named is the outermost.
"""

from __future__ import annotations

import json
import re
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus

from equipment.network.asked import Answer, Asked, outage, refusal
from equipment.network.links import Document


Next = Callable[[], Answer]
MEGABYTE = b" " * 1_000_000


class Fault:
    """One that does no harm; what comes after ``over`` is not to be held up."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        """Answer in the network's place; *answer* is what it would say, and do."""
        return answer()


class Unavailable(Fault):
    """Refuses the next questions without looking at them, and then no more."""

    def __init__(self, *, times: int, retry_after: int | None = None) -> None:
        super().__init__()
        self._left = times
        self._headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        self._lock = threading.Lock()

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        with self._lock:
            if not self._left:
                return answer()
            self._left -= 1
        return replace(outage(), headers=self._headers)


class Refusing(Fault):
    """Refuses what it would have taken, and says why; 400 unless told otherwise."""

    def __init__(self, *messages: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__()
        self._answer = refusal(status, *messages)

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        return self._answer


class Slow(Fault):
    """Answers only after some seconds, or when the block is over."""

    def __init__(self, seconds: float = 60) -> None:
        super().__init__()
        self._seconds = seconds

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        self.over.wait(self._seconds)
        return answer()


class Dripping(Fault):
    """Answers in time, and then a byte at a time: no single read takes too long."""

    def __init__(self, seconds: float = 0.05) -> None:
        super().__init__()
        self._seconds = seconds

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        return replace(true, body=self._drops(true.whole()))

    def _drops(self, body: bytes) -> Iterator[bytes]:
        for at in range(len(body)):
            self.over.wait(self._seconds)
            yield body[at : at + 1]


class HangUp(Fault):
    """Says nothing at all, and ends the connection."""

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        raise ConnectionAbortedError


class CutOff(Fault):
    """Does as it is asked, and hangs up in the middle of saying so."""

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        body = true.whole()
        promised = {**true.headers, "Content-Length": str(max(len(body), 2))}
        return replace(true, body=body[: len(body) // 2], headers=promised)


class Flood(Fault):
    """Goes on with spaces after the true answer, which would be no mistake."""

    def __init__(self, *, megabytes: int = 200, declared: bool = False) -> None:
        super().__init__()
        self._megabytes = megabytes
        self._declared = declared

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        body = true.whole()
        size = len(body) + self._megabytes * len(MEGABYTE)
        length = {"Content-Length": str(size)} if self._declared else {}
        return replace(true, body=self._parts(body), headers={**true.headers, **length})

    def _parts(self, body: bytes) -> Iterator[bytes]:
        yield body
        for _ in range(self._megabytes):
            yield MEGABYTE


class GzipBomb(Flood):
    """The same, packed to a thousandth of it."""

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        headers = {**true.headers, "Content-Encoding": "gzip"}
        return replace(true, body=self._packed(true.whole()), headers=headers)

    def _packed(self, body: bytes) -> Iterator[bytes]:
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        for each in self._parts(body):
            yield packer.compress(each)
        yield packer.flush()


class Redirected(Fault):
    """Sends whoever asks to another address, such as one of this machine's own."""

    def __init__(self, to: str, *, status: int = HTTPStatus.FOUND) -> None:
        super().__init__()
        self._answer = Answer(status, headers={"Location": to})

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        return self._answer


class HtmlInstead(Fault):
    """Answers with a page that asks for a password, and may call it what was promised."""

    def __init__(self, *, honest: bool = True) -> None:
        super().__init__()
        self._honest = honest

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        page = (
            b"<!DOCTYPE html><title>Sign in</title><form><input name=password></form>"
        )
        return Answer(body=page, kind="text/html" if self._honest else answer().kind)


class NoJson(Fault):
    """Ends the true answer a few bytes too early, and says that this was all."""

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        return replace(true, body=true.whole()[:-3])


class EntityBomb(Fault):
    """Puts entities into a feed's titles that would grow to a billion words."""

    DECLARED = "".join(
        f'<!ENTITY wave{each} "{f"&wave{each - 1};" * 10}">' for each in range(1, 10)
    )
    DOCTYPE = f'<!DOCTYPE feed [<!ENTITY wave0 "wave">{DECLARED}]>'
    TITLE = "&wave9;"

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        head, declared, rest = true.whole().decode().partition("?>")
        titled = re.sub("<title>[^<]*", f"<title>{self.TITLE}", rest)
        return replace(true, body=f"{head}{declared}{self.DOCTYPE}{titled}".encode())


class EntityThief(EntityBomb):
    """Puts a file of the reader's own machine into a feed's titles."""

    DOCTYPE = '<!DOCTYPE feed [<!ENTITY theft SYSTEM "file:///etc/passwd">]>'
    TITLE = "&theft;"


class Repeating(Fault):
    """Begins every page of documents with the last one of the page before."""

    def __init__(self) -> None:
        super().__init__()
        self._last: list[Document] = []

    def spoil(self, asked: Asked, answer: Next) -> Answer:
        true = answer()
        told = json.loads(true.whole())
        found = told.get("resources", [])
        told["resources"] = [*self._last, *found]
        self._last = found[-1:] or self._last
        return replace(true, body=json.dumps(told).encode())
