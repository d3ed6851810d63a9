from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from equipment.callers import Caller, Dial, written
from equipment.transmitters import kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import (
    Announced,
    FromTransmitter,
    OnAirChanged,
    Role,
    TitleChanged,
)
from groundwave.transmitter.daemon import Transmitter
from groundwave.wire.sse import EventStreamReader, ServerSentEvent


NOON = datetime(2026, 10, 11, 12, tzinfo=UTC)
AHEAD = NOON + timedelta(seconds=6, milliseconds=250)


async def told(caller: Caller, count: int) -> list[ServerSentEvent]:
    reader, events = EventStreamReader(), []
    while len(events) < count:
        events += reader.receive_data(await caller.hear_bytes(1))
    return events


async def open_page(house: Transmitter, dial: Dial) -> Caller:
    """A page that has been told of the present: who is on air and the title."""
    page = await dial(house.port, written("GET /events?station=kgnd"))
    await page.hear_head()
    assert [event.event for event in await told(page, 2)] == ["on_air", "now_playing"]
    return page


@pytest.mark.parametrize(
    ("message", "event", "data"),
    [
        (
            TitleChanged(at=AHEAD, station="kgnd", title="Vatn"),
            "now_playing",
            {"station": "kgnd", "at": "2026-10-11T12:00:06.250Z", "title": "Vatn"},
        ),
        (
            OnAirChanged(
                at=NOON, station="kgnd", role=Role.MAIN, reason="", heard_at=AHEAD
            ),
            "on_air",
            {"station": "kgnd", "at": "2026-10-11T12:00:06.250Z", "role": "main"},
        ),
        (
            OnAirChanged(at=NOON, station="kgnd", role=None, reason=""),
            "on_air",
            {"station": "kgnd", "at": "2026-10-11T12:00:00.000Z", "role": None},
        ),
    ],
)
async def test_pages_are_told_when_it_is_heard(
    house: Transmitter,
    dial: Dial,
    message: FromTransmitter,
    event: str,
    data: dict[str, str | None],
):
    """As the tape and its playlists date it, to the letter."""
    page = await open_page(house, dial)
    house.tell(message)
    (heard,) = await told(page, 1)

    assert heard.event == event
    assert json.loads(heard.data) == data


async def test_a_page_that_opens_is_told_what_time_it_is(
    house: Transmitter, dial: Dial
):
    page = await dial(house.port, written("GET /events?station=kgnd"))
    await page.hear_head()

    on_air, _ = await told(page, 2)

    now = datetime.fromisoformat(json.loads(on_air.data)["now"])
    assert abs(house.clock.now() - now) < timedelta(seconds=10)


async def test_the_schedule_reaches_open_pages_and_the_newest_every_page_that_opens(
    house: Transmitter, dial: Dial
):
    page = await open_page(house, dial)
    for guide in ("the first", "the second"):
        house.announce(Announced(event="schedule", data=guide, station="kgnd"))
    house.announce(Announced(event="schedule", data="another's", station="kxyz"))
    house.announce(Announced(event="chime", data="{}"))
    # Both in one moment: the first holds no longer when the page's turn comes.
    newest, chime = await told(page, 2)
    assert [newest.event, chime.event] == ["schedule", "chime"]
    assert newest.data == "the second"

    later = await open_page(house, dial)
    house.announce(Announced(event="chime", data="last"))
    (guide, last) = await told(later, 2)
    assert (guide.event, guide.data) == ("schedule", "the second")
    assert last.data == "last"


async def test_a_page_that_comes_back_is_told_the_schedule_it_missed_once(
    house: Transmitter, dial: Dial
):
    page = await open_page(house, dial)
    house.announce(Announced(event="story", data="{}", station="kgnd"))
    (story,) = await told(page, 1)
    house.announce(Announced(event="schedule", data="missed", station="kgnd"))

    asked = written("GET /events?station=kgnd", f"Last-Event-ID: {story.id}")
    back = await dial(house.port, asked)
    await back.hear_head()
    house.announce(Announced(event="story", data="last", station="kgnd"))
    assert [event.data for event in await told(back, 2)] == ["missed", "last"]


async def test_what_was_said_of_a_station_goes_with_it(house: Transmitter, dial: Dial):
    house.announce(Announced(event="schedule", data="old", station="kgnd"))
    await house.take_lineup(lineup_of(edition=2))
    await house.take_lineup(lineup_of(kgnd_without_standby(), edition=3))

    page = await open_page(house, dial)
    house.announce(Announced(event="story", data="first"))
    assert [event.data for event in await told(page, 1)] == ["first"]
