"""The same stories in feeds and on pages, with pictures and sounds that are real."""

from __future__ import annotations

import json
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from equipment.feed_readers import atom_faults, json_feed_faults, rss_faults
from equipment.network.changes import restricted
from equipment.network.links import asset_of
from equipment.network.oddities import ODDITIES
from equipment.network.others import biography
from equipment.network.stories import every_story, story


FEEDS = ("atom", "rss", "json")


def _feed(ask, name):
    answer = ask(f"/feeds/news.{name}", token="")
    assert answer.status == 200
    return answer.body.decode()


@pytest.fixture
def everything(network):
    """Every story with something odd about it, hostile markup included."""
    network.publish(*ODDITIES.values(), biography())


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_the_whole_story(network, ask, name):
    network.publish(every_story("far-1", title="A bell at sea"), biography())

    feed = (
        unescape(json.dumps(json.loads(_feed(ask, name))))
        if name == "json"
        else unescape(_feed(ask, name))
    )

    for part in (
        "A bell at sea",
        "The islanders' council counted 42.",
        "/news/far-1/",
        "/sounds/ferry.mp3",
        "Una Farrow",
        "Teo Brandt",
    ):
        assert part in feed


def test_feeds_are_what_their_formats_ask_for(network, ask, everything):
    network.publish(story("far-gone"))
    network.delete("far-gone")

    assert atom_faults(_feed(ask, "atom")) == ""
    assert rss_faults(_feed(ask, "rss")) == ""
    assert json_feed_faults(_feed(ask, "json")) == []


@pytest.mark.parametrize("name", FEEDS)
def test_restricted_and_deleted_stories_leave_the_feeds(network, ask, name):
    network.publish(story("far-1"), story("far-2"), story("far-3"))
    network.change("far-1", restricted)
    network.delete("far-2")

    feed = _feed(ask, name)

    assert "/news/far-1/" not in feed
    assert ("/news/far-2/" in feed) is (name == "atom"), "Atom says that it is gone"
    assert "/news/far-3/" in feed


def test_atom_has_a_tombstone_with_its_time(network, ask):
    network.publish(story("far-1"))
    network.delete("far-1")

    (tomb,) = fromstring(_feed(ask, "atom")).findall(
        "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
    )

    assert tomb.attrib == {
        "ref": f"{network.url}/news/far-1/",
        "when": "2026-03-02T18:00:00Z",
    }


def test_a_feed_that_did_not_change_is_not_sent_again(network, ask):
    network.publish(story("far-1"))
    tag = ask("/feeds/news.atom").headers["etag"]

    same = ask("/feeds/news.atom", **{"If-None-Match": tag})
    network.publish(story("far-2"))
    other = ask("/feeds/news.atom", **{"If-None-Match": tag})

    assert (same.status, same.body) == (304, b"")
    assert other.status == 200


def test_there_is_no_other_feed(ask):
    assert ask("/feeds/news.gopher").status == 404


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("news", '"nprStoryId": "far-1"'),
        ("blog", '<meta name="story_id" content="far-1">'),
    ],
)
def test_a_page_tells_the_id_of_its_document(network, ask, folder, found):
    network.publish(every_story("far-1"))

    page = unescape(ask(f"/{folder}/far-1/", token="").body.decode())

    assert found in page
    assert f'<link rel="canonical" href="{network.url}/news/far-1/">' in page


def test_a_page_is_gone_when_its_story_is(network, ask):
    network.publish(story("far-1"))
    network.delete("far-1")

    assert ask("/news/far-1/", token="").status == 410
    assert ask("/news/far-2/", token="").status == 404


def test_every_crop_is_a_picture_of_its_size(network, ask):
    network.publish(ODDITIES["every crop"])
    (document,) = ask("/v1/documents/far-crops").documents
    files = document["assets"]["photo-1"]["enclosures"]

    for each in files:
        with Image.open(BytesIO(_file(ask, each["href"]).body)) as picture:
            assert picture.size == (each["width"], each["height"])
            assert picture.format == "JPEG"
    assert len(files) == 5


def test_the_template_gives_other_sizes_and_formats(network, ask):
    network.publish(story("far-1", pictures=ODDITIES_PICTURE))
    (document,) = ask("/v1/documents/far-1").documents
    template = document["assets"]["photo-1"]["enclosures"][0]["hrefTemplate"]
    wanted = {"{width}": "480", "{format}": "webp", "{quality}": "70"}
    for variable, value in wanted.items():
        template = template.replace(variable, value)

    with Image.open(BytesIO(_file(ask, template).body)) as picture:
        assert (picture.size, picture.format) == ((480, 270), "WEBP")


ODDITIES_PICTURE = [ODDITIES["everything on it"]["assets"]["photo-1"]]


def test_a_wrapped_picture_is_delivered(network, ask):
    network.publish(ODDITIES["a wrapped picture"])
    (document,) = ask("/v1/documents/far-wrapped").documents
    href = document["assets"]["photo-1"]["enclosures"][0]["href"]

    assert href.startswith(network.url)
    with Image.open(BytesIO(_file(ask, href).body)) as picture:
        assert picture.format == "JPEG"


def test_sound_is_mp3(network, ask):
    network.publish(every_story("far-1"))
    (document,) = ask("/v1/documents/far-1").documents
    sound = asset_of(document, document["audio"][0]["href"])
    assert sound

    answer = _file(ask, sound["enclosures"][0]["href"])

    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.body[0] == 0xFF
    assert len(answer.body) > 16_000


def test_pages_of_odd_stories_are_told_as_well(network, ask, everything):
    pages = [ask(f"/news/{each['id']}/", token="").status for each in ODDITIES.values()]

    assert set(pages) == {200}


def _file(ask, href):
    """Fetch a file by its address, as anybody may."""
    parts = urlsplit(href)
    answer = ask(f"{parts.path}?{parts.query}", token="")
    assert answer.status == 200, answer.body
    return answer
