from __future__ import annotations

from groundwave.patchbay.messages import Announced
from groundwave.transmitter.standing import (
    MOST_BYTES,
    MOST_BYTES_A_PAGE,
    MOST_MATTERS,
    Standing,
)


def guide(data: str, station: str = "kgnd") -> Announced:
    return Announced(event="schedule", data=data, station=station)


def test_the_newest_guide_of_each_station_stands():
    standing = Standing()
    standing.note(guide("yesterday's"))
    standing.note(guide("today's"))
    standing.note(guide("elsewhere", station="kxyz"))

    assert standing.of(["kgnd"]) == [("schedule", "today's")]
    assert standing.of(["kgnd", "kxyz"]) == [
        ("schedule", "today's"),
        ("schedule", "elsewhere"),
    ]


def test_news_is_told_once_and_does_not_stand():
    standing = Standing()
    standing.note(Announced(event="quiz", data="{}", station="kgnd"))
    assert standing.of(["kgnd"]) == []


def story(number: int, data: str) -> Announced:
    return Announced(event="story", data=data, about=str(number))


def test_the_last_word_on_each_story_stands_for_every_page_the_newest_first():
    standing = Standing()
    standing.note(story(1, "written"))
    standing.note(story(2, "written"))
    standing.note(story(1, "corrected"))
    standing.keep_only({"kgnd"})

    assert standing.of(["kgnd"]) == [("story", "corrected"), ("story", "written")]
    assert standing.of([]) == standing.of(["kgnd"])


def test_of_many_stories_those_that_changed_last_stand():
    standing = Standing()
    for number in range(MOST_MATTERS + 5):
        standing.note(story(number, str(number)))

    told = [data for _, data in standing.of(["kgnd"])]

    assert told == [str(n) for n in reversed(range(5, MOST_MATTERS + 5))]


def test_what_breaks_comes_before_all_else_and_stories_after_the_guides():
    standing = Standing()
    standing.note(story(1, "corrected"))
    standing.note(guide("x" * MOST_BYTES))
    standing.note(guide("x" * MOST_BYTES, station="kxyz"))
    standing.note(Announced(event="banner", data="Dam breaks"))

    told = standing.of(["kgnd", "kxyz"])

    assert [event for event, _ in told] == ["banner", "schedule", "story"]


def test_a_guide_as_long_as_is_allowed_stands_and_a_longer_one_leaves_none():
    """What the longer one replaces is wrong by now; better none than that."""
    standing = Standing()
    standing.note(guide("x" * MOST_BYTES))
    assert standing.of(["kgnd"]) == [("schedule", "x" * MOST_BYTES)]
    standing.note(guide("ö" * (MOST_BYTES // 2) + "x"))
    assert standing.of(["kgnd"]) == []


def test_a_page_of_many_stations_is_told_what_fits_in_one_write():
    standing = Standing()
    slugs = [f"k{number}" for number in range(20)]
    for slug in slugs:
        standing.note(guide("x" * 4_000, station=slug))
    told = standing.of(slugs)
    assert len(told) == MOST_BYTES_A_PAGE // 4_000


def test_a_station_that_is_gone_leaves_nothing_for_one_of_its_name():
    standing = Standing()
    standing.note(guide("old"))
    standing.note(guide("other", station="kxyz"))
    standing.keep_only({"kxyz"})
    assert standing.of(["kgnd", "kxyz"]) == [("schedule", "other")]
