"""A story as it came through the door, with what it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from groundwave.syndication.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Arrived:
    """
    One version of an upstream story.

    Attributes:
        incoming: what it says; nothing is decided yet of what may be shown.
        raw: the bytes that it was read from.
        fingerprint: the same for two versions that differ in nothing that matters.
        said: what was odd about it, in sentences for an editor.
        is_whole: whether the story itself came, and not only what it is about.
    """

    incoming: Incoming
    raw: bytes
    fingerprint: str
    said: tuple[str, ...] = ()
    is_whole: bool = True
