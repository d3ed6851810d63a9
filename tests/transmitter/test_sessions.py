"""Listeners who fetch: one session per player, and an end when the fetching ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundwave.patchbay.messages import AddressPrivacy, ListeningSession
from groundwave.transmitter import sessions as sessions_module
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.ledger import Ledger
from groundwave.transmitter.sessions import FETCHING_SECONDS, SEGMENT, Sessions
from groundwave.wire.http.head import RequestHead
from groundwave.wire.http.headers import Headers


class SetClock(Clock):
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1000.0

    def air(self) -> float:
        return self.at

    def unix(self) -> float:
        return self.unix_at(self.at)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path)
    yield ledger
    ledger.close()


@pytest.fixture
def sessions(ledger: Ledger, clock: SetClock) -> Sessions:
    return Sessions(ledger, clock=clock, privacy=lambda: AddressPrivacy.FULL)


def fetch(sessions: Sessions, *, agent: str, address: str = "192.0.2.7") -> None:
    headers = Headers([("User-Agent", agent)])
    head = RequestHead("GET", b"/kgnd/high/7-1.m4s", "HTTP/1.1", headers)
    sessions.fetched("kgnd", "/kgnd/high", head, address=address, sent=100)


def recorded(ledger: Ledger) -> list[ListeningSession]:
    batch = ledger.next_batch(100)
    return list(batch.sessions) if batch else []


def test_whoever_goes_on_fetching_is_one_session(
    sessions: Sessions, ledger: Ledger, clock: SetClock
):
    began = clock.now()
    for _ in range(4):
        fetch(sessions, agent="a player")
        clock.at += FETCHING_SECONDS - 1
        sessions.sweep()
    assert sessions.fetching("kgnd") == 1
    assert recorded(ledger) == []

    ended = clock.now()
    clock.at += FETCHING_SECONDS
    sessions.sweep()
    (session,) = recorded(ledger)
    assert sessions.fetching("kgnd") == 0
    assert (session.started_at, session.bytes_sent) == (began, 400)
    assert began < session.ended_at < ended + SEGMENT


def test_two_players_at_one_address_are_two_sessions(sessions: Sessions):
    fetch(sessions, agent="a player")
    fetch(sessions, agent="another")
    assert sessions.fetching("kgnd") == 2


def test_made_up_names_do_not_fill_the_memory(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sessions_module, "MAX_TOLD_APART", 10)
    for number in range(1000):
        fetch(sessions, agent=f"player {number}")
    assert sessions.fetching("kgnd") == 11
    fetch(sessions, agent="player 3")
    assert sessions.fetching("kgnd") == 11


def test_who_fetches_now_is_counted_by_when_they_came(
    sessions: Sessions, clock: SetClock
) -> None:
    for agent in ("one", "two"):
        fetch(sessions, agent=agent)
    clock.at += 600
    fetch(sessions, agent="three")

    came = sorted(sessions.came(iter(()), step=300), key=lambda each: each.by)
    assert [(each.station, each.listeners) for each in came] == [
        ("kgnd", 2),
        ("kgnd", 1),
    ]
    assert (came[1].by - came[0].by).total_seconds() == 600
    assert came[0].by.timestamp() % 300 == 0
    assert 0 <= came[0].by.timestamp() - clock.unix_at(1000.0) < 300
