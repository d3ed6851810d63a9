"""Where the body of an answer of the site's ends (RFC 9112 §6.3)."""

from __future__ import annotations

from groundwave.wire.http.chunked import ChunkedReader
from groundwave.wire.http.headers import Headers


_WITHOUT_BODY = frozenset({204, 304})


class Body:
    """
    Watches a body go by.

    Attributes:
        is_sized: it says itself where it ends; else it ends with the connection.
    """

    def __init__(self, status: int, headers: Headers, *, is_head: bool) -> None:
        self._chunks: ChunkedReader | None = None
        self._left = 0
        self.is_sized = True
        if is_head or status in _WITHOUT_BODY:
            return
        if "chunked" in headers.tokens("transfer-encoding"):
            self._chunks = ChunkedReader()
        elif "content-length" in headers:
            self._left = int(headers.get("content-length"))
        else:
            self.is_sized = False

    @property
    def has_ended(self) -> bool:
        if self._chunks:
            return self._chunks.ended
        return self.is_sized and not self._left

    def share(self, data: bytes) -> bytes:
        """
        Return what of *data*, which comes next, is the body's.

        Raises:
            PeerError: the chunks are damaged.
        """
        if self._chunks:
            self._chunks.receive_data(data)
            return data[: len(data) - len(self._chunks.leftover)]
        if not self.is_sized:
            return data
        mine = data[: self._left]
        self._left -= len(mine)
        return mine
