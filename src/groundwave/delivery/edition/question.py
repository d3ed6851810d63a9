"""What is asked: whether it may be answered from memory, and under which name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from groundwave.wire.http.strict import StrictHead


Key = tuple[str, str, str, str]

# What people's links carry along and no page of ours is made of. Only these: what is
# not known may matter.
_FOLLOWED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|gclsrc|msclkid|yclid|twclid|ttclid"
    r"|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok)(?:=|$)",
    re.IGNORECASE,
)
# What a question for everybody may depend on, and how its answer travels. The site gets
# nothing else of it.
_MATTERS = (
    "accept-encoding authorization connection content-length expect host if-none-match "
    "range transfer-encoding"
)
_LINE = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*"
# Nobody means it, and a shelf of names is not what the memory is for.
LONGEST = 2048


class Question(NamedTuple):
    """
    What anybody may be answered from memory.

    Attributes:
        key: the name under which the answer is kept.
        takes: the encodings of ours that are taken.
        unless: tags of what is there already, as they were sent; or nothing.
        wants_body: not only the head.
    """

    key: Key
    takes: frozenset[str]
    unless: str
    wants_body: bool


@dataclass(frozen=True)
class House:
    """
    What of a site is never answered from memory.

    Attributes:
        apart: beginnings of paths that have rules of their own.
        cookies: what stands in the cookies of whoever may have a page made for them.
        proxy_header: the header, in lower case, in which a proxy says ``https``;
            empty if none is believed.
    """

    apart: tuple[str, ...]
    cookies: tuple[str, ...]
    proxy_header: str = ""

    @cached_property
    def aside(self) -> re.Pattern[bytes]:
        """
        What may be left out of a request, line by line, before it is looked at.

        ``aside.sub(b"", …)`` of two requests is the same only if both ask for the same.
        """
        somebody = "|".join(map(re.escape, self.cookies)) or "(?!)"
        names = "|".join([*_MATTERS.split(), self.proxy_header or "host"])
        kept = rf"(?:{names}):|cookie:[^\r]*(?:{somebody})"
        # Behind the empty line that ends a request another one may begin.
        lines = rf"(?<!\n)\r\n(?!{kept}){_LINE}(?=\r\n)"
        return re.compile(lines.encode(), re.IGNORECASE)

    def question(self, head: StrictHead) -> Question | None:
        """Return what is asked of the memory, or None: ask the site."""
        key = self._key(head)
        if key is None:
            return None
        said = head.headers.get
        return Question(
            key,
            accepted(said("accept-encoding", "")),
            said("if-none-match", ""),
            head.method == "GET",
        )

    def _key(self, head: StrictHead) -> Key | None:
        headers, target = head.headers, head.target
        if (
            head.method not in ("GET", "HEAD")
            or target[0] != "/"
            or "authorization" in headers
            or "range" in headers
            or headers.get("content-length", "0") != "0"
        ):
            return None
        if (cookie := headers.get("cookie")) and self._is_somebody(cookie):
            return None
        host = headers.get("host", "")
        if not host or len(target) + len(host) > LONGEST:
            return None
        path, _, query = target.partition("?")
        if "%" in path:
            # As the site reads it: one page has one name, however it is quoted.
            path = unquote_to_bytes(path).decode("latin-1")
        if f"/{path.lstrip('/')}".startswith(self.apart):
            return None
        if query:
            query = without_trackers(query)
        return self._scheme(headers), host.lower(), path, query

    def _is_somebody(self, cookie: str) -> bool:
        return any(map(cookie.__contains__, self.cookies))

    def _scheme(self, headers: dict[str, str]) -> str:
        said = headers.get(self.proxy_header, "").partition(",")[0].strip()
        return "https" if said == "https" else "http"


def without_trackers(query: str) -> str:
    """Return *query* without what other sites add to follow people; the rest as it was."""
    return "&".join(each for each in query.split("&") if not _FOLLOWED.match(each))


@lru_cache(maxsize=256)
def accepted(header: str) -> frozenset[str]:
    """Return which of our encodings an ``Accept-Encoding`` takes (RFC 9110 §12.5.3)."""
    weights = dict(map(_weighed, header.lower().split(",")))
    return frozenset(
        name for name in ("br", "gzip") if weights.get(name, weights.get("*", False))
    )


def _weighed(entry: str) -> tuple[str, bool]:
    """Return a coding and whether it is wanted at all."""
    name, _, weight = entry.partition(";")
    is_refused = re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", weight)
    return name.strip(), not is_refused
