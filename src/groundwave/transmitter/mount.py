"""A mount: the path where one encoding of a station is heard."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import lru_cache

from groundwave.patchbay.messages import Codec, MountLine, StationLine
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.fanout import Departure, Fanout
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.reel import Reel
from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.visitor import Visitor
from groundwave.wire.http.head import RequestHead
from groundwave.wire.icy import METAINT, icy_response_head, wants_metadata


CONTENT_TYPES = {Codec.MP3: "audio/mpeg", Codec.AAC: "audio/aac"}

_listener_ids = itertools.count(1)


class Mount:
    """One mount of *station*, its reel and its listeners."""

    def __init__(
        self,
        line: MountLine,
        station: StationLine,
        *,
        departed: Callable[[Mount, Listener, Departure], None],
    ) -> None:
        self.line = line
        self.station = station.slug
        self.path = line.path
        self.content_type = CONTENT_TYPES[line.codec]
        self.reel = Reel(station.burst_seconds + station.backlog_seconds)
        self.fanout = Fanout(
            self.reel,
            burst_seconds=station.burst_seconds,
            departed=lambda listener, why: departed(self, listener, why),
        )

    def hear(self, frames: Sequence[StampedFrame]) -> None:
        """Put the programme's next frames on the reel."""
        self.reel.append(frames)

    def response_head(self, station: StationLine, *, with_titles: bool) -> bytes:
        """Return the head that every request for this mount is answered with."""
        return _response_head(self.line, station, with_titles=with_titles)

    def tune_in(
        self,
        visitor: Visitor,
        head: RequestHead,
        station: StationLine,
        *,
        address: str,
        clock: Clock,
    ) -> Listener:
        """Make a listener of the visitor, whose socket is ours from now on."""
        with_titles = wants_metadata(head.headers)
        listener = Listener(
            id=next(_listener_ids),
            sock=visitor.sock,
            address=address,
            agent=head.headers.get("user-agent")[:200],
            referrer=head.headers.get("referer")[:200],
            started_at=clock.now(),
            position=0,
            until_metadata=METAINT if with_titles else None,
        )
        self.fanout.admit(
            listener,
            self.response_head(station, with_titles=with_titles),
            now=clock.air(),
        )
        return listener


@lru_cache(maxsize=256)
def _response_head(
    mount: MountLine, station: StationLine, *, with_titles: bool
) -> bytes:
    # A fifth of what admitting a listener costs, and the same for all of them.
    return icy_response_head(
        CONTENT_TYPES[mount.codec],
        name=station.name,
        description=station.description,
        genre=station.genre,
        url=station.url,
        bitrate_kbps=mount.bitrate_kbps,
        metaint=METAINT if with_titles else 0,
    )
