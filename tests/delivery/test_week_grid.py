from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from groundwave.delivery.days import Day
from groundwave.delivery.week_grid import LINES, grid_sheet, placed


DENVER = ZoneInfo("America/Denver")
USUAL = Day(date(2026, 11, 2), DENVER)
LONG = Day(date(2026, 11, 1), DENVER)
SHORT = Day(date(2026, 3, 8), DENVER)


@dataclass(frozen=True)
class Stretch:
    starts_at: datetime
    ends_at: datetime


def stretches(day, minutes):
    """Cut the day at those minutes after its beginning."""
    whole = int(day.lasts / timedelta(minutes=1))
    cuts = sorted({0, *(each for each in minutes if each < whole), whole})
    return [
        Stretch(*(day.starts_at + timedelta(minutes=edge) for edge in edges))
        for edges in pairwise(cuts)
    ]


def places(day, minutes):
    return [(each.line, each.lines) for each in placed(stretches(day, minutes), day)]


def test_a_show_stands_at_its_hour_and_is_as_high_as_it_is_long():
    assert places(USUAL, [6 * 60, 10 * 60]) == [(1, 36), (37, 24), (61, 84)]


def test_the_grid_is_the_wall_clocks_on_the_day_the_clocks_change():
    # 6 a.m. is five hours after midnight in spring, and seven in fall.
    assert places(SHORT, [5 * 60])[1][0] == 37
    assert places(LONG, [7 * 60])[1][0] == 37


def test_what_went_on_from_the_day_before_says_so():
    stretch = Stretch(USUAL.starts_at - timedelta(hours=1), USUAL.ends_at)

    (only,) = placed([stretch], USUAL)

    assert only.is_continued
    assert (only.line, only.lines) == (1, LINES)


@given(
    day=st.sampled_from([USUAL, LONG, SHORT]),
    minutes=st.lists(st.integers(10, 1430).map(lambda n: n // 5 * 5), max_size=12),
)
def test_nothing_lies_over_anything_else_and_all_of_it_is_in_the_grid(day, minutes):
    found = places(day, minutes)

    assert all(line >= 1 and line + lines <= LINES + 1 for line, lines in found)
    assert all(
        line + lines <= following or following == LINES
        for (line, lines), (following, _) in pairwise(found)
    )


def test_the_style_sheet_has_a_rule_for_every_place():
    sheet = grid_sheet()

    assert set(re.findall(r"\.at-(\d+)\{", sheet)) == {
        str(n) for n in range(1, LINES + 1)
    }
    assert "</" not in sheet
