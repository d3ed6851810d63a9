from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from prometheus_client.parser import text_string_to_metric_families

from equipment.callers import Caller, Dial, ask, basic, until, written
from equipment.transmitters import ADMIN_PASSWORD, kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import Codec, LineupPublished, MountLine, Role
from groundwave.transmitter.daemon import Transmitter


VECTORS = Path(__file__).parents[1] / "vectors" / "icecast" / "icecast-2.4.4"
ADMIN = basic("admin", ADMIN_PASSWORD)
ONE_MOUNT = (MountLine(path="/kgnd.mp3", codec=Codec.MP3),)


async def go_on_air(house: Transmitter, connect, title: str = "") -> None:
    _, source = await connect()
    house.stations["kgnd"].on_air = Role.MAIN
    house.stations["kgnd"].entitle(source, title)


async def tune_in(house: Transmitter, dial: Dial, path: str, agent: str) -> Caller:
    request = written(f"GET {path} HTTP/1.0", f"User-Agent: {agent}")
    caller = await dial(house.port, request)
    await caller.hear_head()
    return caller


async def administer(house: Transmitter, path: str) -> ElementTree.Element:
    answer = await ask(house.port, f"GET /admin/{path}", ADMIN)
    assert answer.status == 200
    assert answer.header("content-type").startswith("text/xml")
    return ElementTree.fromstring(answer.text)


def recorded(name: str) -> dict[str, Any]:
    return dict(json.loads((VECTORS / name).read_bytes())["icestats"])


async def status_json(house: Transmitter) -> dict[str, Any]:
    answer = await ask(house.port, "GET /status-json.xsl", "Host: radio.example:8000")
    assert answer.header("content-type") == "application/json"
    assert answer.header("access-control-allow-origin") == "*"
    return dict(json.loads(answer.body)["icestats"])


# --- as Icecast's clients know it --------------------------------------------------


async def test_with_nobody_on_air_there_is_no_source_at_all(house: Transmitter):
    assert set(await status_json(house)) == set(recorded("status-none.json"))


async def test_one_mount_is_an_object_as_icecast_has_it(house: Transmitter, connect):
    line = kgnd_without_standby(mounts=ONE_MOUNT, genre="News", description="Local")
    await house.take_lineup(lineup_of(line, edition=2))
    await go_on_air(house, connect, title="1999")
    stats, icecast = await status_json(house), recorded("status-one.json")
    source = stats["source"]
    assert isinstance(source, dict)
    assert set(stats) == set(icecast)
    assert set(source) | {"server_url"} == set(icecast["source"])
    kinds = {key: type(value) for key, value in source.items()}
    assert kinds == {key: type(icecast["source"][key]) for key in kinds}
    assert source["title"] == "1999"
    assert source["listenurl"] == "http://radio.example:8000/kgnd"


async def test_two_mounts_are_a_list(house: Transmitter, connect, dial: Dial):
    await go_on_air(house, connect)
    await tune_in(house, dial, "/kgnd.aac", "mpg123")
    sources = (await status_json(house))["source"]
    assert [source["listenurl"] for source in sources] == [
        "http://radio.example:8000/kgnd",
        "http://radio.example:8000/kgnd.aac",
    ]
    assert [source["listeners"] for source in sources] == [0, 1]
    assert [source["server_type"] for source in sources] == ["audio/mpeg", "audio/aac"]


@pytest.mark.parametrize("title", ["-", "\u2028", '"', "</script>", "Þ", "a" * 9000])
async def test_the_json_is_valid_whatever_is_playing(
    house: Transmitter, connect, title: str
):
    await go_on_air(house, connect, title=title)
    for source in (await status_json(house))["source"]:
        assert isinstance(source.get("title", ""), str)


@pytest.mark.parametrize(
    "host",
    ["", "Host:", 'Host: ";<&\\', "Host: :", "Host: [::1]", "Host: [", "Host: a:b"],
)
async def test_a_host_header_cannot_break_the_json(
    house: Transmitter, connect, host: str
):
    await go_on_air(house, connect)
    answer = await ask(house.port, "GET /status-json.xsl", *filter(None, [host]))
    assert json.loads(answer.body)["icestats"]["source"]


async def test_butts_listener_count_is_there_without_json(
    house: Transmitter, connect, dial: Dial
):
    await tune_in(house, dial, "/kgnd.mp3", "mpg123")
    await go_on_air(house, connect, title="Odetta, at noon")
    for path in ("/7.xsl", "/7.xsl?mount=/kgnd.mp3", "/7.html"):
        text = (await ask(house.port, f"GET {path}")).text
        line = text.splitlines()[-1]
        assert line.count(",") == 6
        assert line.startswith("1,1,1,")
    empty = (await ask(house.port, "GET /7.xsl?mount=/kgnd.aac")).text
    assert empty.splitlines()[-1].startswith("0,1,0,")


# --- for engineers ------------------------------------------------------------------

PAGES = [
    "stats",
    "stats.xml",
    "listmounts",
    "listclients?mount=/kgnd.mp3",
    "killclient?mount=/kgnd.mp3&id=1",
    "killsource?mount=/kgnd",
]


@pytest.mark.parametrize("page", PAGES)
async def test_the_engineers_pages_open_to_the_password_alone(
    house: Transmitter, page: str
):
    for headers in ((), (basic("admin", "wrong"),), (basic("admin", ""),)):
        answer = await ask(house.port, f"GET /admin/{page}", *headers)
        assert answer.status == 401
        assert "statistics password" in answer.text
    assert (await ask(house.port, f"GET /admin/{page}", ADMIN)).status == 200


@pytest.mark.parametrize("page", PAGES)
async def test_without_a_password_set_the_engineers_pages_are_closed(
    house: Transmitter, page: str
):
    await house.take_lineup(
        LineupPublished(edition=2, stations=(kgnd_without_standby(),))
    )
    for headers in ((), (basic("admin", ""),), (ADMIN,)):
        answer = await ask(house.port, f"GET /admin/{page}", *headers)
        assert answer.status == 403
        assert "set a statistics password" in answer.text


async def test_mounts_are_listed_as_icecast_lists_them(house: Transmitter, connect):
    await go_on_air(house, connect)
    listed = await administer(house, "listmounts")
    icecast = ElementTree.parse(VECTORS / "listmounts.xml").getroot()
    assert [source.get("mount") for source in listed] == ["/kgnd.mp3", "/kgnd.aac"]
    assert [child.tag for child in listed[0]] == [child.tag for child in icecast[0]]


async def test_everything_is_told_in_the_stats(house: Transmitter, connect):
    await go_on_air(house, connect, title="Odetta")
    stats = await administer(house, "stats")
    icecast = ElementTree.parse(VECTORS / "stats.xml").getroot()
    tags = {child.tag for child in stats} | {"location"}  # which nobody has told us
    assert tags == {child.tag for child in icecast}
    assert stats.findtext("sources") == "2"
    assert stats.findtext("source/title") == "Odetta"


async def test_a_listener_is_listed_and_can_be_sent_away(
    house: Transmitter, dial: Dial
):
    kept = await tune_in(house, dial, "/kgnd.mp3", "VLC/3.0")
    await tune_in(house, dial, "/kgnd.aac", "elsewhere")
    unwanted = await tune_in(house, dial, "/kgnd.mp3", "Bad<Robot>")
    listed = await administer(house, "listclients?mount=/kgnd.mp3")
    icecast = ElementTree.parse(VECTORS / "listclients.xml").getroot()
    by_agent = {
        one.findtext("UserAgent"): one for one in listed.findall("source/listener")
    }
    assert by_agent.keys() == {"VLC/3.0", "Bad<Robot>"}
    first, second = by_agent["VLC/3.0"], by_agent["Bad<Robot>"]
    assert [child.tag for child in first] == [
        child.tag for child in icecast.findall("source/listener")[0]
    ]
    assert listed.findtext("source/Listeners") == "2"
    assert first.findtext("IP") == "127.0.0.0"  # what the privacy setting keeps

    number = second.findtext("ID")
    done = await administer(house, f"killclient?mount=/kgnd.mp3&id={number}")
    assert done.findtext("return") == "1"
    assert await unwanted.hear_end() == b""
    assert house.stations["kgnd"].listeners == 2
    again = await administer(house, f"killclient?mount=/kgnd.mp3&id={number}")
    assert again.findtext("return") == "0"
    assert kept


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 4000])
async def test_a_listener_that_is_none_cannot_be_sent_away(
    house: Transmitter, number: str
):
    answer = await ask(
        house.port, f"GET /admin/killclient?mount=/kgnd.mp3&id={number}", ADMIN
    )
    assert answer.status == 200
    assert "<return>0</return>" in answer.text


@pytest.mark.parametrize("page", ["listclients", "killclient"])
async def test_a_mount_that_is_none_is_said_to_be(house: Transmitter, page: str):
    answer = await ask(house.port, f"GET /admin/{page}?mount=/x", ADMIN)
    assert answer.status == 404
    assert "/admin/listmounts" in answer.text


async def test_the_source_on_air_can_be_ended(house: Transmitter, connect):
    nobody = await administer(house, "killsource?mount=/kgnd.mp3")
    assert nobody.findtext("return") == "0"
    caller, _ = await connect()
    house.stations["kgnd"].on_air = Role.MAIN
    done = await administer(house, "killsource?mount=/kgnd.mp3")
    assert (done.findtext("message"), done.findtext("return")) == (
        "Source Removed",
        "1",
    )
    assert await caller.hear_end() == b""


async def test_a_page_that_is_none_is_said_to_be(house: Transmitter):
    answer = await ask(house.port, "GET /admin/reloadconfig", ADMIN)
    assert answer.status == 404
    assert "/admin/reloadconfig" in answer.text


# --- for watchdogs ------------------------------------------------------------------


async def test_health_says_what_is_on_air_and_on_tape(house: Transmitter, connect):
    await go_on_air(house, connect)
    answer = await ask(house.port, "GET /health")
    station = json.loads(answer.body)["stations"]["kgnd"]
    assert station["on_air"] == "main"
    assert station["tape"] == "recording"
    house.stations["kgnd"].recorder.trouble = "The disk is full."
    answer = await ask(house.port, "GET /health")
    assert json.loads(answer.body)["stations"]["kgnd"]["tape"] == "The disk is full."


Numbers = dict[tuple[str, frozenset[str]], float]


async def numbers(house: Transmitter) -> Numbers:
    """Every sample, by its name and its labels' values."""
    answer = await ask(house.port, "GET /metrics")
    return {
        (sample.name, frozenset(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_metrics_are_what_prometheus_reads(
    house: Transmitter, connect, dial: Dial
):
    await tune_in(house, dial, "/kgnd.mp3", "mpg123")
    page = await dial(house.port, written("GET /events"))
    await page.hear_head()
    await go_on_air(house, connect)
    read = await numbers(house)

    def number(name: str, *labels: str) -> float:
        return read[f"groundwave_{name}", frozenset(labels)]

    assert number("listeners", "kgnd", "/kgnd.mp3") == 1
    assert number("listeners", "kgnd", "/kgnd.aac") == 0
    assert number("sent_bytes_total", "kgnd", "/kgnd.mp3") > 0
    assert number("on_air", "kgnd", "main") == 1
    assert number("on_air", "kgnd", "backup") == 0
    assert number("tape_recording", "kgnd") == 1
    assert number("open_pages") == 1
    assert number("connections_total") >= 4


async def test_counters_only_grow(house: Transmitter, dial: Dial):
    before = await numbers(house)
    await tune_in(house, dial, "/kgnd.mp3", "mpg123")
    (await dial(house.port, b"\0\0\0\0")).hang_up()
    await until(lambda: house.door.accepted >= 3)
    after = await numbers(house)
    counters = [name for name in before if name[0].endswith("_total")]
    assert counters
    assert all(after[name] >= before[name] for name in counters)
