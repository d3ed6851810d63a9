from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from groundwave.stations.actions import open_station


pytestmark = pytest.mark.django_db

FRONT = "http://testserver/"
PLAYER = "http://testserver/embed/kgnd/"


def asked(client, **query):
    return client.get("/oembed", query)


class Frame(HTMLParser):
    """The attributes of the only element in some HTML."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        ((self.tag, self.attributes),) = self.found

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_player_has_a_page_that_any_site_may_frame(client, kgnd):
    response = client.get("/embed/kgnd/")

    assert response.status_code == 200
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]


def test_no_other_page_may_be_framed(client, kgnd):
    response = client.get("/")

    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_a_framed_player_knows_its_own_station_only(client, kgnd):
    open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")

    page = client.get("/embed/jazz/").content.decode()

    told = json.loads(re.search(r'id="groundwave-player"[^>]*>(.*?)</script>', page)[1])
    assert [station["slug"] for station in told["stations"]] == ["jazz"]


def test_a_framed_player_plays_without_scripts(client, kgnd):
    page = client.get("/embed/kgnd/").content.decode()

    plain = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    assert 'src="http://testserver:8000/kgnd.mp3"' in plain


def test_there_is_no_player_of_a_station_that_is_not_there(client, kgnd):
    assert client.get("/embed/jazz/").status_code == 404


@pytest.mark.parametrize("url", [FRONT, PLAYER])
def test_other_sites_learn_how_to_show_the_player(client, kgnd, url):
    response = asked(client, url=url)

    told = response.json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["title"] == "KGND"
    assert told["provider_name"] == "KGND Community Radio"
    frame = Frame(told["html"])
    assert frame.tag == "iframe"
    assert frame.attributes["src"] == PLAYER
    assert frame.attributes["width"] == str(told["width"])
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_player_fits_into_the_room_there_is(client, kgnd):
    told = asked(client, url=PLAYER, maxwidth="300", maxheight="150").json()

    assert (told["width"], told["height"]) == (300, 150)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "http://testserver/nowhere/"}, 404),
        ({"url": "http://elsewhere.example/"}, 404),
        ({"url": "http://testserver/embed/jazz/"}, 404),
        ({"url": "http://[broken/"}, 404),
        ({}, 404),
        ({"url": PLAYER, "format": "xml"}, 501),
        ({"url": PLAYER, "maxwidth": "wide"}, 400),
        ({"url": PLAYER, "maxwidth": "9" * 5000}, 400),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(client, kgnd, query, status):
    response = asked(client, **query)

    assert response.status_code == status
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize("host", ["testserver", "kgnd.example"])
def test_it_goes_by_the_name_that_the_public_knows(client, kgnd, settings, host):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    told = asked(client, url=f"https://{host}/").json()
    page = client.get("/embed/kgnd/").content.decode()

    ours = "https://kgnd.example/embed/kgnd/"
    assert Frame(told["html"]).attributes["src"] == ours
    assert told["provider_url"] == "https://kgnd.example/"
    assert f"src=&quot;{ours}&quot;" in page
    discovered = re.search(r'href="(/oembed\?url=[^"]+)"', page)[1]
    assert client.get(discovered).json() == told
    assert "url=https%3A%2F%2Fkgnd.example%2F" in discovered


def test_a_hostile_name_stays_a_name(client, kgnd):
    kgnd.name = '"><script>alert(1)</script>'
    kgnd.save()

    told = asked(client, url=PLAYER).json()

    page = client.get("/embed/kgnd/").content.decode()
    copied = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    assert Frame(told["html"]).attributes["title"] == kgnd.name
    assert Frame(copied).attributes["title"] == kgnd.name
    assert "<script>alert" not in page
