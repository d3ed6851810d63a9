"""
Why a source may not go on the air, in words for the person at the encoder.

The status is the one that encoders act upon, which is not always the one that
HTTP would choose. Encoders show the status line and drop the body, so that the
reason phrase carries the gist and the body the whole sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundwave.wire.http.head import response
from groundwave.wire.http.text import clean_text


_MAX_QUOTED = 80


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    An answer that sends a source away.

    Attributes:
        outcome: one word for records and metrics.
        status: the HTTP status.
        reason: the gist, short enough for an encoder's status line.
        sentence: what happened and what to do next.
    """

    outcome: str
    status: int
    reason: str
    sentence: str

    def response(self, version: str, *, headers: tuple[tuple[str, str], ...]) -> bytes:
        """Write the whole response, its sentence as the body."""
        body = f"{self.sentence}\n".encode()
        plain = (("Content-Type", "text/plain; charset=utf-8"),)
        return response(self.status, plain + headers, body, version, reason=self.reason)


def needs_password() -> Refusal:
    """No credentials came at all."""
    return Refusal(
        "needs_password",
        401,
        "Password needed",
        "This station needs a password; put your source key into the encoder's "
        "password field and connect again.",
    )


def wrong_key() -> Refusal:
    """The key is unknown, or has been revoked: to a stranger that is the same."""
    return Refusal(
        "wrong_key",
        401,
        "Wrong source key",
        "The password is not a source key of this station; copy the whole key again, "
        "without spaces, or ask the station's engineer for a new one.",
    )


def unknown_mount(mount: str) -> Refusal:
    """No station is fed at *mount*."""
    return Refusal(
        "unknown_mount",
        404,
        "No station at this mountpoint",
        f"There is no station at {_quoted(mount)}; set the encoder's mountpoint to the "
        "one that was given to you with your source key.",
    )


def mount_taken(mount: str) -> Refusal:
    """Another source holds this place in the chain."""
    # 403 and these words since Icecast 2.0: BUTT tries again each second until the
    # place is free. Icecast 2.5's 409 is unknown to all encoders that were read.
    return Refusal(
        "mount_taken",
        403,
        "Mountpoint in use",
        f"Another encoder is already connected to {_quoted(mount)} with this role; "
        "stop that one first, or ask for a source key of your own.",
    )


def unsupported_type(content_type: str) -> Refusal:
    """The format is none that a station takes."""
    # Icecast 2.4 answers 403 with these words, upon which BUTT tries again for ever
    # and shows nothing. At 415 it stops and says so; ffmpeg, libshout and Liquidsoap
    # treat the two alike.
    return Refusal(
        "unsupported_type",
        415,
        "Content-type not supported",
        f"This station cannot read {_quoted(content_type)}; set the encoder to MP3 or "
        "AAC and connect again.",
    )


def not_audio(content_type: str) -> Refusal:
    """The bytes are not what the headers promised."""
    return Refusal(
        "not_audio",
        415,
        "No audio recognized",
        f"What the encoder sent is not {_quoted(content_type)}; check the codec in its "
        "stream settings, MP3 or AAC, and connect again.",
    )


def outside_window(times: str = "") -> Refusal:
    """
    The key is good, but not now.

    Args:
        times: when it is, as the station says it: "Fri 22:00-24:00".
    """
    # 403, so that an encoder that is connected early gets in when its time comes.
    when = f" It is good for {_quoted(times)}." if times else ""
    return Refusal(
        "outside_window",
        403,
        "Outside your air time",
        f"Your source key is not valid at this time.{when} Connect within your air "
        "time, or ask the station to change it.",
    )


def too_many_sources() -> Refusal:
    """The server carries as many sources as it may."""
    return Refusal(
        "too_many_sources",
        403,
        "Too many sources connected",
        "This server has as many encoders as it can carry; disconnect one that is "
        "not needed, and connect again.",
    )


def bad_request(sentence: str, *, status: int = 400) -> Refusal:
    """The request cannot be understood; *sentence* is a ``PeerError``'s."""
    return Refusal("bad_request", status, "", sentence)


def _quoted(peer_text: str) -> str:
    """Make what the peer sent safe to send back, and short."""
    return clean_text(peer_text, limit=_MAX_QUOTED)
