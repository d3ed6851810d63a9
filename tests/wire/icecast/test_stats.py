from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import UsageError
from groundwave.wire.icecast.stats import (
    ListenerStats,
    MountStats,
    ServerStats,
    listclients_xml,
    listmounts_xml,
    seven_xsl,
    stats_xml,
    status_json,
    streamlist_txt,
)


ICECAST = Path(__file__).parents[2] / "vectors" / "icecast" / "icecast-2.4.4"
# An hour off UTC, so that a forgotten conversion shows.
STARTED = datetime(2026, 11, 22, 9, 24, 18, tzinfo=timezone(timedelta(hours=1)))

ONE = MountStats(
    path="/one",
    listenurl="http://localhost:8000/one",
    content_type="audio/mpeg",
    stream_started_at=STARTED + timedelta(seconds=4),
    name="One & <b>",
    description="a demo",
    genre="News",
    url="http://example.org",
    public=True,
    bitrate_kbps=64,
    sample_rate=44100,
    channels=2,
    title="Hello",
    source_ip="127.0.0.1",
    user_agent="Liquidsoap/2.1.3 (Unix; OCaml 4.13.1)",
)
ONE_HEARD = replace(
    ONE, listeners=1, listener_peak=1, total_bytes_read=35987, total_bytes_sent=35383
)
TWO = MountStats(
    path="/two",
    listenurl="http://localhost:8000/two",
    content_type="audio/mpeg",
    stream_started_at=STARTED + timedelta(seconds=6),
    source_ip="127.0.0.1",
    user_agent="Lavf/59.27.100",
)
SERVER = ServerStats(
    host="localhost",
    server_id="Icecast 2.4.4",
    started_at=STARTED,
    location="Reykjavik",
)


def recorded(name):
    return (ICECAST / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "mounts"),
    [
        ("status-none.json", ()),
        ("status-one.json", (ONE,)),
        ("status-two.json", (ONE_HEARD, TWO)),
    ],
)
def test_status_json_is_icecast_s_to_the_byte(name, mounts):
    assert status_json(replace(SERVER, mounts=mounts)) == recorded(name)


def test_stats_xml_is_icecast_s_to_the_byte():
    counters = {
        name: int(re.search(rf"<{name}>(\d+)<", recorded("stats.xml").decode())[1])
        for name in (
            "clients",
            "client_connections",
            "connections",
            "listener_connections",
            "source_client_connections",
        )
    }
    server = replace(SERVER, mounts=(ONE_HEARD, TWO), **counters)

    assert stats_xml(server) == recorded("stats.xml")


def test_listmounts_is_icecast_s_to_the_byte():
    now = STARTED + timedelta(seconds=10.9)

    assert listmounts_xml([ONE_HEARD, TWO], now) == recorded("listmounts.xml")


def test_listclients_is_icecast_s_to_the_byte():
    listener = ListenerStats(17, "127.0.0.1", "Test/1", STARTED)

    assert listclients_xml(
        "/one", iter([listener]), STARTED + timedelta(seconds=3)
    ) == recorded("listclients.xml")


def test_streamlist_is_icecast_s_to_the_byte():
    assert streamlist_txt([ONE, TWO]) == recorded("streamlist.txt")


@pytest.mark.parametrize(
    "title", ["-", "1999", "311", "null", "true", '"', "\\", "é\x00\n"]
)
def test_a_title_is_always_a_string(title):
    stats = json.loads(
        status_json(replace(SERVER, mounts=(replace(ONE, title=title),)))
    )

    assert stats["icestats"]["source"]["title"] == title.rstrip("\x00\n")


def test_nobody_s_address_is_given_away():
    assert "@" not in status_json(SERVER).decode()


@given(st.text(), st.text(), st.text())
def test_whatever_a_source_says_the_pages_stay_readable(name, title, agent):
    mount = replace(ONE, path=f"/{name}", name=name, title=title, user_agent=agent)
    server = replace(SERVER, mounts=(mount,))
    listener = ListenerStats(1, "::1", agent, STARTED)

    json.loads(status_json(server))
    for written in (
        stats_xml(server),
        listmounts_xml([mount], STARTED),
        listclients_xml(mount.path, [listener], STARTED),
    ):
        ET.fromstring(written)
    assert streamlist_txt([mount]).count(b"\n") == 1
    # BUTT reads the number after the first ">" of a page with six commas.
    seven = seven_xsl(mount).decode()
    assert seven.count(",") == 6
    assert "<" not in seven.partition(">")[2]


def test_seven_xsl_counts():
    mount = replace(ONE_HEARD, listener_peak=9, max_listeners=500, title="A, B & <C>")

    assert seven_xsl(mount) == (
        b"<!DOCTYPE html>\n1,1,9,500,1,64,A&#44; B &amp; &lt;C&gt;\n"
    )
    assert seven_xsl(TWO) == b"<!DOCTYPE html>\n0,1,0,unlimited,0,,\n"
    assert seven_xsl(None) == b"<!DOCTYPE html>\n0,0,0,unlimited,0,,\n"


def test_a_limit_of_listeners_is_told():
    assert b"<max_listeners>500<" in stats_xml(
        replace(SERVER, mounts=(replace(ONE, max_listeners=500),))
    )


def test_a_clock_that_was_set_back_does_not_make_a_negative_time():
    listener = ListenerStats(1, "::1", "x", STARTED)

    assert b"<Connected>0<" in listclients_xml(
        "/one", [listener], STARTED - timedelta(hours=1)
    )


def test_an_instant_needs_a_time_zone():
    with pytest.raises(UsageError):
        status_json(replace(SERVER, started_at=datetime(2026, 11, 22)))  # noqa: DTZ001


def test_instants_are_told_in_utc():
    stats = json.loads(status_json(replace(SERVER, started_at=STARTED.astimezone(UTC))))

    assert stats["icestats"]["server_start"] == "Sun, 22 Nov 2026 08:24:18 +0000"
    assert stats["icestats"]["server_start_iso8601"] == "2026-11-22T08:24:18+0000"
