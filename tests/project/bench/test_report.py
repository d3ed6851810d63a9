from __future__ import annotations

import io

from rich.console import Console

from groundwave.project.bench.orders import Heard, Spread
from groundwave.project.bench.report import show_lines, show_storm
from groundwave.project.bench.stage import Usage
from groundwave.project.bench.storm import Plan, Surge, sum_up
from groundwave.project.bench.verdict import Line, Result


def shown(show, result):
    out = io.StringIO()
    show(result, Console(file=out, width=80))
    return out.getvalue()


def a_result(*lines, unmeasured=()):
    return Result(bench="test", lines=lines, unmeasured=unmeasured)


def test_a_line_is_shown_with_what_was_measured_and_where_it_was_drawn():
    line = Line.draw("CPU per listener", limit=0.4, unit="x Icecast's", measured=0.287)

    assert shown(show_lines, a_result(line)) == (
        "met      CPU per listener: 0.287 (line: at most 0.4 x Icecast's)\n"
    )


def test_a_line_that_is_not_met_cannot_be_overlooked():
    line = Line.draw("memory", limit=150, unit="MB", measured=151.2)

    assert shown(show_lines, a_result(line)).startswith("NOT MET  memory: 151")


def test_what_could_not_be_measured_is_a_sentence_and_no_success():
    line = Line.draw("memory", limit=150, unit="MB", measured=None)
    result = a_result(line, unmeasured=("There is no icecast2; install it.",))

    out = shown(show_lines, result)
    assert "not measured  There is no icecast2; install it." in out
    assert "NOT MET  memory: not measured" in out
    assert not result.met


def test_how_listeners_were_lost_is_said_in_words():
    heard = Heard(
        listeners=10_000,
        heard=4_634,
        refused={"ECONNRESET": 2_664},
        dropped={},
        never=2_702,
        first_byte=Spread(2.0, None, None),
        second=Spread(2.5, None, None),
        all_within=None,
        gaps=7,
        ears_with_gaps=5,
        longest_silence=0.5,
        sound_bytes=1,
        admission_cpu=8.0,
        admission_wall=120.0,
        hold_cpu=1.0,
        hold_wall=30.0,
        sweep_late=0.1,
    )
    surge = Surge(
        side="icecast",
        server="Icecast 2.4.4",
        waited=120.0,
        rss=1,
        peak_rss=38_000_000,
        children_rss=0,
        driver_share=0.07,
        usage=Usage(150.0, 0.2, 0.0, 0.1, 0.1),
        heard=heard,
    )

    out = shown(show_storm, sum_up(Plan(10_000, 30.0), [surge], []))
    assert "4634 within 120.0 s" in out
    assert "never" in out
    assert (
        "Icecast 2.4.4: 2664 refused (ECONNRESET), 2702 never heard a second, "
        "7 silences, up to 0.5 s." in out.replace("\n", " ")
    )
