from __future__ import annotations

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

from conftest import NOW
from groundwave.patchbay.messages import Role, SourceStatus, StationStatus, Status
from groundwave.stations.board import boards
from groundwave.stations.live import live
from groundwave.stations.models import Station
from groundwave.stations.watch import Word


DENVER = ZoneInfo("America/Denver")
KGND = [Station(slug="kgnd")]


def told(word):
    said = live(boards(KGND, word.status), word, zone=DENVER, newest="x")
    return json.loads(json.dumps(said))


def heard(*sources, **facts):
    station = {"slug": "kgnd", "held": None, "title": "", "listeners": 3, **facts}
    return Word(
        Status(
            at=NOW,
            started_at=NOW,
            version="1",
            edition=1,
            stations=(StationStatus(on_air=Role.MAIN, sources=sources, **station),),
            attempts=(),
        )
    )


def test_it_says_all_that_may_have_changed():
    main = SourceStatus(
        role=Role.MAIN,
        connected=True,
        on_air=True,
        person="Odetta",
        since=NOW,
        level_dbfs=-30.0,
        peak_dbfs=-6.0,
        trouble="",
    )
    said = told(heard(main, title="Café"))

    assert (said["at"], said["trouble"]) == ("11:30:00", "")
    station = said["stations"]["kgnd"]
    assert station["lamp"] == "live"
    assert station["facts"]["title"] == "Café"
    assert station["facts"]["listeners"] == "3 listeners"
    source = station["sources"]["main"]
    assert source["facts"]["state"] == "On air"
    assert source["facts"]["since"] == "Sun 11:30:00"
    assert source["meter"] == {
        "now": "-30",
        "words": "\u221230 dBFS, peak \u22126",
        "level": 50.0,
        "peak": 90.0,
    }
    assert source["may"] == {"hold": False, "kick": True}


def test_of_a_transmitter_that_is_away_it_says_since_when_and_claims_nothing():
    silent_since = NOW - timedelta(seconds=65)
    said = told(Word(None, "Start it.", silent_since))

    assert said["at"] == ""
    assert said["trouble"].startswith(
        "The transmitter has not answered since 11:28:55. Start it."
    )
    station = said["stations"]["kgnd"]
    assert station["lamp"] == "unknown"
    assert {row["facts"]["state"] for row in station["sources"].values()} == {
        "Not known"
    }
    assert all(row["meter"]["level"] == 0 for row in station["sources"].values())


def test_of_a_transmitter_that_is_just_being_asked_no_absence_is_told():
    said = told(Word(None, "The transmitter is being asked.", NOW, is_awaited=True))

    assert said["trouble"] == "The transmitter is being asked."
