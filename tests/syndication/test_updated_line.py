"""A line about an update becomes a time; prose that begins like one stays prose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from groundwave.newsroom.changes.updated_line import updated_words
from groundwave.syndication.incoming import Heading, Quote, Text
from groundwave.syndication.updated_line import lift_updated_line, read_updated_line
from syndication.stories import NOON, story


TODAY = story(published_at=NOON)


def at(words: str, of=TODAY) -> datetime | None:
    line = read_updated_line(words, of=of)
    return line.at if line else None


def utc(day: int, hour: int, minute: int = 0, month: int = 2) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("Updated at 4 p.m. ET", utc(1, 21)),
        ("Updated at 4:15 PM EST", utc(1, 21, 15)),
        ("UPDATED 4PM ET", utc(1, 21)),
        ("Updated at 11:05 a.m., CT.", utc(1, 17, 5)),
        ("Last updated: 9 a.m. MT", utc(1, 16)),
        ("Updated at noon CT", utc(1, 18)),
        ("Updated at 12 p.m. PT", utc(1, 20)),
        ("Updated at 12:01 a.m. ET", utc(1, 5, 1)),
        ("Updated January 31, 2026 at 4 p.m. ET", utc(31, 21, month=1)),
        ("Updated Jan. 31 at 4 p.m. PST", utc(1, 0)),
        ("Updated on Jan. 31, 2026, at 4 p.m. E.T.", utc(31, 21, month=1)),
        ("Updated at 4 p.m. ET on Jan. 31, 2026", utc(31, 21, month=1)),
        (
            "Updated February 28, 2020 at 4:15 PM EST",
            datetime(2020, 2, 28, 21, 15, tzinfo=UTC),
        ),
        (
            "Updated July 28, 2025 at 4:15 PM ET",
            datetime(2025, 7, 28, 20, 15, tzinfo=UTC),
        ),
        ("Updated Dec. 31 at 4 p.m. ET", datetime(2025, 12, 31, 21, tzinfo=UTC)),
    ],
)
def test_a_line_means_an_instant(words, instant):
    assert at(words) == instant


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Updated",
        "Updated rules at the harbor",
        "Updated rules at 4 p.m. ET close the harbor",
        "Updated at 4 p.m. ET, the list names 42 people",
        "The list was updated at 4 p.m. ET",
        "Updated at 4 p.m.",
        "Updated at 4 p.m. local time",
        "Updated at 16 p.m. ET",
        "Updated at 0 a.m. ET",
        "Updated at 4:75 p.m. ET",
        "Updated February 30, 2025 at 4 p.m. ET",
        "Updated Sunday",
        "Updated at midnight ET",  # of which a day has two
        "Updated July 28, 2025 at 4 p.m. EST",  # which nobody's clock showed
        "Updated March 9, 2025 at 2:30 a.m. ET",  # which no clock showed
        "Updated November 2, 2025 at 1:30 a.m. ET",  # which clocks showed twice
        "Updated February 28, 2062 at 4 p.m. ET",
        "Updated February 1, 9999 at 4 p.m. ET",
    ],
)
def test_what_is_not_certain_is_no_line(words):
    assert at(words) is None


def test_of_an_hour_that_was_there_twice_the_zone_says_which():
    words = "Updated November 2, 2025 at 1:30 a.m. {}"

    assert at(words.format("EDT")) == datetime(2025, 11, 2, 5, 30, tzinfo=UTC)
    assert at(words.format("EST")) == datetime(2025, 11, 2, 6, 30, tzinfo=UTC)


def test_a_day_that_is_not_named_is_that_of_the_update():
    late = story(published_at=NOON, updated_at=utc(4, 5, 5))  # five past midnight

    assert at("Updated at 11 p.m. ET", of=late) == utc(4, 4)
    assert at("Updated at midnight ET", of=late) == utc(4, 5)
    assert at("Updated at 12:30 a.m. ET", of=late) == utc(4, 5, 30)


def test_a_day_that_could_be_one_of_two_is_not_guessed():
    assert at("Updated at 4 p.m. ET", of=story()) is None
    changed = story(published_at=NOON, modified_at=utc(3, 17))
    assert at("Updated at 4 p.m. ET", of=changed) is None
    assert at("Updated Feb. 2 at 4 p.m. ET", of=changed) == utc(2, 21)


def test_midnight_of_a_day_that_is_named_begins_it_unless_that_was_too_early():
    words = "Updated Feb. 1, 2026 at midnight ET"

    assert at(words, of=story(published_at=utc(1, 1))) == utc(1, 5)
    assert at(words) == utc(2, 5)


def lifted(*blocks, **facts):
    return lift_updated_line(story(*blocks, **{"published_at": NOON, **facts}))


def text(html: str, id_: str = "a", **facts) -> Text:
    return Text(id=id_, html=html, **facts)


LINE = "<p><i>Updated at 4 p.m. ET</i></p>"
BELL = text("<p>The bell is back.</p>", "bell")


def test_a_text_that_is_only_the_line_is_gone():
    result = lifted(text(LINE), BELL)

    assert result.blocks == (BELL,)
    assert result.updated_at == utc(1, 21)
    assert result.updated_line == "Updated at 4 p.m. ET"


def test_a_text_that_begins_with_the_line_keeps_the_rest():
    result = lifted(text(f"{LINE}<p>The <b>bell</b> is back.</p>"))

    assert result.blocks == (text("<p>The <b>bell</b> is back.</p>"),)


def test_a_heading_may_be_the_line_and_a_picture_may_stand_before_it():
    quote = Quote(id="q", words="Ding.")
    heading = Heading(id="h", words="Updated at 4 p.m. ET", level=3)

    assert lifted(quote, heading, BELL).blocks == (quote, BELL)


def test_the_later_of_both_times_counts():
    assert lifted(text(LINE), updated_at=utc(1, 19)).updated_at == utc(1, 21)
    assert lifted(text(LINE), updated_at=utc(1, 23)).updated_at == utc(1, 23)


@pytest.mark.parametrize(
    "blocks",
    [
        [text("<p>Updated rules at 4 p.m. ET close the harbor.</p>")],
        [text(f"<p>The bell.</p>{LINE}")],
        [text("<ul><li>Updated at 4 p.m. ET, they said</li></ul>")],
        [BELL, BELL, BELL, text(LINE)],
        [text(LINE, restricted=True)],
        [Quote(id="q", words="Updated at 4 p.m. ET")],
        [text("")],
    ],
)
def test_a_story_without_a_line_at_its_top_stays_as_it_is(blocks):
    assert lifted(*blocks) == story(*blocks, published_at=NOON)


@given(
    st.text(max_size=40),
    st.text("Updated at 0123456789:apmnoidghtESTCP., ", max_size=40),
)
def test_no_words_are_too_much(words, likely):
    for each in (words, f"Updated {likely}"):
        line = read_updated_line(each, of=TODAY)
        assert line is None or line.at.tzinfo


@given(
    st.integers(26_300_000, 31_500_000),  # minutes since 1970: 2020 to 2029
    st.sampled_from(["America/New_York", "America/Denver"]),
)
def test_what_our_own_pages_say_is_understood(minute, zone):
    when = datetime.fromtimestamp(minute * 60, UTC)
    later = when + timedelta(days=2)
    ours = updated_words(when, zone=ZoneInfo(zone), now=later)

    line = read_updated_line(ours, of=story())
    if line is None:  # an hour of autumn that was there twice
        assert when.month == 11
    else:
        assert line.at == when
