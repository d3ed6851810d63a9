"""
The transmitter's copy of the last line-up, from which it starts without the site.

It is JSON that a person can read. The copy before it is kept beside it as
``….previous``, and is used when the newer one is damaged: a station that is on
the air with yesterday's line-up is better than one that is silent.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from groundwave.patchbay.errors import LineupUnreadable
from groundwave.patchbay.messages import LineupPublished
from groundwave.patchbay.wholefile import write_whole


_decode = msgspec.json.Decoder(LineupPublished).decode


def _say_nothing(_: str) -> None:
    pass


def save_lineup(path: Path, lineup: LineupPublished) -> None:
    """
    Write *lineup* to *path*, whole or not at all, readable by its owner alone.

    What *path* held becomes the previous copy, unless it was damaged: then the
    previous copy is the better one and stays.

    Raises:
        OSError: the disk is full or gone; the copies on it are untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if _read_or_none(path) is not None:
        write_whole(_previous(path), path.read_bytes())
    write_whole(path, msgspec.json.format(msgspec.json.encode(lineup)) + b"\n")


def load_lineup(
    path: Path, *, troubled: Callable[[str], None] = _say_nothing
) -> LineupPublished | None:
    """
    Return the line-up saved at *path*; ``None`` if none was ever saved.

    If it is damaged, the previous copy is returned and *troubled* hears a sentence.

    Raises:
        LineupUnreadable: neither copy can be read; the caller decides.
    """
    try:
        lineup = _read(path)
    except LineupUnreadable as damage:
        previous = _read_or_none(_previous(path))
        if previous is None:
            raise
        troubled(f"{damage} Until then the line-up before it is on the air.")
        return previous
    return lineup if lineup is not None else _read_or_none(_previous(path))


def _read(path: Path) -> LineupPublished | None:
    try:
        return _decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise LineupUnreadable(
            f"The saved line-up {path} cannot be read ({fault}). Start the site: it "
            "sends a fresh one as soon as it is connected."
        ) from fault


def _read_or_none(path: Path) -> LineupPublished | None:
    try:
        return _read(path)
    except LineupUnreadable:
        return None


def _previous(path: Path) -> Path:
    return path.with_name(f"{path.name}.previous")
