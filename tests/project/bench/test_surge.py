from __future__ import annotations

import msgspec
import pytest

from groundwave.project.bench import report
from groundwave.project.bench.orders import Heard, Spread
from groundwave.project.bench.page_load import Load
from groundwave.project.bench.surge import Plan, sum_up, waits_of
from groundwave.project.bench.surge_orders import PagesTold, Published


PLAN = Plan(listeners=3, pages=2, seconds=10.0, updates=2)
PUBLISHED = [Published(1, 100.0, 100.1), Published(2, 105.0, 105.1)]
LOAD = Load(
    server="Groundwave",
    encoding="gzip",
    each_second=9000.0,
    p99_ms=20.0,
    bytes=8000,
    failed=0,
    server_us=100.0,
    server_share=1.3,
    driver_share=0.6,
)


def told(*second: float, lost: int = 0, cpu: float = 1.0) -> PagesTold:
    """The first update after a fifth of a second, the second when it is said."""
    at = {1: [100.2, 100.3], 2: list(second)}
    return PagesTold(told_at=at, lost=lost, cpu=cpu, wall=15.0)


def heard(**facts) -> Heard:
    usual = {
        "listeners": 3,
        "heard": 3,
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
    return Heard(**(usual | facts))


def test_a_surge_in_which_everybody_knows_in_time_is_met():
    result = sum_up(PLAN, PUBLISHED, told(105.2, 105.9), heard(), LOAD)

    assert result.met
    assert result.waits.longest == pytest.approx(0.9)
    assert [one.number for one in result.updates] == [1, 2]
    assert result.updates[0].publishing == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("told", "heard", "load"),
    [
        pytest.param(told(105.2, 106.1), heard(), LOAD, id="late"),
        pytest.param(told(105.2), heard(), LOAD, id="one page never knew"),
        pytest.param(told(105.2, 105.3, lost=1), heard(), LOAD, id="a line ended"),
        pytest.param(told(105.2, 105.3), heard(ears_with_gaps=1), LOAD, id="a gap"),
        pytest.param(told(105.2, 105.3), heard(never=1), LOAD, id="not heard"),
        pytest.param(
            told(105.2, 105.3),
            heard(),
            msgspec.structs.replace(LOAD, failed=1),
            id="an answer failed",
        ),
        pytest.param(told(105.2, 105.3, cpu=14.0), heard(), LOAD, id="busy driver"),
    ],
)
def test_one_line_that_does_not_hold_is_enough(told, heard, load):
    assert not sum_up(PLAN, PUBLISHED, told, heard, load).met


def test_a_page_that_was_never_told_waits_for_ever():
    waits = waits_of(PLAN, PUBLISHED[1], told(105.5))

    assert waits == [pytest.approx(0.5), None]
    assert sum_up(PLAN, PUBLISHED, told(), heard(), LOAD).waits.p99 is None


def test_a_person_can_read_it(capsys):
    from rich.console import Console

    result = sum_up(PLAN, PUBLISHED, told(105.2, 105.9), heard(), LOAD)
    report.show_surge(result, Console(width=200))

    said = capsys.readouterr().out
    assert "9000 answers a second" in said
    assert "from an editor's press until 99 in 100 of 2 pages know: 0.9" in said
