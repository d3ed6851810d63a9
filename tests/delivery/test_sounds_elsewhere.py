"""A sound that is not ours to keep, as a story offers it."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest

from delivery.conftest import NOW
from equipment.carried import carry, connect
from groundwave.delivery.edition.freshness import MOST_SECONDS, keep_seconds
from groundwave.wire.http.host import Host


pytestmark = pytest.mark.django_db

URL = "https://www.far-shore.example/sounds/ferry.mp3?a=1&b=2"
PAGE = "https://far-shore.example/player/7"
SAID = {
    "title": "Sound of a ferry",
    "url": URL,
    "page": "",
    "by": "",
    "media_type": "audio/mpeg",
    "seconds": 83,
    "may_download": False,
    "expires_at": None,
}
WAYS = ["/news/a-dam-far-away/", "/text/pages/news/a-dam-far-away/"]


@pytest.fixture(autouse=True)
def _it_is_now(now):
    """All of this happens at one instant."""


@pytest.fixture
def page(client, news):
    """Return the story's page, of which the sound is said to be like that."""

    def page(way=WAYS[0], **facts):
        carry(connect(news), body=[("sound_elsewhere", SAID | facts)])
        answer = client.get(way)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def offered(page):
    """What the player is told."""
    said = re.findall(r'data-recording="([^"]+)"', page)
    return [json.loads(html.unescape(each)) for each in said]


def test_it_is_heard_in_our_player_from_its_origin(page):
    (told,) = offered(page())

    assert told["url"] == URL
    assert told["title"] == "Sound of a ferry"
    assert told["show"] == "Longwave Network"
    assert told["page"] == "/news/a-dam-far-away/"
    assert told["seconds"] == 83
    assert re.fullmatch(r"elsewhere-[0-9a-f]{16}", told["id"])


def test_listeners_are_told_from_where_before_they_press(page):
    said = "Longwave Network. Played from far-shore.example once you press Listen."

    assert said in page()


def test_who_made_it_may_be_somebody_else_again(page):
    assert "Teo Brandt. Played from far-shore.example once" in page(by="Teo Brandt")


def test_its_length_is_left_out_if_nobody_knows_it(page):
    shown = page(seconds=None)

    assert offered(shown)[0]["seconds"] == 0
    assert "recording__length" not in shown


@pytest.mark.parametrize("may_download", [True, False])
def test_a_download_is_offered_where_its_origin_lets_us(page, may_download):
    assert ("recording__file" in page(may_download=may_download)) is may_download


def test_without_javascript_there_is_the_browsers_own_player_which_waits(page):
    alone = re.search(r"<noscript>\s*<audio ([^>]*)", page())

    assert alone
    assert 'preload="none"' in alone[1]


def test_one_that_only_its_origin_plays_is_a_link_there(page):
    shown = page(url="", page=PAGE)

    assert offered(shown) == []
    assert re.search(rf'<a href="{PAGE}"[^>]*>Sound of a ferry</a>', shown)
    assert "Listen on far-shore.example" in shown


def test_one_that_browsers_would_refuse_to_play_here_is_a_link_as_well(page):
    shown = page(url="http://far-shore.example/ferry.mp3")

    assert offered(shown) == []
    assert '<a href="http://far-shore.example/ferry.mp3"' in shown


def test_a_neighbor_that_we_may_fetch_from_needs_no_https(page, settings):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([Host("10.0.0.7", 8080)])

    assert offered(page(url="http://10.0.0.7:8080/ferry.mp3"))


@pytest.mark.parametrize("way", WAYS)
def test_one_whose_time_is_over_is_nothing_but_a_sentence(page, way):
    shown = page(way, page=PAGE, expires_at=NOW)

    assert "“Sound of a ferry” was here to be heard for a while, and is not" in shown
    assert offered(shown) == []
    assert "far-shore.example" not in shown


@pytest.mark.parametrize("way", WAYS)
def test_until_then_it_is_heard(page, way):
    assert html.escape(URL) in page(way, expires_at=NOW + timedelta(seconds=1))


def test_the_text_edition_links_to_the_file(page):
    shown = page(WAYS[1])

    assert f'<a href="{html.escape(URL)}">Sound of a ferry</a>, 1 min' in shown


def test_and_to_its_origins_page_where_there_is_no_file(page):
    assert f'<a href="{PAGE}"' in page(WAYS[1], url="", page=PAGE)


def test_nothing_of_it_is_fetched_with_the_page(page):
    """A browser fetches what has a source, but for players that wait to be asked."""
    shown = re.sub(r"<noscript>.*?</noscript>", "", page(may_download=True), flags=re.S)

    assert not re.search(r'\b(?:src|srcset|poster)="[^"]*far-shore', shown)
    assert not re.search(r"<link[^>]*far-shore", shown)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("seconds", "kept"), [(3600, MOST_SECONDS), (60, MOST_SECONDS), (12.7, 12), (0, 60)]
)
def test_no_page_is_kept_until_after_a_sound_of_it_has_ended(
    client, news, way, seconds, kept
):
    ends = NOW + timedelta(seconds=seconds)
    sounds = [SAID, SAID | {"expires_at": ends}, SAID | {"expires_at": NOW}]
    carry(connect(news), body=[("sound_elsewhere", each) for each in sounds])

    answer = client.get(way)

    said = {name.lower(): each for name, each in answer.headers.items()}
    assert keep_seconds(answer.status_code, said) == kept
