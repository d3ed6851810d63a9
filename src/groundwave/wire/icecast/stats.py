"""
What Icecast's status pages say, in Icecast 2.4.4's exact shapes.

Players, directories and encoders have learned these shapes by heart, the faults
included: ``source`` is absent with no mount, an object with one and an array
with more. What they cannot have learned is invalid JSON, so that every title is
a string here, ``-`` and ``1999`` too; and nobody needs the admin's address.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from groundwave.wire.errors import UsageError
from groundwave.wire.http.text import clean_text


_MAX_TEXT = 4096
_DECLARATION = '<?xml version="1.0"?>\n'

Value = str | int | None


@dataclass(frozen=True, slots=True)
class MountStats:
    """
    One mount, now.

    Attributes:
        path: with its leading slash.
        listenurl: where it is heard. BUTT finds its own mount by the last part.
        max_listeners: ``None`` for as many as the server carries.
        stream_started_at: aware.
    """

    path: str
    listenurl: str
    content_type: str
    stream_started_at: datetime
    listeners: int = 0
    listener_peak: int = 0
    slow_listeners: int = 0
    max_listeners: int | None = None
    name: str = ""
    description: str = ""
    genre: str = ""
    url: str = ""
    public: bool = False
    bitrate_kbps: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    title: str = ""
    source_ip: str = ""
    user_agent: str = ""
    total_bytes_read: int = 0
    total_bytes_sent: int = 0


@dataclass(frozen=True, slots=True)
class ServerStats:
    """
    The server and its mounts, now.

    Attributes:
        admin: whom to ask; shown to the world.
        client_connections: requests of every kind since the start, and so on:
            the counters that end in ``connections`` only grow.
    """

    host: str
    server_id: str
    started_at: datetime
    mounts: tuple[MountStats, ...] = ()
    location: str = ""
    admin: str = "not published"
    clients: int = 0
    client_connections: int = 0
    connections: int = 0
    listener_connections: int = 0
    source_client_connections: int = 0
    source_relay_connections: int = 0


@dataclass(frozen=True, slots=True)
class ListenerStats:
    """One listener, now; *connected_at* is aware."""

    id: int
    ip: str
    user_agent: str
    connected_at: datetime


def status_json(server: ServerStats) -> bytes:
    """Write ``/status-json.xsl``."""
    sources = [_mount_json(mount) for mount in server.mounts]
    last: dict[str, object] = {"dummy": None}
    if sources:
        last = {"source": sources[0] if len(sources) == 1 else sources}
    stats = {
        "admin": _text(server.admin),
        "host": _text(server.host),
        "location": _text(server.location),
        "server_id": _text(server.server_id),
        **_instants("server_start", server.started_at),
        **last,
    }
    whole = {"icestats": stats}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def seven_xsl(mount: MountStats | None) -> bytes:
    """
    Write ``/7.xsl``: listeners, status, peak, most, unique, bitrate, title.

    BUTT counts the commas, there must be six, and reads the number after the
    first ``>``. Without a mount the status is 0.
    """
    if mount is None:
        return b"<!DOCTYPE html>\n0,0,0,unlimited,0,,\n"
    title = html.escape(_text(mount.title)).replace(",", "&#44;")
    most = "unlimited" if mount.max_listeners is None else mount.max_listeners
    listeners, peak, bitrate = mount.listeners, mount.listener_peak, mount.bitrate_kbps
    return (
        f"<!DOCTYPE html>\n{listeners},1,{peak},{most},{listeners},{bitrate or ''},"
        f"{title}\n"
    ).encode()


def stats_xml(server: ServerStats) -> bytes:
    """Write ``/admin/stats``."""
    mounts = server.mounts
    counted: dict[str, Value] = {
        "admin": server.admin,
        "client_connections": server.client_connections,
        "clients": server.clients,
        "connections": server.connections,
        "file_connections": 0,
        "host": server.host,
        "listener_connections": server.listener_connections,
        "listeners": sum(mount.listeners for mount in mounts),
        "location": server.location,
        "server_id": server.server_id,
        **_instants("server_start", server.started_at),
        "source_client_connections": server.source_client_connections,
        "source_relay_connections": server.source_relay_connections,
        "source_total_connections": server.source_client_connections
        + server.source_relay_connections,
        "sources": len(mounts),
        "stats": 0,
        "stats_connections": 0,
    }
    sources = [_source(mount.path, _elements(_mount_xml(mount))) for mount in mounts]
    return _icestats(_elements(counted), *sources)


def listmounts_xml(mounts: Iterable[MountStats], now: datetime) -> bytes:
    """Write ``/admin/listmounts``."""
    return _icestats(*(_source(mount.path, _listed(mount, now)) for mount in mounts))


def listclients_xml(
    mount: str, listeners: Iterable[ListenerStats], now: datetime
) -> bytes:
    """Write ``/admin/listclients?mount=…``."""
    listed = list(listeners)
    rows = "".join(_row(listener, now) for listener in listed)
    return _icestats(_source(mount, _elements({"Listeners": len(listed)}) + rows))


def streamlist_txt(mounts: Iterable[MountStats]) -> bytes:
    """Write ``/admin/streamlist.txt``, which relays ask for: a path on each line."""
    return "".join(f"{_text(mount.path)}\r\n" for mount in mounts).encode()


def _mount_json(mount: MountStats) -> dict[str, Value]:
    described = {
        "audio_info": _audio_info(mount),
        "bitrate": mount.bitrate_kbps,
        "channels": mount.channels,
        "genre": mount.genre or "various",
        "listener_peak": mount.listener_peak,
        "listeners": mount.listeners,
        "listenurl": mount.listenurl,
        "samplerate": mount.sample_rate,
        **_server_words(mount),
        **_instants("stream_start", mount.stream_started_at),
        "title": mount.title,
    }
    return _present(described) | {"dummy": None}


def _mount_xml(mount: MountStats) -> dict[str, Value]:
    most = mount.max_listeners
    return {
        "audio_info": _audio_info(mount),
        "bitrate": mount.bitrate_kbps,
        "channels": mount.channels,
        "genre": mount.genre or "various",
        "listener_peak": mount.listener_peak,
        "listeners": mount.listeners,
        "listenurl": mount.listenurl,
        "max_listeners": "unlimited" if most is None else most,
        "public": int(mount.public),
        "samplerate": mount.sample_rate,
        **_server_words(mount),
        "slow_listeners": mount.slow_listeners,
        "source_ip": mount.source_ip,
        **_instants("stream_start", mount.stream_started_at),
        "title": mount.title,
        "total_bytes_read": mount.total_bytes_read,
        "total_bytes_sent": mount.total_bytes_sent,
        "user_agent": mount.user_agent,
    }


def _server_words(mount: MountStats) -> dict[str, Value]:
    return {
        "server_description": mount.description or "Unspecified description",
        "server_name": mount.name or "Unspecified name",
        "server_type": mount.content_type,
        "server_url": mount.url,
    }


def _audio_info(mount: MountStats) -> str:
    known = {
        "channels": mount.channels,
        "samplerate": mount.sample_rate,
        "bitrate": mount.bitrate_kbps,
    }
    return ";".join(f"{key}={value}" for key, value in known.items() if value)


def _instants(name: str, at: datetime) -> dict[str, Value]:
    """Write an instant twice, as Icecast does: RFC 5322 and ISO 8601."""
    if at.utcoffset() is None:
        raise UsageError(f"{name} needs an instant with a time zone, not {at!r}.")
    utc = at.astimezone(UTC)
    iso = utc.strftime("%Y-%m-%dT%H:%M:%S%z")
    return {name: format_datetime(utc), f"{name}_iso8601": iso}


def _seconds(since: datetime, now: datetime) -> int:
    return max((now - since) // timedelta(seconds=1), 0)


def _present(facts: dict[str, Value]) -> dict[str, Value]:
    """Leave out what is not known; numbers stay numbers, texts become clean."""
    cleaned = {
        key: _text(value) if isinstance(value, str) else value
        for key, value in facts.items()
    }
    return {key: value for key, value in cleaned.items() if value not in {None, ""}}


def _elements(facts: dict[str, Value]) -> str:
    present = _present(facts).items()
    return "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in present)


def _listed(mount: MountStats, now: datetime) -> str:
    facts: dict[str, Value] = {
        "listeners": mount.listeners,
        "Connected": _seconds(mount.stream_started_at, now),
        "content-type": mount.content_type,
    }
    return "<fallback></fallback>" + _elements(facts)


def _row(listener: ListenerStats, now: datetime) -> str:
    facts: dict[str, Value] = {
        "IP": listener.ip,
        "UserAgent": listener.user_agent,
        "Connected": _seconds(listener.connected_at, now),
        "ID": listener.id,
    }
    return f"<listener>{_elements(facts)}</listener>"


def _source(mount: str, inside: str) -> str:
    return f"<source mount={quoteattr(_text(mount))}>{inside}</source>"


def _icestats(*inside: str) -> bytes:
    body = "".join(inside)
    return f"{_DECLARATION}<icestats>{body}</icestats>\n".encode()


def _text(text: str) -> str:
    return clean_text(text, limit=_MAX_TEXT)
