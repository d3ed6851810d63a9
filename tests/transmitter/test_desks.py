from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from equipment.callers import Dial, ask, until, written
from equipment.transmitters import kgnd_without_standby, lineup_of
from groundwave.patchbay import unix
from groundwave.patchbay.line import SITE, WORKER, SiteLine
from groundwave.patchbay.lineup import load_lineup
from groundwave.patchbay.memory import pair
from groundwave.patchbay.messages import (
    Announced,
    Attempt,
    FromTransmitter,
    HeardTitle,
    LineupTaken,
    ListeningSession,
    OnAirChanged,
    Refused,
    Role,
    SessionsEnded,
    SessionsKept,
    SourceAttempted,
    SourceConnected,
    SourceDisconnected,
    SourceHeld,
    SourceKicked,
    Status,
    StatusAsked,
    Titles,
    TitlesAsked,
)
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.desks import WAITING_MESSAGES
from groundwave.transmitter.recent import KEPT
from transmitter.tape.conftest import Sound


Wanted = TypeVar("Wanted", bound=FromTransmitter)

AT = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
KGND = kgnd_without_standby()


@pytest.fixture
async def open_line(
    empty_house: Transmitter,
) -> AsyncIterator[Callable[..., SiteLine]]:
    """Open a line to the transmitter; its end is closed when the test is over."""
    opened: list[tuple[SiteLine, asyncio.Task[None]]] = []

    def open_line(name: str = SITE) -> SiteLine:
        ours, theirs = pair(name=name)
        task = asyncio.ensure_future(empty_house.desks.attend(theirs))
        opened.append((ours, task))
        return ours

    yield open_line
    for line, task in opened:
        line.close()
        await asyncio.wait_for(task, 5)


@pytest.fixture
async def desk(open_line: Callable[..., SiteLine]) -> SiteLine:
    """The site's desk, whose line-up is in force."""
    line = open_line()
    await line.send(lineup_of(KGND))
    assert await hear(line) == LineupTaken(edition=1)
    return line


async def hear(line: SiteLine) -> FromTransmitter:
    return await asyncio.wait_for(line.receive(), 5)


async def hear_until(line: SiteLine, kind: type[Wanted]) -> Wanted:
    while not isinstance(message := await hear(line), kind):
        pass
    return message


async def hears_nothing(line: SiteLine) -> bool:
    """Whatever was to be said comes before the answer to a question."""
    await line.send(StatusAsked())
    return isinstance(await hear(line), Status)


def session(number: int) -> ListeningSession:
    return ListeningSession(
        id=f"run-{number}",
        station="kgnd",
        mount="/kgnd.mp3",
        started_at=AT,
        ended_at=AT + timedelta(minutes=number),
        bytes_sent=number,
    )


# --- the line-up -----------------------------------------------------------------


async def test_a_line_up_is_put_in_force_kept_on_disk_and_answered(
    empty_house: Transmitter, open_line
):
    line = open_line()
    lineup = lineup_of(KGND, edition=7)
    await line.send(lineup)
    assert await hear(line) == LineupTaken(edition=7)
    assert list(empty_house.stations) == ["kgnd"]
    assert load_lineup(empty_house._environment.lineup_file) == lineup


async def test_the_same_line_up_again_changes_nothing(
    empty_house: Transmitter, desk: SiteLine
):
    station = empty_house.stations["kgnd"]
    await desk.send(lineup_of(KGND))
    assert await hear(desk) == LineupTaken(edition=1)
    assert empty_house.stations["kgnd"] is station


async def test_an_empty_line_up_takes_every_station_off_the_air(
    empty_house: Transmitter, desk: SiteLine
):
    await desk.send(lineup_of(edition=2))
    assert await hear_until(desk, LineupTaken) == LineupTaken(edition=2)
    assert list(empty_house.stations) == []


# --- who is told -----------------------------------------------------------------


async def test_a_desk_is_told_whatever_happens(
    house: Transmitter, desk: SiteLine, connect
):
    caller, _ = await connect()
    attempted = await hear_until(desk, SourceAttempted)
    assert (attempted.station, attempted.attempt.outcome) == ("kgnd", "accepted")
    connected = await hear_until(desk, SourceConnected)
    assert connected.source.role is Role.MAIN
    assert connected.source.person == "main"
    caller.hang_up()
    gone = await hear_until(desk, SourceDisconnected)
    assert gone.role is Role.MAIN
    assert gone.reason.endswith(".")


async def test_a_line_that_only_asks_gets_answers_and_nothing_else(
    house: Transmitter, open_line, connect
):
    line = open_line()
    await connect()
    await line.send(StatusAsked())
    status = await hear(line)
    assert isinstance(status, Status)
    assert [station.slug for station in status.stations] == ["kgnd"]
    assert [source.role for source in status.stations[0].sources] == list(Role)
    assert await hears_nothing(line)


async def test_the_worker_is_told_what_happened_before_it_came(
    house: Transmitter, open_line, connect
):
    """Without a word of its own, and again whenever it comes back."""
    caller, _ = await connect()
    caller.hang_up()
    await until(lambda: not house.stations["kgnd"].sources)

    for _ in range(2):
        worker = open_line(WORKER)
        attempted = await hear(worker)
        assert isinstance(attempted, SourceAttempted)
        assert attempted.attempt.outcome == "accepted"
        assert isinstance(await hear(worker), SourceConnected)
        gone = await hear(worker)
        assert isinstance(gone, SourceDisconnected)
        assert await hears_nothing(worker)
        worker.close()


async def test_the_worker_is_told_what_happens_before_it_says_anything(
    house: Transmitter, open_line, connect
):
    worker = open_line(WORKER)
    await until(lambda: house.desks._desks)
    await connect()
    assert (await hear_until(worker, SourceConnected)).source.role is Role.MAIN


async def test_what_happened_lately_is_a_bounded_list_that_strangers_cannot_fill(
    empty_house: Transmitter, open_line
):
    def attempt(number: int) -> SourceAttempted:
        at = AT + timedelta(seconds=number)
        return SourceAttempted(
            attempt=Attempt(
                at=at, address="192.0.2.7", outcome="wrong_key", sentence=""
            )
        )

    def change(number: int) -> OnAirChanged:
        at = AT + timedelta(seconds=number, milliseconds=500)
        return OnAirChanged(at=at, station="kgnd", role=None, reason=str(number))

    for number in range(2 * KEPT):
        empty_house.desks.tell(attempt(number))
        if number % 100 == 0:
            empty_house.desks.tell(change(number))
    worker = open_line(WORKER)
    told = [await hear(worker) for _ in range(KEPT + 2)]

    assert told == [change(0), attempt(100), change(100)] + [
        attempt(number) for number in range(101, 200)
    ]
    assert await hears_nothing(worker)


async def test_an_announcement_reaches_open_pages(
    house: Transmitter, open_line, dial: Dial
):
    page = await dial(house.port, written("GET /events?station=kgnd"))
    await page.hear_head()
    line = open_line()
    await line.send(Announced(event="story", data='{"slug": "flood"}'))
    expected = b'event: story\ndata: {"slug": "flood"}\n\n'
    received = b""
    while not received.endswith(expected):
        received += await page.hear_bytes(1)


async def test_what_a_slow_desk_has_not_taken_is_dropped_oldest_first(
    empty_house: Transmitter, desk: SiteLine
):
    for number in range(WAITING_MESSAGES + 10):
        reason = str(number)
        empty_house.desks.tell(
            OnAirChanged(at=AT, station="kgnd", role=None, reason=reason)
        )
    reasons = []
    for _ in range(WAITING_MESSAGES):
        message = await hear(desk)
        assert isinstance(message, OnAirChanged)
        reasons.append(int(message.reason))
    assert reasons == list(range(10, WAITING_MESSAGES + 10))
    assert await hears_nothing(desk)


async def test_a_desk_that_vanishes_while_it_is_told_harms_nobody(
    empty_house: Transmitter,
):
    path = empty_house._environment.patchbay_socket
    for _ in range(5):
        line = await unix.connect(path)
        await line.send(lineup_of(KGND))
        assert await hear(line) == LineupTaken(edition=1)
        for _ in range(50):
            await line.send(StatusAsked())
        line.close()
        empty_house.desks.tell(
            OnAirChanged(at=AT, station="kgnd", role=None, reason="Nobody hears it.")
        )
    await until(lambda: not empty_house.desks._desks)
    gc.collect()  # a task that failed unseen complains when it is collected
    assert (await ask(empty_house.port, "GET /health")).status == 200


# --- the tape --------------------------------------------------------------------


def titles_asked(**changes) -> TitlesAsked:
    facts = {"station": "kgnd", "since": AT, "until": AT + timedelta(hours=1)}
    return TitlesAsked(**{**facts, **changes})


async def test_what_was_playing_is_told_and_when_the_tape_begins(
    house: Transmitter, open_line
):
    recorder = house.stations["kgnd"].recorder
    begins = AT + timedelta(seconds=30)
    recorder.titles.note("Vatn", at=begins.timestamp())
    for name in recorder.store.renditions:
        recorder.append(name, Sound().frames(2000, begins.timestamp()))
    await until(lambda: recorder.tape_begins_at)
    recorder.titles.note("Stormur", at=AT.timestamp() + 120)  # yet to be recorded
    line = open_line()
    await line.send(StatusAsked())
    (station,) = (await hear_until(line, Status)).stations
    assert station.tape_begins_at == begins

    await line.send(titles_asked())
    heard = await hear_until(line, Titles)
    assert heard == Titles(
        station="kgnd",
        titles=(
            HeardTitle(at=begins, title="Vatn"),
            HeardTitle(at=AT + timedelta(minutes=2), title="Stormur"),
        ),
    )
    await line.send(titles_asked(until=AT + timedelta(minutes=1)))
    assert (await hear_until(line, Titles)).titles == heard.titles[:1]


async def test_where_nothing_was_recorded_nothing_was_playing(
    house: Transmitter, open_line
):
    line = open_line()
    await line.send(titles_asked())
    assert await hear(line) == Titles(station="kgnd", titles=())
    await line.send(StatusAsked())
    assert (await hear_until(line, Status)).stations[0].tape_begins_at is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"station": "kxyz"}, "There is no station kxyz"),
        ({"until": AT}, "ends before it begins"),
        ({"until": AT + timedelta(days=2)}, "24 hours at most"),
    ],
)
async def test_titles_that_cannot_be_told_are_refused_in_words(
    house: Transmitter, open_line, asked, words
):
    line = open_line()
    await line.send(titles_asked(**asked))
    refused = await hear(line)
    assert isinstance(refused, Refused)
    assert words in refused.sentence


# --- by hand ---------------------------------------------------------------------


async def test_a_source_is_ended_by_hand_and_told_by_whom(
    house: Transmitter, desk: SiteLine, connect
):
    caller, _ = await connect()
    await desk.send(SourceKicked(station="kgnd", role=Role.MAIN, by="Ines"))
    gone = await hear_until(desk, SourceDisconnected)
    assert gone.reason == "Ines ended the connection."
    status = await hear_until(desk, Status)
    assert not any(source.connected for source in status.stations[0].sources)
    assert await caller.hear_end() == b""


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            SourceKicked(station="kgnd", role=Role.STUDIO, by="Ines"),
            "No studio source is connected; nothing was ended.",
        ),
        (
            SourceKicked(station="kxyz", role=Role.MAIN, by="Ines"),
            "No main source is connected; nothing was ended.",
        ),
        (
            SourceHeld(station="kxyz", role=Role.MAIN, by="Ines"),
            "There is no station kxyz; reload the page.",
        ),
    ],
)
async def test_what_cannot_be_done_by_hand_is_refused_in_words(
    desk: SiteLine, message: SourceKicked | SourceHeld, words: str
):
    await desk.send(message)
    assert await hear(desk) == Refused(sentence=words)


async def test_a_role_is_held_and_given_back_by_hand(desk: SiteLine):
    for role in (Role.BACKUP, None):
        await desk.send(SourceHeld(station="kgnd", role=role, by="Ines"))
        status = await hear_until(desk, Status)
        assert status.stations[0].held is role


# --- listening sessions ----------------------------------------------------------


async def test_sessions_are_offered_until_they_are_kept(
    empty_house: Transmitter, desk: SiteLine
):
    for number in (1, 2):
        empty_house.ledger.record(session(number))
    await empty_house.desks.offer_sessions()
    first = await hear_until(desk, SessionsEnded)
    assert first.sessions == (session(1), session(2))

    empty_house.ledger.record(session(3))
    await empty_house.desks.offer_sessions()
    again = await hear_until(desk, SessionsEnded)
    assert again == first  # the site may have missed it

    await desk.send(SessionsKept(batch=again.batch))
    while (rest := await hear_until(desk, SessionsEnded)) == first:
        pass  # it was on its way already
    assert rest.sessions == (session(3),)
    await desk.send(SessionsKept(batch=rest.batch))
    await until(lambda: not empty_house.ledger.waiting)
    await empty_house.desks.offer_sessions()
    assert await hears_nothing(desk)


async def test_sessions_wait_for_a_site_that_is_away(
    empty_house: Transmitter, open_line
):
    empty_house.ledger.record(session(1))
    asking = open_line()
    await empty_house.desks.offer_sessions()
    assert await hears_nothing(asking)
    desk = open_line()
    await desk.send(lineup_of(KGND))
    offered = await hear_until(desk, SessionsEnded)
    assert offered.sessions == (session(1),)


async def test_a_batch_nobody_was_given_is_not_forgotten(
    empty_house: Transmitter, desk: SiteLine
):
    empty_house.ledger.record(session(1))
    await desk.send(SessionsKept(batch=99))
    offered = await hear_until(desk, SessionsEnded)
    assert offered.sessions == (session(1),)
