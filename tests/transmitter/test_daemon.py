from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from equipment.callers import Dial, until, written
from equipment.transmitters import free_port_pair, kgnd_without_standby, lineup_of
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.lineup import load_lineup, save_lineup
from groundwave.patchbay.messages import ListeningSession
from groundwave.transmitter import daemon
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.ledger import Ledger


KGND = kgnd_without_standby()


@pytest.fixture
def place(tmp_path: Path) -> Environment:
    return Environment(
        data=tmp_path, bind="127.0.0.1", site_port=8080, air_port=free_port_pair()
    )


def without_standby(place: Environment) -> Transmitter:
    """A transmitter in which nobody waits for a standby loop to be made."""
    house = Transmitter(place)
    house.stations.built_in = place.data / "no-standby.mp3"
    return house


@pytest.fixture
def hung_disk(empty_house: Transmitter) -> Iterator[Path]:
    """Where the line-up is kept; whoever reads it waits for ``release``."""
    path = empty_house._environment.lineup_file
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    yield path
    if path.is_fifo():  # the test has failed; nobody need wait any longer
        release(path)


def release(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))


# --- the line-up on disk -----------------------------------------------------------


async def test_a_disk_that_hangs_holds_up_no_line_up_and_keeps_the_newest(
    empty_house: Transmitter, hung_disk: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(daemon, "SAVING_SECONDS", 0.1)
    revoked = kgnd_without_standby(keys=())
    for edition, station in ((1, KGND), (2, KGND), (3, revoked)):
        async with asyncio.timeout(5):
            await empty_house.take_lineup(lineup_of(station, edition=edition))
        assert empty_house.edition == edition
    assert empty_house.stations["kgnd"].line.keys == ()

    release(hung_disk)
    await until(lambda: not hung_disk.is_fifo() and saved_edition(hung_disk) == 3)


def saved_edition(path: Path) -> int:
    lineup = load_lineup(path)
    return lineup.edition if lineup else 0


async def test_a_damaged_line_up_is_said_and_the_one_before_it_is_on_the_air(
    place: Environment,
):
    for edition in (1, 2):
        save_lineup(place.lineup_file, lineup_of(KGND, edition=edition))
    place.lineup_file.write_bytes(b'{"edition":')

    house = without_standby(place)
    with capture_logs() as logs:
        await house.open()
    assert house.edition == 1
    (said,) = [log for log in logs if log["event"] == "lineup_damaged"]
    assert said["log_level"] == "warning"
    assert "the line-up before it is on the air" in said["reason"]
    await house.close()


# --- the end -------------------------------------------------------------------------


async def test_whoever_listens_when_it_is_stopped_has_a_record(
    place: Environment, dial: Dial
):
    house = without_standby(place)
    house.ledger._in_memory = 1
    await house.open()
    await house.take_lineup(lineup_of(KGND))
    for _ in range(3):
        caller = await dial(house.port, written("GET /kgnd.mp3 HTTP/1.0"))
        await caller.hear_head()
    await house.close()

    batch = Ledger(place.data / "transmitter" / "ledger").next_batch()
    assert batch
    assert len(batch.sessions) == 3
    assert house.ledger.lost == 0


async def test_sessions_that_cannot_be_written_are_said_once_and_when_it_is_over(
    place: Environment,
):
    """However many wait meanwhile: the words count them, and change."""
    in_the_way = place.data / "transmitter" / "ledger"
    in_the_way.parent.mkdir()
    in_the_way.write_text("in the way")
    house = without_standby(place)
    with capture_logs() as logs:
        await house.open()
        await until(lambda: "make it writable" in house.status().trouble)
        house.ledger.record(session())
        await until(lambda: "1 wait in memory" in house.status().trouble)
        in_the_way.unlink()
        await until(lambda: house.status().trouble == "")
        await house.close()

    said = [each["reason"] for each in logs if each["event"] == "sessions_not_written"]
    assert len(said) == 2
    assert "make it writable" in said[0]
    assert said[1] == "It is over."


def session() -> ListeningSession:
    at = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
    return ListeningSession(
        id="run-1",
        station="kgnd",
        mount="/kgnd.mp3",
        started_at=at,
        ended_at=at,
        bytes_sent=1,
    )
