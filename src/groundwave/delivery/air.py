"""Where on the web the air is: the addresses that listeners and pages tune in to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from groundwave.stations.address import air_url
from groundwave.stations.models import Mount, Station
from groundwave.stations.models.station import Codec


MEDIA_TYPES = {Codec.MP3: "audio/mpeg", Codec.AAC: "audio/aac"}


def air_origin(request: HttpRequest) -> str:
    """Return scheme, host and port of the air, as a policy names them."""
    try:
        parts = urlsplit(air_url(request))
    except DisallowedHost:  # answered with 400; no page comes of it
        return "'none'"
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Way:
    """One way to listen to a station."""

    url: str
    media_type: str
    bitrate_kbps: int
    label: str


@dataclass(frozen=True)
class Tuning:
    """A station and the ways to hear it, best known first."""

    station: Station
    streams: tuple[Way, ...]
    hls: str
    tape: str
    titles: str


def tuning(station: Station, air: str) -> Tuning:
    """Return how *station* is heard from the transmitter at *air*."""
    # Every browser takes MP3 at once; AAC is there for those who ask for it.
    mounts = sorted(station.mounts.all(), key=lambda mount: mount.codec != Codec.MP3)
    place = f"{air}/{station.slug}"
    return Tuning(
        station=station,
        streams=tuple(_way(mount, air) for mount in mounts),
        hls=f"{place}/live.m3u8",
        tape=f"{place}/tape.m3u8",
        titles=f"{place}/titles.json",
    )


def _way(mount: Mount, air: str) -> Way:
    return Way(
        url=air + mount.path,
        media_type=MEDIA_TYPES[Codec(mount.codec)],
        bitrate_kbps=mount.bitrate_kbps,
        label=f"{mount.get_codec_display()} {mount.bitrate_kbps} kbit/s",
    )
