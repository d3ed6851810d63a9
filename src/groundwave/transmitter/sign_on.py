"""A new source for a station: made with a feed of its own, which the station hears."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from groundwave.patchbay.messages import KeyLine, Role
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.feed import Feed, Hear
from groundwave.transmitter.source import HangUp, Source
from groundwave.transmitter.station import Station


log = structlog.get_logger()


def new_source(
    station: Station,
    role: Role,
    *,
    clock: Clock,
    content_type: str,
    hang_up: HangUp,
    refuse: Callable[[str], None],
    key: KeyLine | None = None,
    address: str = "",
    agent: str = "",
) -> Source:
    """
    Return a source for *role*, to be connected to *station*.

    *hang_up* ends its connection; *refuse* is called with a sentence when what
    arrives never was sound; *key* is what let it in, if it has knocked.
    """
    feed = _feed(
        station,
        role,
        clock=clock,
        content_type=content_type,
        hear=lambda name, frames: station.hear(source, name, frames),
        refuse=refuse,
    )
    source = Source(
        role=role,
        feed=feed,
        since=clock.now(),
        hang_up=hang_up,
        key_id=key.id if key else None,
        person=key.person if key else "",
        address=address,
        agent=agent,
        content_type=content_type,
        received_at=clock.air(),
    )
    return source


def _feed(
    station: Station,
    role: Role,
    *,
    clock: Clock,
    content_type: str,
    hear: Hear,
    refuse: Callable[[str], None],
) -> Feed:
    def note_codec_ended(sentence: str) -> None:
        log.warning("codec_ended", station=station.slug, role=role, reason=sentence)

    return Feed(
        content_type=content_type,
        outputs=tuple(station.outputs.values()),
        silence_dbfs=station.line.silence_dbfs,
        air=clock.air,
        hear=hear,
        refuse=refuse,
        codec_ended=note_codec_ended,
    )
