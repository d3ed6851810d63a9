"""What happens at a source's connection."""

from __future__ import annotations

from dataclasses import dataclass

from groundwave.wire.http.head import Credentials
from groundwave.wire.icecast.description import StreamDescription


@dataclass(frozen=True, slots=True)
class SourceRequested:
    """
    An encoder wants to go on the air; answer it.

    Attributes:
        mount: with its leading slash.
        protocol: what it speaks, for records: ``PUT HTTP/1.1``, ``SHOUTcast 1``.
    """

    mount: str
    credentials: Credentials | None
    description: StreamDescription
    protocol: str


@dataclass(frozen=True, slots=True)
class SourceDescribed:
    """
    A SHOUTcast source, already accepted, has said what it sends.

    Its protocol gives the password first. Icecast sources never cause this.
    """

    description: StreamDescription


@dataclass(frozen=True, slots=True)
class AudioReceived:
    """Bytes of the stream; where frames begin is not the handshake's business."""

    data: bytes


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """An accepted source sends no more."""


SourceEvent = SourceRequested | SourceDescribed | AudioReceived | SourceEnded
