from __future__ import annotations

import sys
from io import StringIO

import pytest
from rich.console import Console

from groundwave.project.bench import first_sound, report, visits
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.first_sound import Plan, Side
from groundwave.project.bench.shaping import Shape
from groundwave.project.bench.visits import Visit
from groundwave.project.bench.watch import Watch


PLAN = Plan(visits=3, shape=Shape(40, 0.05))


def side(*waits, scripts=44_000, name="ours"):
    each = [Visit(seconds, scripts, 130_000) for seconds in waits]
    return Side.of(name, "Groundwave", each)


def test_quick_visits_meet_the_lines():
    result = first_sound.sum_up(PLAN, [side(0.9, 0.8, 1.2)], [])

    assert result.met
    assert [line.measured for line in result.lines] == [0.9, 1.2, 44.0]


def test_one_slow_visit_is_a_line_that_is_not_met():
    result = first_sound.sum_up(PLAN, [side(0.9, 0.8, 1.6)], [])

    assert [line.met for line in result.lines] == [True, False, True]


def test_a_visit_that_hears_nothing_counts():
    result = first_sound.sum_up(PLAN, [side(0.9, None, 1.0)], [])

    assert [line.met for line in result.lines] == [False, False, True]


def test_without_our_own_side_no_line_is_met():
    icecast = side(0.4, name="icecast")

    result = first_sound.sum_up(PLAN, [icecast], ["It did not come up."])

    assert not any(line.met for line in result.lines)
    assert result.unmeasured == ("It did not come up.",)


def test_a_person_is_shown_both_sides():
    out = StringIO()
    sides = [side(0.9, None, 1.0), side(0.4, 0.5, 0.6, name="icecast")]
    result = first_sound.sum_up(PLAN, sides, [])

    report.show_first_sound(result, Console(file=out, width=100))

    text = out.getvalue()
    assert "40 Mbit/s, 50 ms" in text
    assert "JavaScript before the tap" in text
    assert "NOT MET" in text
    assert "at most 1.5 s" in text


async def test_without_a_browser_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unmeasurable, match="apt install chromium"):
        async with visits.browser():
            pass


async def test_without_playwright_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)

    with pytest.raises(Unmeasurable, match="pip install playwright"):
        async with visits.browser():
            pass


@pytest.mark.journey
@pytest.mark.timeout(300)
async def test_a_tap_on_a_plain_page_is_heard_after_the_line_has_had_its_time():
    plan = Plan(visits=1, shape=Shape(40, 0.2))
    async with visits.browser() as visitors:
        heard = await first_sound._visited(
            plan,
            *first_sound.ICECAST,
            visitors,
            Watch(Console(quiet=True), 1),
        )

    assert heard.server.startswith("Icecast")
    # A connection and a question at the least: two round trips.
    assert heard.median > 0.4
    assert heard.scripts_before == 0


def test_whoever_leaves_icecast_out_still_hears_our_mount_on_the_plain_page():
    plan = Plan(visits=1, shape=Shape(40, 0.05), alone=True)

    assert [name for name, _ in plan.sides] == ["ours", "mount"]


@pytest.mark.journey
@pytest.mark.timeout(300)
async def test_scripts_count_as_they_travel_however_they_are_fetched():
    plan = Plan(visits=1, shape=Shape(1000, 0))
    async with visits.browser() as visitors:
        ours = await first_sound._visited(
            plan, *first_sound.OURS[0], visitors, Watch(Console(quiet=True), 1)
        )

    assert 20_000 < ours.scripts_before < 45_000
    assert ours.scripts_after > 100_000  # the library that plays the tape
