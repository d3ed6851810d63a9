"""What is asked: whether it may be answered from memory, and under which name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


Environ = dict[str, Any]
Key = tuple[str, str, str, str]

# What people's links carry along and no page of ours is made of. Only these: what is
# not known may matter.
_FOLLOWED = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|gclsrc|msclkid|yclid|twclid|ttclid"
    r"|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok)(?:=|$)",
    re.IGNORECASE,
)
# Nobody means it, and a shelf of names is not what the memory is for.
LONGEST = 2048
# In ``environ``: what comes of it will be compressed by the layer if it may be kept.
FOR_EVERYBODY = "groundwave.for_everybody"
# Left out when a page is made for everybody: it must not be made for one of them.
PERSONAL = (
    "HTTP_COOKIE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
)


@dataclass(frozen=True, slots=True)
class House:
    """
    What of a site is never answered from memory.

    Attributes:
        apart: beginnings of paths that have rules of their own.
        cookies: names that let a page be made for somebody.
        proxy_header: the header in which a proxy says ``https``, as in ``environ``;
            empty if none is believed.
    """

    apart: tuple[str, ...]
    cookies: tuple[str, ...]
    proxy_header: str = ""

    def key(self, environ: Mapping[str, Any]) -> Key | None:
        """Return the name under which an answer is kept, or None: ask the site."""
        path = environ["PATH_INFO"]
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or path.startswith(self.apart)
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_RANGE" in environ
            or environ.get("CONTENT_LENGTH") not in (None, "", "0")
        ):
            return None
        if (cookie := environ.get("HTTP_COOKIE")) and self._is_somebody(cookie):
            return None
        query, host = environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST", "")
        if not host or len(path) + len(query) + len(host) > LONGEST:
            return None
        if query:
            query = without_trackers(query)
        return self._scheme(environ), host.lower(), path, query

    def _is_somebody(self, cookie: str) -> bool:
        return any(f"{name}=" in cookie for name in self.cookies)

    def _scheme(self, environ: Mapping[str, Any]) -> str:
        if not self.proxy_header:
            return str(environ["wsgi.url_scheme"])
        said = environ.get(self.proxy_header, "").partition(",")[0].strip()
        return "https" if said == "https" else "http"


def without_trackers(query: str) -> str:
    """Return *query* without what other sites add to follow people; the rest as it was."""
    return "&".join(each for each in query.split("&") if not _FOLLOWED.match(each))


def for_everybody(environ: Environ, query: str) -> Environ:
    """Return *environ* as nobody in particular would have sent it, for the whole page."""
    asked = {name: said for name, said in environ.items() if name not in PERSONAL}
    return asked | {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        FOR_EVERYBODY: True,
    }


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
