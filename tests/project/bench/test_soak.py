from __future__ import annotations

from xml.etree import ElementTree

import msgspec
import pytest

from groundwave.project.bench import report
from groundwave.project.bench.crowd import Silence, Tally
from groundwave.project.bench.soak import Plan, Sample, figure, sum_up
from groundwave.project.bench.vitals import Vitals


PLAN = Plan(20.0, 300)


def samples(*, rss=0.0, fds=0.0, threads=0.0, warm_up=8e6):
    """Return those of twenty minutes in which things grew by so much an hour."""
    for number in range(241):
        at = 5.0 * number
        breath = (-1) ** number
        yield Sample(
            at,
            Vitals(
                cpu=at / 100,
                children_cpu=at / 50,
                rss=int(50e6 + min(warm_up, 2e5 * number) + rss * at / 3600),
                peak_rss=70_000_000,
                children_rss=50_000_000 + breath * 1_000_000,
                fds=round(400 + 5 * breath + fds * at / 3600),
                threads=round(4 + threads * at / 3600),
                children=2,
            ),
        )


def test_a_crowd_that_breathes_and_a_warm_up_are_flat():
    result = sum_up(PLAN, list(samples()), Tally(visits=5000))

    assert result.met
    assert result.trends["rss"].growth == pytest.approx(0.0, abs=1e5)


@pytest.mark.parametrize(
    "leak", [{"rss": 20e6}, {"fds": 120.0}, {"threads": 8.0}, {"rss": 300e6}]
)
def test_what_grows_for_as_long_as_it_runs_is_not_flat(leak):
    assert not sum_up(PLAN, list(samples(**leak)), Tally()).met


@pytest.mark.parametrize(
    "hurt",
    [
        Tally(cut_off=1),
        Tally(refused=1),
        Tally(silences=[Silence(at=9.0, into_visit=5.0, lasted=0.4)]),
    ],
)
def test_flat_is_not_enough_if_listeners_were_hurt(hurt):
    assert not sum_up(PLAN, list(samples()), hurt).met


def test_the_file_keeps_every_sample_and_trend(tmp_path):
    path = tmp_path / "soak.json"
    report.keep(sum_up(PLAN, list(samples()), Tally(visits=7)), path)
    kept = msgspec.json.decode(path.read_bytes())

    assert (kept["bench"], kept["met"], kept["tally"]["visits"]) == ("soak", True, 7)
    assert len(kept["samples"]) == 241
    assert kept["samples"][0]["vitals"]["fds"] == 405
    assert kept["trends"].keys() == {
        "rss",
        "children_rss",
        "fds",
        "threads",
        "children",
    }
    assert kept["trends"]["fds"].keys() == {"level", "growth", "per_hour"}


def test_the_figure_shows_memory_and_files():
    result = sum_up(PLAN, list(samples()), Tally())
    root = ElementTree.fromstring(figure(result))

    words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"resident memory, MB", "open files", "20.0 min"} <= words
