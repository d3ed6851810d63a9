"""The computer under it all: disk, clock and codec."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from groundwave.project.doctor.called import called
from groundwave.project.doctor.finding import Finding, good, note, wrong


# Two AAC renditions of 128 and 48 kbit/s, and what packs them.
TAPE_BYTES_PER_HOUR = 82_000_000
LEAST_FREE_BYTES = 500_000_000
CODEC_SECONDS = 30
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
CLOCKS_APART = timedelta(seconds=5)


def disk(data: Path, *, stations: int, free: int | None = None) -> Finding:
    """Look whether the tape of so many *stations* has room; *free* is in bytes."""
    if free is None:
        if not data.exists():
            return note(
                f"There is no data folder {data} yet.",
                f"Start {called()} up, which makes it; or set GROUNDWAVE_DATA to the"
                " folder that the running Groundwave uses.",
            )
        free = shutil.disk_usage(data).free
    hours = free / (TAPE_BYTES_PER_HOUR * max(1, stations))
    room = f"{free / 1e9:.1f} GB are free on the disk of {data}"
    if free < LEAST_FREE_BYTES or hours < 12:
        return wrong(
            f"Only {room}: room for {hours:.0f} hours of tape.",
            "Free some space, move GROUNDWAVE_DATA to a larger disk, or keep fewer hours"
            " of tape in the station's settings. Listeners go on hearing when it is full,"
            " but nothing is recorded.",
        )
    if hours < 14 * 24:
        return good(f"{room}, which is about {hours / 24:.0f} days of tape.")
    return good(f"{room}.")


def clock(now: datetime, *, transmitter_now: datetime | None) -> Finding:
    """Look whether the clock can be right, and is one with the transmitter's."""
    said = f"{now:%d %B %Y %H:%M} UTC"
    put_right = "Let the system set its clock from the network (NTP); on Debian run:"
    if now < EARLIEST:
        return wrong(
            f"The clock says {said}, which is past.",
            f"{put_right} timedatectl set-ntp on",
        )
    if transmitter_now and abs(now - transmitter_now) > CLOCKS_APART:
        return wrong(
            f"The clock says {said}, but the transmitter counts"
            f" {transmitter_now:%d %B %Y %H:%M:%S} UTC.",
            "Somebody set the clock by hand or it runs badly; the transmitter follows in"
            f" a moment. {put_right} timedatectl set-ntp on",
        )
    return good(f"The clock says {said}.")


def codec() -> Finding:
    """Encode a second of tone in a child process, as the transmitter does."""
    command = [sys.executable, "-m", "groundwave.project.doctor.tone"]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=CODEC_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return wrong(
            f"The codec took more than {CODEC_SECONDS} seconds for a second of sound.",
            "The machine is far too busy; look with top for what keeps it so.",
        )
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2] or f"status {done.returncode}"
        return wrong(
            f"The codec does not work: {said}.",
            "Install Groundwave's packages again: remove the folder .venv and run make"
            " run.",
        )
    return good("The codec works: MP3 and AAC are encoded in a process of their own.")
