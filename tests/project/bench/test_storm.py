from __future__ import annotations

import msgspec
import pytest

from groundwave.project.bench import report
from groundwave.project.bench.orders import Heard, Spread
from groundwave.project.bench.stage import Usage
from groundwave.project.bench.storm import Plan, Surge, sum_up


PLAN = Plan(10_000, 30.0)


def a_surge(side="ours", *, peak_rss=60_000_000, driver_share=0.5, late=0.0, **heard):
    usual = {
        "listeners": 10_000,
        "heard": 10_000,
        "refused": {},
        "dropped": {},
        "never": 0,
        "first_byte": Spread(0.3, 0.6, 0.7),
        "second": Spread(0.3, 0.6, 0.7),
        "all_within": 1.2,
        "gaps": 0,
        "ears_with_gaps": 0,
        "longest_silence": 0.0,
        "sound_bytes": 1,
        "admission_cpu": 0.6,
        "admission_wall": 1.2,
        "hold_cpu": 1.0,
        "hold_wall": 30.0,
        "sweep_late": 0.01,
    }
    return Surge(
        side=side,
        server="Groundwave" if side == "ours" else "Icecast 2.4.4",
        waited=1.2,
        rss=55_000_000,
        peak_rss=peak_rss,
        children_rss=52_000_000,
        driver_share=driver_share,
        usage=Usage(31.0, 0.1, 0.02, 0.05, 0.1),
        encoder_late=late,
        heard=Heard(**(usual | heard)),
    )


ICECAST = a_surge("icecast", heard=4634, never=2702, all_within=None)


def test_a_storm_weathered_in_time_is_met_however_icecast_fares():
    assert sum_up(PLAN, [a_surge(), ICECAST], []).met
    assert sum_up(PLAN, [a_surge()], ["Icecast could not be measured."]).met


@pytest.mark.parametrize(
    "ours",
    [
        a_surge(all_within=2.1),
        a_surge(all_within=None),
        a_surge(refused={"ECONNRESET": 1}),
        a_surge(dropped={"closed by the server": 1}),
        a_surge(never=1),
        a_surge(ears_with_gaps=1),
        a_surge(peak_rss=151_000_000),
    ],
)
def test_one_line_that_does_not_hold_is_enough(ours):
    assert not sum_up(PLAN, [ours, ICECAST], []).met


def test_without_our_side_nothing_is_met():
    result = sum_up(PLAN, [ICECAST], ["The server did not come up."])

    assert [line.measured for line in result.lines] == [None, None, None]
    assert not result.met


def test_a_driver_that_was_the_brake_says_so():
    (sentence,) = sum_up(PLAN, [a_surge(driver_share=0.97)], []).unmeasured

    assert "97% of a core" in sentence


def test_an_encoder_that_was_late_is_said_to_have_been():
    (sentence,) = sum_up(PLAN, [a_surge(late=0.8)], []).unmeasured

    assert "0.8 s late for Groundwave" in sentence


def test_alone_means_without_icecast():
    assert [side for side, _ in Plan(10, 1.0, alone=True).peers] == ["ours"]
    assert [side for side, _ in PLAN.peers] == ["ours", "icecast"]


def test_the_file_keeps_both_sides(tmp_path):
    path = tmp_path / "storm.json"
    report.keep(sum_up(PLAN, [a_surge(), ICECAST], []), path)
    kept = msgspec.json.decode(path.read_bytes())

    assert (kept["bench"], kept["met"]) == ("storm", True)
    assert kept["plan"] == {"listeners": 10_000, "hold_seconds": 30.0, "alone": False}
    ours, icecast = kept["surges"]
    assert ours["heard"]["all_within"] == 1.2
    assert icecast["heard"]["all_within"] is None
    assert icecast["heard"]["never"] == 2702
