"""
An Ogg chain, one link at a time.

Ogg encoders begin a new logical stream at every title, with new headers, and the
sample rate or even the codec may differ. Demuxers carry some of that over and
refuse the rest; ended at the link's last page and opened again, they need not.
What comes before the first page of the first link is passed over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from groundwave.audio.errors import NotSound
from groundwave.audio.stream import LOST_AFTER_BYTES, READ_BYTES, ByteSource
from groundwave.wire.errors import PeerError
from groundwave.wire.frames.ogg import OggPage, OggPages


class OggLink:
    """
    One link, read like a file that ends where the link does.

    Attributes:
        has_next: another link follows.
    """

    def __init__(self, chain: _Pages) -> None:
        self._chain = chain
        self._unread = b""
        self._headers_over = False
        self.has_next = True

    def read(self, size: int) -> bytes:
        """Return 1 to *size* bytes, none once the link is over."""
        if not self._unread:
            self._unread = self._next_page()
        data, self._unread = self._unread[:size], self._unread[size:]
        return data

    def _next_page(self) -> bytes:
        page = self._chain.peek()
        if page is None:
            self.has_next = False
            return b""
        if page.begins and self._headers_over:
            return b""
        self._headers_over = not page.begins
        return self._chain.pop().data


class _Pages:
    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._pages = OggPages()
        self._whole: deque[OggPage] = deque()
        self._has_begun = False
        self._over = ""

    def peek(self) -> OggPage | None:
        lost = 0
        while not self._whole:
            if self._over:  # whoever asks again is told again, and reads nothing
                raise NotSound(self._over)
            data = self._source.read(READ_BYTES)
            if not data:
                return None
            lost += self._take(data)
            if not self._whole and lost > LOST_AFTER_BYTES:
                self._over = "its Ogg pages make no sense"
        return self._whole[0]

    def pop(self) -> OggPage:
        return self._whole.popleft()

    def _take(self, data: bytes) -> int:
        """Queue the pages that *data* completes; return how many bytes were lost."""
        lost = -self._pages.skipped_bytes
        try:
            for page in self._pages.receive_data(data):
                self._has_begun = self._has_begun or page.begins
                if self._has_begun:
                    self._whole.append(page)
                else:
                    lost += len(page.data)
        except PeerError:
            self._over = "its Ogg pages are damaged"
        return lost + self._pages.skipped_bytes


def ogg_links(source: ByteSource) -> Iterator[OggLink]:
    """Yield the links of a chain; each must be read to its end before the next."""
    pages = _Pages(source)
    link = OggLink(pages)
    yield link
    while link.has_next:
        link = OggLink(pages)
        yield link
