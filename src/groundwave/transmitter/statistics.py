"""What the transmitter says of itself in the shapes Icecast's clients know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import groundwave
from groundwave.patchbay.messages import Role
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.reply import Reply
from groundwave.transmitter.station import Station
from groundwave.wire.errors import PeerError
from groundwave.wire.http.host import Host, read_host
from groundwave.wire.icecast.stats import (
    ListenerStats,
    MountStats,
    ServerStats,
    listclients_xml,
    listmounts_xml,
    seven_xsl,
    stats_xml,
    status_json,
    streamlist_txt,
)
from groundwave.wire.icecast.titles import iceresponse


if TYPE_CHECKING:
    from groundwave.transmitter.daemon import Transmitter


def health(house: Transmitter) -> dict[str, object]:
    """Return what a watchdog asks: is every station on the air and on tape?"""
    stations = {
        station.slug: {
            "on_air": station.on_air.value if station.on_air else None,
            "listeners": station.listeners,
            "listeners_hls": house.sessions.fetching(station.slug),
            "tape": station.recorder.trouble or "recording",
            "trouble": station.trouble,
        }
        for station in house.stations.values()
    }
    is_well = all(
        station.on_air is not None
        and not station.recorder.trouble
        and not station.trouble
        for station in house.stations.values()
    )
    status = "ok" if is_well and not house.ledger.trouble else "trouble"
    sessions = house.ledger.trouble or "recording"
    return {
        "status": status,
        "sessions": sessions,
        "edition": house.edition,
        "stations": stations,
    }


def status_json_reply(house: Transmitter, *, host: str) -> Reply:
    """Answer ``/status-json.xsl``, which encoders read their listener count from."""
    return Reply(200, "application/json", status_json(server_stats(house, host)))


def seven_reply(house: Transmitter, mount: str) -> Reply:
    """Answer ``/7.xsl`` for *mount*, or for the first one."""
    found = server_stats(house, "").mounts
    wanted = next((stats for stats in found if stats.path == mount), None)
    first = found[0] if found else None
    return Reply(200, "text/html; charset=utf-8", seven_xsl(wanted or first))


def stats_document(house: Transmitter) -> bytes:
    """Answer ``/admin/stats``."""
    return stats_xml(server_stats(house, ""))


def mounts_document(house: Transmitter) -> bytes:
    """Answer ``/admin/listmounts``."""
    return listmounts_xml(server_stats(house, "").mounts, house.clock.now())


def streams_document(house: Transmitter) -> bytes:
    """Answer ``/admin/streamlist.txt``, which relays of all mounts ask for."""
    return streamlist_txt(server_stats(house, "").mounts)


def listeners_document(house: Transmitter, path: str) -> bytes:
    """Answer ``/admin/listclients?mount=…``."""
    _, mount = _find(house, path)
    listeners = (
        ListenerStats(
            id=listener.id,
            ip=house.sessions.shown_address(listener.address),
            user_agent=listener.agent,
            connected_at=listener.started_at,
        )
        for listener in mount.fanout
    )
    return listclients_xml(path, listeners, house.clock.now())


def kill_listener(house: Transmitter, path: str, listener: str) -> bytes:
    """Carry out ``/admin/killclient?mount=…&id=…``."""
    _, mount = _find(house, path)
    if listener.isdecimal() and mount.fanout.kick(int(listener)):
        return iceresponse(f"Client {listener} removed", 1)
    return iceresponse(f"Client {listener} not found", 0)


def kill_source(house: Transmitter, path: str) -> bytes:
    """Carry out ``/admin/killsource?mount=…``: end the source that is on air."""
    station = house.intake.find_station(path)
    source = station.sources.get(station.on_air) if station and station.on_air else None
    if source is None:
        return iceresponse("No source is on air at this mountpoint", 0)
    source.hang_up("An administrator ended the connection.")
    return iceresponse("Source Removed", 1)


def server_stats(house: Transmitter, host: str) -> ServerStats:
    """
    Return the server's and every mount's numbers.

    *host* is the request's ``Host``: where the mounts are is said as the asker
    knows it, unless the deployment says it.
    """
    asked = read_host(host) or Host("localhost", None)
    where = house.air_url or f"http://{asked.name}:{asked.port or house.port}"
    mounts = tuple(
        _mount_stats(station, mount, where)
        for station in house.stations.values()
        for mount in station.mounts.values()
        if station.on_air is not None
    )
    return ServerStats(
        host=asked.name,
        server_id=f"Groundwave {groundwave.__version__}",
        started_at=house.started_at,
        mounts=mounts,
        clients=sum(stats.listeners for stats in mounts) + house.events.count,
        client_connections=house.door.accepted,
        connections=house.door.accepted,
    )


def _mount_stats(station: Station, mount: Mount, where: str) -> MountStats:
    line, source = mount.line, station.sources.get(station.on_air or Role.STANDBY)
    return MountStats(
        path=mount.path,
        listenurl=f"{where}{_shown_path(station, mount)}",
        content_type=mount.content_type,
        stream_started_at=station.since,
        listeners=mount.fanout.count,
        listener_peak=mount.fanout.peak,
        max_listeners=station.line.max_listeners or None,
        name=station.line.name,
        description=station.line.description,
        genre=station.line.genre,
        url=station.line.url,
        bitrate_kbps=line.bitrate_kbps,
        sample_rate=line.sample_rate,
        channels=line.channels,
        title=station.title,
        user_agent=source.agent if source else "",
        total_bytes_read=source.feed.bytes_received if source else 0,
        total_bytes_sent=mount.fanout.bytes_sent,
    )


def _shown_path(station: Station, mount: Mount) -> str:
    # BUTT looks for its own mount, which is the station's, among the listen URLs;
    # the first mount is heard there, too.
    is_first = mount.path == next(iter(station.mounts))
    return f"/{station.slug}" if is_first else mount.path


def _find(house: Transmitter, path: str) -> tuple[Station, Mount]:
    for station in house.stations.values():
        if path in station.mounts:
            return station, station.mounts[path]
    raise PeerError(
        f"There is no mount {path[:80]}; see /admin/listmounts.", status=404
    )
