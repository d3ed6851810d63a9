from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from groundwave.project.bench import report
from groundwave.project.bench.fanout import Plan, Ratio, Round, sum_up
from groundwave.project.bench.orders import Heard, Spread
from groundwave.project.bench.stage import Usage


def a_round(side, cpu_us, *, icy=False, driver=0.03, late=0.0, **heard):
    usual = {
        "listeners": 4000,
        "heard": 4000,
        "refused": {},
        "dropped": {},
        "never": 0,
        "first_byte": Spread(0.01, 0.02, 0.03),
        "second": Spread(0.01, 0.02, 0.03),
        "all_within": 16.0,
        "gaps": 0,
        "ears_with_gaps": 0,
        "longest_silence": 0.0,
        "sound_bytes": 1,
        "admission_cpu": 1.0,
        "admission_wall": 16.0,
        "hold_cpu": 1.0,
        "hold_wall": 70.0,
        "sweep_late": 0.01,
    }
    return Round(
        side=side,
        server="Groundwave" if side == "ours" else "Icecast 2.4.4",
        icy=icy,
        cpu_us=cpu_us,
        children_cpu_us=4.0,
        rss=50_000_000,
        peak_rss=51_000_000,
        children_rss=52_000_000,
        usage=Usage(60.0, 0.1, 0.02, driver, 0.1),
        encoder_late=late,
        heard=Heard(**(usual | heard)),
    )


PLAN = Plan(4000, 60.0, 2, (False,))


def test_the_ratio_is_of_the_means_and_every_pair_is_kept():
    rounds = [
        a_round("ours", 20.0),
        a_round("icecast", 80.0),
        a_round("ours", 30.0),
        a_round("icecast", 120.0),
    ]

    assert Ratio.of(rounds, icy=False) == Ratio(False, 0.25, (0.25, 0.25))
    assert Ratio.of(rounds, icy=True) == Ratio(True, None, ())


def test_a_run_that_holds_every_line_is_met():
    result = sum_up(PLAN, [a_round("ours", 20.0), a_round("icecast", 80.0)], ())

    assert result.met
    assert result.unmeasured == ()


@pytest.mark.parametrize(
    "rounds",
    [
        [a_round("ours", 50.0), a_round("icecast", 80.0)],
        [a_round("ours", 20.0, never=1), a_round("icecast", 80.0)],
        [a_round("ours", 20.0, dropped={"EPIPE": 1}), a_round("icecast", 80.0)],
        [a_round("ours", 20.0, ears_with_gaps=1), a_round("icecast", 80.0)],
        [a_round("ours", 20.0, driver=0.95), a_round("icecast", 80.0)],
        [a_round("ours", 20.0)],
        [a_round("icecast", 80.0)],
        [],
    ],
)
def test_one_line_that_does_not_hold_is_enough(rounds):
    assert not sum_up(PLAN, rounds, ()).met


def test_icecasts_own_losses_are_not_ours():
    rounds = [
        a_round("ours", 20.0),
        a_round("icecast", 80.0, never=99, ears_with_gaps=7),
    ]

    assert sum_up(PLAN, rounds, ()).met


def test_an_encoder_that_was_late_is_said_to_have_been():
    rounds = [a_round("ours", 20.0, late=1.5), a_round("icecast", 80.0)]
    (sentence,) = sum_up(PLAN, rounds, ()).unmeasured

    assert "1.5 s late for Groundwave" in sentence


def test_servers_take_turns():
    sides = [side for _, side, _ in Plan(10, 1.0, 2)]

    assert sides == ["ours", "icecast"] * 4


def test_the_table_fits_an_ordinary_terminal():
    out = io.StringIO()
    rounds = [a_round("ours", 20.0), a_round("icecast", 80.0, never=133, gaps=9)]
    report.show_fanout(sum_up(PLAN, rounds, ()), Console(file=out, width=80))

    assert "…" not in out.getvalue()
    assert "Ours / Icecast, CPU per listener without titles: 0.250 (0.25)" in (
        out.getvalue()
    )


def test_the_file_says_what_a_reader_of_it_needs(tmp_path):
    path = tmp_path / "results" / "fanout.json"
    rounds = [a_round("ours", 20.0), a_round("icecast", 80.0)]
    report.keep(sum_up(PLAN, rounds, ("Something was missing.",)), path)
    kept = msgspec.json.decode(path.read_bytes())

    assert kept["bench"] == "fanout"
    assert kept["met"] is True
    assert kept["machine"].keys() == {"cores", "system", "python"}
    assert kept["unmeasured"] == ["Something was missing."]
    assert kept["ratios"] == [{"icy": False, "mean": 0.25, "each": [0.25]}]
    assert [one["side"] for one in kept["rounds"]] == ["ours", "icecast"]
    assert kept["rounds"][0]["heard"]["second"]["p99"] == 0.02
    assert {line["met"] for line in kept["lines"]} == {True}
    assert kept["lines"][0]["limit"] == 0.40
