from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from groundwave.delivery.breaking import MOST_BANNERS, banners_shown
from groundwave.newsroom.actions.banners import put_up_banner, take_down_banner
from groundwave.newsroom.errors import BannerRefused
from groundwave.newsroom.models import Banner
from groundwave.patchbay.messages import Announced
from groundwave.people.models import User


pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 1, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ida():
    return User.objects.create_user("ida@kgnd.example")


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def put_up(by, text="The dam at Tamarack has broken.", begins=NOON, hours=1, **facts):
    end = begins + hours * HOUR
    return put_up_banner(text, begins_at=begins, ends_at=end, by=by, **facts)


def shown(client, path="/"):
    """The banner that a reader without scripts sees."""
    page = client.get(path).content.decode()
    body = page.partition("<template>")[0]
    asides = [each for each in body.split("<aside") if "data-banner=" in each]
    return [each for each in asides if " hidden>" not in each.partition(">")[0] + ">"]


def test_every_page_shows_it_from_its_beginning_to_its_end(
    client, kgnd, ida, story, noon, time_machine
):
    put_up(ida, story=story)

    for path in ("/", "/schedule/", "/news/ferry-sinks/", "/nowhere/", "/text/"):
        page = client.get(path).content.decode()
        assert "The dam at Tamarack has broken." in page, path
        assert 'href="/news/ferry-sinks/"' in page, path
    assert 'data-ends="2026-11-01T20:00:00Z"' in client.get("/").content.decode()

    time_machine.move_to(NOON + HOUR, tick=False)
    for path in ("/", "/text/"):
        assert "The dam" not in client.get(path).content.decode(), path


def test_one_that_has_not_begun_waits_in_the_page_and_in_no_text(
    client, kgnd, ida, noon
):
    put_up(ida, begins=NOON + HOUR)

    assert shown(client) == []
    assert "The dam" in client.get("/").content.decode()
    assert "The dam" not in client.get("/text/").content.decode()


def test_the_one_that_began_last_is_shown(client, kgnd, ida, noon):
    put_up(ida, "First word.", begins=NOON - HOUR, hours=3)
    put_up(ida, "Second word.")

    [one] = shown(client)

    assert "Second word." in one
    assert Banner.objects.in_force(NOON).text == "Second word."
    assert Banner.objects.in_force(NOON + HOUR).text == "First word."


def test_open_pages_are_told_at_once_and_again_when_it_is_taken_down(
    kgnd, ida, noon, transmitter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        banner = put_up(ida)

    news = transmitter.next_heard(Announced)
    assert (news.event, news.station, news.about) == ("banner", "", "")
    assert json.loads(news.data) == {
        "at": "2026-11-01T19:00:00.000Z",
        "banners": [
            {
                "id": banner.pk,
                "text": "The dam at Tamarack has broken.",
                "url": "",
                "begins": "2026-11-01T19:00:00Z",
                "ends": "2026-11-01T20:00:00Z",
            }
        ],
    }

    with django_capture_on_commit_callbacks(execute=True):
        take_down_banner(banner, by=ida, now=NOON + HOUR / 2)

    # As of noon: the clock of the test stands still.
    assert Banner.objects.in_force(NOON + HOUR / 2) is None
    assert transmitter.next_heard(Announced).event == "banner"


def test_one_that_is_taken_down_before_it_begins_never_does(ida):
    banner = put_up(ida, begins=NOON + HOUR)

    take_down_banner(banner, by=ida, now=NOON)

    assert banners_shown(now=NOON) == []
    assert Banner.objects.in_force(NOON + HOUR) is None


def test_one_that_is_over_stays_as_it_was(ida):
    banner = put_up(ida)

    take_down_banner(banner, by=ida, now=NOON + 2 * HOUR)

    banner.refresh_from_db()
    assert banner.ends_at == NOON + HOUR


@pytest.mark.parametrize(("text", "hours"), [("  \n ", 1), ("It is over.", 0)])
def test_one_that_says_nothing_or_never_is_is_refused(ida, text, hours):
    with pytest.raises(BannerRefused):
        put_up(ida, text, hours=hours)


def test_pages_are_told_of_no_more_than_a_few(ida):
    for number in range(MOST_BANNERS + 2):
        put_up(ida, f"Word {number}.", begins=NOON + number * HOUR, hours=9)

    told = [each["text"] for each in banners_shown(now=NOON)]

    assert told == [f"Word {n}." for n in (5, 4, 3, 2)]


def test_a_story_that_nobody_may_read_is_not_linked(ida, story):
    story.unpublish()

    put_up(ida, story=story)

    [told] = banners_shown(now=NOON)
    assert told["url"] == ""
