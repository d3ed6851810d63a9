from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from groundwave.patchbay import unix
from groundwave.patchbay.messages import (
    ListeningSession,
    Role,
    SessionsEnded,
    SessionsKept,
)
from groundwave.project.bench.crowd import Tally
from groundwave.project.bench.desk import take_sessions
from groundwave.project.bench.ours import Plant, lineup_with


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
SESSION = ListeningSession(
    id="1",
    station="bench",
    mount="/bench.mp3",
    started_at=NOW,
    ended_at=NOW,
    bytes_sent=1,
)


async def test_the_desk_keeps_every_batch_so_that_none_pile_up(tmp_path):
    lineup = lineup_with({Role.MAIN: "key"}, window_seconds=60.0)
    heard, done = [], asyncio.Event()

    async def transmit(line):
        heard.append(await line.receive())
        for batch in (2, 5):
            await line.send(SessionsEnded(batch=batch, sessions=(SESSION,) * 2))
            heard.append(await line.receive())
        done.set()

    class Place:
        patchbay_socket = tmp_path / "patchbay.sock"

    server = await unix.serve(Place.patchbay_socket, transmit)
    tally = Tally()
    desk = asyncio.create_task(take_sessions(Plant(None, {}, lineup, Place), tally))
    await done.wait()
    desk.cancel()
    await asyncio.gather(desk, return_exceptions=True)
    await server.close()

    assert heard == [lineup, SessionsKept(batch=2), SessionsKept(batch=5)]
    assert tally.sessions == 4


def test_the_line_up_has_a_key_for_each_role_and_passes_mp3_through():
    lineup = lineup_with({Role.MAIN: "a", Role.BACKUP: "b"}, window_seconds=60.0)
    (station,) = lineup.stations

    assert [key.role for key in station.keys] == [Role.MAIN, Role.BACKUP]
    assert len({key.digest for key in station.keys}) == 2
    (mount,) = station.mounts
    assert (mount.path, mount.bitrate_kbps, mount.sample_rate) == (
        "/bench.mp3",
        128,
        44100,
    )
