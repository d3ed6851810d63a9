"""From rows to the line-up: all that the transmitter must know of the stations."""

from __future__ import annotations

from collections.abc import Iterable

from groundwave.patchbay import messages
from groundwave.stations.models import (
    KeyWindow,
    Mount,
    SourceKey,
    Station,
    Transmission,
)


def build_lineup(
    stations: Iterable[Station], transmission: Transmission
) -> messages.LineupPublished:
    """Return the line-up of *stations*, which bring their mounts and keys along."""
    return messages.LineupPublished(
        edition=transmission.edition,
        stations=tuple(map(station_line, stations)),
        address_privacy=messages.AddressPrivacy(transmission.address_privacy),
        admin_digest=transmission.monitor_digest,
    )


def station_line(station: Station) -> messages.StationLine:
    keys = (key for key in station.source_keys.all() if key.is_live)
    return messages.StationLine(
        slug=station.slug,
        name=station.name,
        timezone=station.timezone,
        description=station.description,
        genre=station.genre,
        url=station.website,
        mounts=tuple(mount_line(mount) for mount in station.mounts.all()),
        keys=tuple(key_line(key) for key in keys),
        relays=station.relay_addresses,
        standby=station.standby.path if station.standby else "",
        burst_seconds=station.burst_seconds,
        grace_seconds=station.grace_seconds,
        silence_seconds=station.silence_seconds,
        silence_dbfs=station.silence_dbfs,
        return_seconds=station.return_seconds,
        tape_hours=station.tape_hours,
        max_listeners=station.max_listeners,
        charset=station.charset,
    )


def mount_line(mount: Mount) -> messages.MountLine:
    return messages.MountLine(
        path=mount.path,
        codec=messages.Codec(mount.codec),
        bitrate_kbps=mount.bitrate_kbps,
        sample_rate=mount.sample_rate,
        channels=mount.channels,
    )


def key_line(key: SourceKey) -> messages.KeyLine:
    return messages.KeyLine(
        id=key.pk,
        person=key.person.name,
        role=messages.Role(key.role),
        digest=key.digest,
        windows=tuple(window_line(window) for window in key.windows.all()),
    )


def window_line(window: KeyWindow) -> messages.Window:
    return messages.Window(
        weekday=window.weekday,
        starts_at=f"{window.starts_at:%H:%M}",
        minutes=window.minutes,
    )
