from __future__ import annotations

import json
import re

import pytest

from groundwave.stations.actions import open_station


pytestmark = pytest.mark.django_db

AIR = "http://testserver:8000"


@pytest.fixture
def page(client, kgnd):
    return client.get("/").content.decode()


def told(page):
    """What the page tells the player."""
    script = re.search(r'id="groundwave-player" type="application/json">(.*?)</', page)
    return json.loads(script.group(1))


def test_the_front_page_carries_the_name_of_the_licensee(page):
    assert "<title>KGND Community Radio</title>" in page
    assert "Play Live Radio" in page


def test_the_player_is_told_where_the_station_is_heard(page):
    (station,) = told(page)["stations"]

    assert station["streams"] == [
        {"url": f"{AIR}/kgnd.mp3", "type": "audio/mpeg", "kbps": 128},
        {"url": f"{AIR}/kgnd.aac", "type": "audio/aac", "kbps": 128},
    ]
    assert station["hls"] == f"{AIR}/kgnd/live.m3u8"
    assert station["tape"] == f"{AIR}/kgnd/tape.m3u8"
    assert station["titles"] == f"{AIR}/kgnd/titles.json"
    assert station["guide"] == "/stations/kgnd/guide.json"
    assert told(page)["events"] == "http://testserver:8000/events?station=kgnd"


def test_every_way_to_listen_is_a_link(page):
    for url in (
        "http://testserver:8000/kgnd.mp3",
        "http://testserver:8000/kgnd.aac",
        "http://testserver:8000/kgnd/live.m3u8",
        "/listen/kgnd.m3u",
        "/listen/kgnd.pls",
    ):
        assert f'href="{url}"' in page


def test_nothing_is_asked_of_anybody_else(page):
    urls = re.findall(r"""(?:src|href|action)=["'](https?://[^/"']+)""", page)

    assert set(urls) == {"http://testserver", "http://testserver:8000"}


def test_without_scripts_there_is_a_plain_player_that_waits_to_be_asked(page):
    plain = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL).group(1)

    assert 'preload="none"' in plain
    assert 'src="http://testserver:8000/kgnd.mp3"' in plain


def test_one_station_needs_no_picker_and_two_do(client, kgnd, page):
    assert "Available On Air Stations" not in page

    open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")
    page = client.get("/").content.decode()

    assert "Available On Air Stations" in page
    assert told(page)["events"] == "http://testserver:8000/events"


def test_a_name_cannot_break_out_of_what_the_player_is_told(client, kgnd):
    kgnd.name = "</script><script>alert(1)</script>"
    kgnd.save()

    page = client.get("/").content.decode()

    assert "<script>alert(1)" not in page
    assert told(page)["stations"][0]["name"] == kgnd.name


def test_only_staff_are_told_how_to_go_on_air(client, odetta, ines, page):
    assert "How to go on" not in page

    client.force_login(odetta)
    page = client.get("/").content.decode()
    assert "Ask an engineer for a source key." in page

    client.force_login(ines)
    page = client.get("/").content.decode()
    assert "Issue a source key" in page
    # It also stands there while a person holds standby and an encoder is connected.
    assert "Nobody is on the air" not in page
    assert "If you are not heard then" in page


def test_before_the_first_station_the_page_says_so(client, db):
    page = client.get("/")

    assert page.status_code == 200
    assert "There is no station here yet." in page.content.decode()


def test_a_page_that_is_not_there_still_has_the_player(client, kgnd):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    page = response.content.decode()
    assert "Nothing on this frequency" in page
    assert told(page)["stations"]


def test_the_page_costs_few_queries(client, kgnd, django_assert_max_num_queries):
    client.get("/")

    with django_assert_max_num_queries(18):
        client.get("/")
