"""
What is playing, as encoders and automation systems say it.

Icecast's ``/admin/metadata?mode=updinfo&mount=…&song=…`` and SHOUTcast's
``/admin.cgi?mode=updinfo&pass=…&song=…``. The charset of a title is the first of
these that fits: the request's ``charset``, UTF-8, the source's, Windows'.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import Credentials, RequestHead, basic_credentials
from groundwave.wire.http.query import raw_pairs
from groundwave.wire.http.text import clean_text, decode_text
from groundwave.wire.icecast.shoutcast import mount_and_key


MAX_TITLE = 512
MAX_URL = 1024

_PATHS = {"/admin/metadata", "/admin/metadata.xsl", "/admin.cgi"}
_NO_TITLE = (
    "This request carries no title; send mode=updinfo and song=Artist - Title, or "
    "artist= and title=."
)


@dataclass(frozen=True, slots=True)
class TitleUpdate:
    """
    A new title for a source.

    Attributes:
        mount: with its leading slash; ``""`` if the request names none.
        title: one line without control characters; ``""`` clears it.
        url: as the encoder sent it; not checked to be a link.
    """

    mount: str
    title: str
    url: str


def is_title_request(head: RequestHead) -> bool:
    """Whether this is a title, from either kind of client."""
    return head.path in _PATHS


def title_credentials(head: RequestHead, *, body: bytes = b"") -> Credentials | None:
    """Return who sends the title: Basic credentials, or SHOUTcast's ``pass``."""
    password = _first(head, body).get(b"pass")
    if password is None:
        return basic_credentials(head.headers)
    return Credentials("source", mount_and_key(decode_text(password))[1])


def read_title_update(
    head: RequestHead, *, charset: str = "", body: bytes = b""
) -> TitleUpdate:
    """
    Read a title from a request's raw query, or from the form it posts.

    Args:
        head: the request, its path already known to be a title's.
        charset: what this source is known to send when it is not UTF-8.
        body: a posted form's body.

    Raises:
        PeerError: there is no title in it.
    """
    values = _first(head, body)
    named = decode_text(values.get(b"charset", b""))

    def read(key: bytes, limit: int) -> str:
        raw = values.get(key, b"")
        return clean_text(
            decode_text(raw, charset=named, fallback=charset), limit=limit
        )

    if values.get(b"mode") != b"updinfo" or not {b"song", b"artist", b"title"} & set(
        values
    ):
        raise PeerError(_NO_TITLE)
    parts = [read(b"artist", MAX_TITLE), read(b"title", MAX_TITLE)]
    title = read(b"song", MAX_TITLE) or " - ".join(filter(None, parts))[:MAX_TITLE]
    return TitleUpdate(_mount(values), title, read(b"url", MAX_URL))


def iceresponse(message: str, return_code: int) -> bytes:
    """Write Icecast's XML answer to an admin request: 1 is success, 0 is not."""
    return (
        '<?xml version="1.0"?>\n'
        f"<iceresponse><message>{escape(message)}</message>"
        f"<return>{return_code}</return></iceresponse>\n"
    ).encode()


def _first(head: RequestHead, body: bytes) -> dict[bytes, bytes]:
    values: dict[bytes, bytes] = {}
    for key, value in raw_pairs(head.query) + raw_pairs(body):
        values.setdefault(key, value)
    return values


def _mount(values: dict[bytes, bytes]) -> str:
    mount = decode_text(values.get(b"mount", b"")).strip()
    if mount:
        return "/" + mount.lstrip("/")
    return mount_and_key(decode_text(values.get(b"pass", b"")))[0]
