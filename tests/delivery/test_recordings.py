"""What a page offers to be heard: episodes' audio, and what the tape still has."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest

from delivery.conftest import NOW
from equipment.recordings import keep_recording
from groundwave.delivery.show_pages import again
from groundwave.delivery.templatetags.recordings import how_long
from groundwave.programming.actions import pre_empt
from groundwave.programming.models import Airing, Episode
from groundwave.stations.models import Station


pytestmark = pytest.mark.django_db


def offered(client, path):
    """What the player is told on the page at *path*, in its order."""
    answer = client.get(path)
    assert answer.status_code == 200
    said = re.findall(r'data-recording="([^"]+)"', answer.content.decode())
    return [json.loads(html.unescape(each)) for each in said]


@pytest.fixture(autouse=True)
def _the_tape_is_long(kgnd):
    Station.objects.note_tape("kgnd", begins_at=NOW - timedelta(days=30))
    kgnd.refresh_from_db()


@pytest.fixture
def episode(week):
    return Episode.objects.create(
        show=week["light"],
        title="The organ tuner",
        slug="the-organ-tuner",
        audio=keep_recording("Organ tuner, final 2", 3.0, credit="Ida Marsh"),
    )


def test_an_episode_with_audio_can_be_heard_on_its_page(client, episode):
    (told,) = offered(client, "/shows/morning-light/the-organ-tuner/")

    assert told["title"] == "The organ tuner"
    assert told["show"] == "Morning Light"
    assert told["page"] == "/shows/morning-light/the-organ-tuner/"
    assert told["url"] == episode.audio.file.url
    assert told["seconds"] == pytest.approx(3, abs=0.1)


def test_an_episode_without_audio_offers_none(client, episode):
    episode.audio.delete()

    assert offered(client, "/shows/morning-light/the-organ-tuner/") == []


def test_a_show_offers_its_episodes_and_then_what_the_tape_has(client, episode, now):
    told = offered(client, "/shows/morning-light/")

    assert told[0]["title"] == "The organ tuner"
    assert told[1]["title"] == "Sunday, November 1, 6 a.m."
    assert told[1]["station"] == "kgnd"
    assert told[1]["from"] == "2026-11-01T13:00:00Z"
    assert told[1]["to"] == "2026-11-01T17:00:00Z"


def test_what_is_on_now_is_not_over(week, now):
    heard = again(week["edition"].airings.all(), now=now)

    assert heard
    assert all(each.facts["to"] < "2026-11-01T18:30:00Z" for each in heard)


def test_only_what_is_still_on_the_tape_is_offered(week, kgnd, now):
    kgnd.tape_hours = 30
    kgnd.save()

    heard = again(week["light"].airings.all(), now=now)

    assert [each.facts["from"] for each in heard] == ["2026-11-01T13:00:00Z"]


def test_what_was_planned_before_the_tape_begins_is_not_offered(week, now):
    Station.objects.note_tape("kgnd", begins_at=now - timedelta(hours=20))

    heard = again(week["light"].airings.all(), now=now)

    assert [each.facts["from"] for each in heard] == ["2026-11-01T13:00:00Z"]


def test_nothing_is_offered_of_a_tape_with_nothing_on_it(client, week):
    Station.objects.note_tape("kgnd", begins_at=None)

    assert offered(client, "/shows/morning-light/") == []


def test_an_airing_that_another_lay_over_is_offered_as_far_as_it_was_heard(
    week, show, kgnd, now
):
    airing = week["light"].airings.get(starts_at="2026-11-01T13:00:00Z")
    pre_empt(
        kgnd,
        show=show("Special"),
        starts_at=airing.ends_at - timedelta(hours=1),
        ends_at=airing.ends_at,
        now=airing.starts_at,
    )

    first, *_ = again(week["light"].airings.all(), now=now)

    assert first.facts["to"] == "2026-11-01T16:00:00Z"


def test_an_airing_that_was_cancelled_is_not_offered(week, now):
    airing = week["light"].airings.get(starts_at="2026-11-01T13:00:00Z")
    Airing.objects.filter(pk=airing.pk).update(is_cancelled=True)

    heard = again(week["light"].airings.all(), now=now)

    assert "2026-11-01T13:00:00Z" not in [each.facts["from"] for each in heard]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (3599, "1 h 0 min"),
        (3900, "1 h 5 min"),
    ],
)
def test_a_length_is_said_as_people_say_it(seconds, said):
    assert how_long(seconds) == said
