"""
Everything the site and the transmitter can say to each other.

Two closed unions, ``FromSite`` and ``FromTransmitter``; a reader matches on the
class and ends with ``assert_never``, so that a new message does not type-check
until both ends handle it. Instants are aware and in UTC. Unknown fields are
ignored and new fields carry defaults, so that one side may be upgraded first;
``VERSION`` moves only when that is not enough.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


VERSION = 1


class Role(StrEnum):
    """A place in a station's source chain, heard in this order."""

    STUDIO = "studio"
    MAIN = "main"
    BACKUP = "backup"
    RELAY = "relay"
    STANDBY = "standby"


class Codec(StrEnum):
    """What a mount can be encoded in."""

    MP3 = "mp3"
    AAC = "aac"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a message."""


class MountLine(Value, frozen=True):
    """
    A path where one encoding of a station is heard.

    A source passes through untouched when codec, sample rate and channels are
    the mount's and its bitrate is not above the mount's.
    """

    path: str
    codec: Codec
    bitrate_kbps: int = 128
    sample_rate: int = 44100
    channels: int = 2


class Window(Value, frozen=True):
    """A weekly span in the station's wall time during which a key may connect."""

    weekday: int  # Monday is 0
    starts_at: str  # "HH:MM"
    minutes: int


class KeyLine(Value, frozen=True):
    """
    A source key, as the transmitter needs to know it.

    ``digest`` is the SHA-256 of the key in hex: a key is 160 random bits, so a
    slow hash would protect nothing more. An empty ``windows`` means always.
    """

    id: int
    person: str
    role: Role
    digest: str
    windows: tuple[Window, ...] = ()


class StationLine(Value, frozen=True):
    """One station as the transmitter needs to know it."""

    slug: str
    name: str
    timezone: str
    description: str = ""
    genre: str = ""
    url: str = ""
    mounts: tuple[MountLine, ...] = ()
    keys: tuple[KeyLine, ...] = ()
    relays: tuple[str, ...] = ()
    standby: str = ""  # a sound file's path; empty means the built-in one
    burst_seconds: float = 4.0
    backlog_seconds: float = 30.0
    grace_seconds: float = 2.0
    silence_seconds: float = 15.0
    silence_dbfs: float = -50.0
    return_seconds: float = 3.0
    tape_hours: float = 24.0 * 14
    live_window_seconds: float = 3600.0
    max_listeners: int = 0  # 0: as many as the machine carries
    charset: str = ""  # for titles without one; empty: UTF-8 where valid, else cp1252


class AddressPrivacy(StrEnum):
    """What a listening-session record keeps of a listener's address."""

    FULL = "full"
    TRUNCATED = "truncated"  # /24 for IPv4, /48 for IPv6
    NONE = "none"


class ListeningSession(Value, frozen=True):
    """One listener's time on one mount."""

    id: str
    station: str
    mount: str
    started_at: datetime
    ended_at: datetime
    bytes_sent: int
    agent: str = ""
    address: str = ""
    referrer: str = ""


class SourceStatus(Value, frozen=True):
    """One source in a station's chain, now."""

    role: Role
    connected: bool
    on_air: bool
    person: str = ""
    key_id: int | None = None
    address: str = ""
    agent: str = ""
    content_type: str = ""
    description: str = ""  # "MP3 128 kbit/s 44.1 kHz stereo", once recognized
    since: datetime | None = None
    title: str = ""
    level_dbfs: float | None = None
    peak_dbfs: float | None = None
    heard_at: datetime | None = None  # when sound arrived last; ahead if the source is
    silent_since: datetime | None = None
    healthy: bool = False
    trouble: str = ""  # a sentence while its sound cannot be used; mostly empty


class StationStatus(Value, frozen=True):
    """One station's air, now."""

    slug: str
    on_air: Role | None
    held: Role | None  # the role a person switched to; None: automatic
    title: str
    sources: tuple[SourceStatus, ...]
    listeners: int  # connected to the mounts
    fetching: int = 0  # who listen to the tape instead, which has no connections
    tape: str = ""  # empty while recording; else a sentence that says why not
    trouble: str = ""  # what of the line-up is not in force and why; mostly empty
    tape_begins_at: datetime | None = None  # of the oldest sound there is

    @property
    def is_held_on_standby(self) -> bool:
        """Whether a person chose standby, so that no encoder is heard."""
        return self.held is Role.STANDBY and self.on_air is Role.STANDBY

    @property
    def ready(self) -> SourceStatus | None:
        """The first source in the chain that sounds and is not heard; never standby."""
        waiting = (one for one in self.sources if one.healthy and not one.on_air)
        return next((one for one in waiting if one.role is not Role.STANDBY), None)


# Outcomes of a source that is on air all the same: advice for its owner.
ADVICE = frozenset({"silence", "bitrate_lies"})


class Attempt(Value, frozen=True):
    """
    One encoder's try at going on air.

    ``outcome`` is one word (``accepted``, ``wrong_key``, ``unknown_mount``,
    ``mount_taken``, ``unsupported_type``, ``not_audio``, ``outside_window``,
    ``bad_request`` …); ``sentence`` says what to do next.
    """

    at: datetime
    address: str
    outcome: str
    sentence: str
    mount: str = ""
    username: str = ""
    agent: str = ""
    content_type: str = ""
    protocol: str = ""


# --- from the site ---------------------------------------------------------


class LineupPublished(Value, frozen=True, tag=True):
    """All that the transmitter must know; replaces what it knew before."""

    edition: int
    stations: tuple[StationLine, ...]
    address_privacy: AddressPrivacy = AddressPrivacy.TRUNCATED
    admin_digest: str = ""  # SHA-256 of the password for /admin/; empty: closed


class SourceKicked(Value, frozen=True, tag=True):
    """A person ends a source's connection."""

    station: str
    role: Role
    by: str


class SourceHeld(Value, frozen=True, tag=True):
    """A person puts a role on air by hand; ``None`` gives it back to the chain."""

    station: str
    role: Role | None
    by: str


class Announced(Value, frozen=True, tag=True):
    """Something for open pages; ``station`` empty means every page."""

    event: str
    data: str  # JSON
    station: str = ""
    about: str = ""  # what holds until the next holds until the next about the same


class SessionsKept(Value, frozen=True, tag=True):
    """The site has stored this batch; the transmitter may forget it."""

    batch: int


class StatusAsked(Value, frozen=True, tag=True):
    """Answered with one ``Status``."""


class ListenersAsked(Value, frozen=True, tag=True):
    """Answered with one ``Listeners``; instants are rounded up to whole steps."""

    step_seconds: int = 300


class TitlesAsked(Value, frozen=True, tag=True):
    """
    Answered with one ``Titles``, or ``Refused``.

    It is of the time from ``since`` to ``until``, a day at most.
    """

    station: str
    since: datetime
    until: datetime


FromSite = (
    LineupPublished
    | SourceKicked
    | SourceHeld
    | Announced
    | SessionsKept
    | StatusAsked
    | ListenersAsked
    | TitlesAsked
)


# --- from the transmitter --------------------------------------------------


class LineupTaken(Value, frozen=True, tag=True):
    """The line-up is in force and cached; sent on connecting, too."""

    edition: int


class SourceConnected(Value, frozen=True, tag=True):
    """A source is sending."""

    at: datetime
    station: str
    source: SourceStatus


class SourceDisconnected(Value, frozen=True, tag=True):
    """A source is gone; ``reason`` is a sentence."""

    at: datetime
    station: str
    role: Role
    reason: str


class SourceAttempted(Value, frozen=True, tag=True):
    """An encoder tried to connect."""

    attempt: Attempt
    station: str = ""


class OnAirChanged(Value, frozen=True, tag=True):
    """Another source is heard; ``reason`` is a sentence."""

    at: datetime
    station: str
    role: Role | None
    reason: str
    heard_at: datetime | None = None  # of its first sound, which may lie ahead


class TitleChanged(Value, frozen=True, tag=True):
    """What is playing, as the source on air says."""

    at: datetime  # when its sound is heard, which may lie ahead
    station: str
    title: str


class SessionsEnded(Value, frozen=True, tag=True):
    """Sent again until ``SessionsKept`` names the batch."""

    batch: int
    sessions: tuple[ListeningSession, ...]


class Status(Value, frozen=True, tag=True):
    """The transmitter's whole state, for a person."""

    at: datetime
    started_at: datetime
    version: str
    edition: int
    stations: tuple[StationStatus, ...]
    attempts: tuple[Attempt, ...]  # newest last
    trouble: str = ""  # why listening sessions are not written; mostly empty


class Came(Value, frozen=True):
    """How many of those who listen to a station now came in one stretch of time."""

    station: str
    by: datetime  # when the stretch ended, which may lie ahead
    listeners: int


class Listeners(Value, frozen=True, tag=True):
    """Who listens now, by when they came; on mounts and to the tape, no addresses."""

    at: datetime
    came: tuple[Came, ...]


class HeardTitle(Value, frozen=True):
    """What was playing from one instant to the next title; empty if nobody said."""

    at: datetime
    title: str


class Titles(Value, frozen=True, tag=True):
    """What was playing, as the tape has it; the first may have begun before."""

    station: str
    titles: tuple[HeardTitle, ...]  # oldest first; the latest 2,000 of more


class Refused(Value, frozen=True, tag=True):
    """The last message could not be carried out; nothing was changed."""

    sentence: str


FromTransmitter = (
    LineupTaken
    | SourceConnected
    | SourceDisconnected
    | SourceAttempted
    | OnAirChanged
    | TitleChanged
    | SessionsEnded
    | Status
    | Listeners
    | Titles
    | Refused
)
