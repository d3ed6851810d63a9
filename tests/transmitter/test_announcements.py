from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from equipment.callers import Caller, Dial, written
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


async def test_the_schedule_s_changes_reach_open_pages_and_no_page_that_opens_later(
    house: Transmitter, dial: Dial
):
    """A page that opens asks for the schedule itself."""
    page = await open_page(house, dial)
    changed = '{"station": "kgnd"}'
    house.announce(Announced(event="schedule", data=changed, station="kgnd"))
    house.announce(Announced(event="schedule", data="{}", station="kxyz"))
    house.announce(Announced(event="story", data="{}"))
    schedule, story = await told(page, 2)

    assert (schedule.event, schedule.data) == ("schedule", changed)
    assert story.event == "story"
    await open_page(house, dial)
