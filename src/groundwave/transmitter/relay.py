"""
Another server's stream as a source of ours: an Icecast or SHOUTcast URL, or HLS.

Laws:

* A relay never gives up. Whatever ends a connection is one sentence to ``troubled``
  and a wait: about a second, then twice as long each time, a minute at most. Half
  a minute of sound wipes the slate.
* Waits are drawn at random below their length, so that many relays do not all
  come back to a server at the moment it does.
* Bytes are handed on as they are; what they hold is for the feed to find out.
* Sound comes in real time: a stream at its server's pace, held back by ``pause``;
  an HLS segment in slices spread over its duration.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable
from contextlib import aclosing
from random import Random, SystemRandom
from typing import assert_never
from urllib.parse import urlsplit

from groundwave.transmitter.relay_hls import HlsStream
from groundwave.transmitter.relay_http import Answer, Outbound
from groundwave.transmitter.relay_pace import Begun, in_real_time
from groundwave.transmitter.relay_patience import USUAL, BackOff, Patience
from groundwave.transmitter.relay_target import (
    Allow,
    RelayTrouble,
    led_on,
    may_be_relayed,
    shown_address,
)
from groundwave.wire.hls.titles import Cue
from groundwave.wire.http.text import decode_text
from groundwave.wire.icy import IcyReader, TitleReceived


MAX_PLAYLISTS = 5
MAX_LIST = 4 * 1024 * 1024
# Icecast's rule for a source that does not say.
ASSUMED_TYPE = "audio/mpeg"
SHORTEST_PAUSE = 0.1

_LIST_TYPES = {
    "application/pls+xml",
    "application/vnd.apple.mpegurl",
    "application/x-mpegurl",
    "application/x-scpls",
    "audio/mpegurl",
    "audio/scpls",
    "audio/x-mpegurl",
    "audio/x-scpls",
}
_PLS_ENTRY = re.compile(r"^\s*File[0-9]+\s*=(.*)$", re.IGNORECASE | re.MULTILINE)
_LIST_SUFFIXES = (".m3u", ".m3u8", ".pls")


def _no_pause() -> float:
    return 0.0


class Relay:
    """
    Pulls *url*, until it is closed.

    Args:
        hear: given the stream's next bytes.
        title: given what is playing, whenever the stream says so.
        describe: told before a stream's first byte which content type it claims.
            It is told again when another stream starts: after ``troubled``, or
            where an HLS stream changes its encoding.
        troubled: told in a sentence why the connection has ended.
        random: draws the waits.
        allow: whether an address may be connected to.
        pause: returns the seconds to wait before more can be heard; 0 for none.
        tls: whom to believe over HTTPS; the system's authorities by default.

    Attributes:
        shown: the address without what is secret in it, for people and logs.
    """

    def __init__(
        self,
        url: str,
        *,
        hear: Callable[[bytes], None],
        title: Callable[[str], None],
        describe: Callable[[str], None],
        troubled: Callable[[str], None],
        random: Random | None = None,
        allow: Allow = may_be_relayed,
        pause: Callable[[], float] = _no_pause,
        patience: Patience = USUAL,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.shown = shown_address(url)
        self._url = url
        self._hear = hear
        self._title = title
        self._describe = describe
        self._troubled = troubled
        self._pause = pause
        self._back_off = BackOff(patience, random or SystemRandom())
        self._outbound = Outbound(allow=allow, patience=patience.stall, tls=tls)
        self._closed = False
        self._reason = ""
        # Time-outs without a time: what ends them is close or hang_up.
        self._life: asyncio.Timeout | None = None
        self._connection: asyncio.Timeout | None = None
        self._heard_at: float | None = None
        self._said: str | None = None

    async def run(self) -> None:
        """Connect, hear, and connect again; return once closed."""
        if self._closed:
            return
        try:
            async with asyncio.timeout(None) as self._life:
                while True:
                    sounded = await self._connect_and_hear()
                    await asyncio.sleep(self._back_off.after(sounded))
        except TimeoutError:
            if not self._closed:
                raise

    def hang_up(self, reason: str) -> None:
        """End the present connection, if there is one; the next follows after a wait."""
        if self._connection:
            self._reason = reason
            self._connection.reschedule(_now())
            self._connection = None

    def close(self) -> None:
        """End the connection and the task in ``run``; nothing is called any more."""
        self._closed = True
        self._connection = None
        if self._life:
            self._life.reschedule(_now())
            self._life = None

    async def _connect_and_hear(self) -> float:
        """Hear one connection to its end; return for how many seconds it sounded."""
        self._heard_at = None
        try:
            async with asyncio.timeout(None) as self._connection:
                await self._pull()
            reason = "The relayed stream has ended; its server sends nothing more."
        except TimeoutError:
            reason = self._reason
        except RelayTrouble as trouble:
            reason = str(trouble)
        finally:
            self._connection = None
        if not self._closed:
            self._troubled(reason)
        return 0.0 if self._heard_at is None else _now() - self._heard_at

    async def _pull(self) -> None:
        url = self._url
        for _ in range(MAX_PLAYLISTS + 1):
            async with self._outbound.get(url) as answer:
                if not _is_list(answer):
                    await self._hear_stream(answer)
                    return
                text = decode_text(await answer.read_all(MAX_LIST))
                url = answer.url
            if "#EXT-X-" in text:
                await self._hear_hls(HlsStream(self._outbound, url, text))
                return
            url = led_on(url, first_entry(text))
        raise RelayTrouble(
            "The relay's address leads to a playlist that leads to another without "
            "end. Give the stream's own address."
        )

    async def _hear_stream(self, answer: Answer) -> None:
        headers = answer.head.headers
        if answer.content_type.startswith("text/"):
            raise RelayTrouble(
                "The relay's address leads to a page, not to sound. Give the "
                "stream's own address."
            )
        self._begin(answer.content_type or ASSUMED_TYPE)
        icy = IcyReader(_metaint(headers.get("icy-metaint")))
        while data := await answer.read():
            for found in icy.receive_data(data):
                await self._take(found)

    async def _hear_hls(self, stream: HlsStream) -> None:
        async with aclosing(in_real_time(stream.sounds())) as heard:
            async for what in heard:
                match what:
                    case Begun():
                        self._begin(what.content_type)
                    case Cue():
                        self._entitle(what.title)
                    case bytes():
                        await self._take_sound(what)
                    case _:
                        assert_never(what)

    # What was under way when somebody closed or hung up is told to nobody.

    def _begin(self, content_type: str) -> None:
        if self._connection:
            self._said = None
            self._describe(content_type)

    def _entitle(self, title: str) -> None:
        # A server says what is playing again and again; it began when it was said first.
        if self._connection and title != self._said:
            self._said = title
            self._title(title)

    async def _take(self, found: bytes | TitleReceived) -> None:
        if isinstance(found, bytes):
            await self._take_sound(found)
        else:
            self._entitle(found.title)

    async def _take_sound(self, data: bytes) -> None:
        if self._connection is None:
            return
        if self._heard_at is None:
            self._heard_at = _now()
        self._hear(data)
        # Nobody announces that the hearer has caught up.
        while self._connection and (wait := self._pause()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(max(wait, SHORTEST_PAUSE))


def first_entry(text: str) -> str:
    """
    Return the first address in a .pls or .m3u playlist.

    Raises:
        RelayTrouble: there is none.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip().lower().startswith("[playlist]"):
        entries = _PLS_ENTRY.findall(text)
    else:
        entries = [line for line in text.splitlines() if not line.startswith("#")]
    for entry in filter(None, map(str.strip, entries)):
        return entry
    raise RelayTrouble("The relay's playlist is empty. Give the stream's own address.")


def _is_list(answer: Answer) -> bool:
    path = urlsplit(answer.url).path.lower()
    return answer.content_type in _LIST_TYPES or path.endswith(_LIST_SUFFIXES)


def _metaint(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _now() -> float:
    return asyncio.get_running_loop().time()
