from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from groundwave.project.bench import cli, report, story
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.page_load import Load, failures, p99_ms
from groundwave.project.bench.story import Plan


PLAN = Plan("/", 64, 10, 1)
SAID = """\
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     4.51ms    1.35ms  20.05ms   84.94%
  Latency Distribution
     50%    4.37ms
     99%  {p99}
  57000 requests in 4.00s, 210.00MB read
{more}Requests/sec:  14216.22
"""


def one(server, each_second, encoding="gzip", *, failed=0, us=None):
    return Load(
        server=server,
        encoding=encoding,
        each_second=each_second,
        p99_ms=9.5,
        bytes=5000,
        failed=failed,
        server_us=us or 1e6 / each_second,
        server_share=1,
        driver_share=0.5,
    )


def both(ours, theirs, **more):
    return [
        one(server, number, encoding, **more)
        for encoding in ("identity", "gzip", "gzip, all unlike")
        for server, number in (("Groundwave", ours), ("nginx", theirs))
    ]


@pytest.mark.parametrize(("ours", "met"), [(7600, True), (7400, False), (12_000, True)])
def test_the_line_is_three_quarters_of_nginx(ours, met):
    assert story.sum_up(PLAN, both(ours, 10_000), []).met is met


def test_the_median_of_the_rounds_counts():
    loads = [*both(9_000, 10_000), *both(1_000, 10_000), *both(8_000, 10_000)]

    assert story.ratio(loads, "gzip", lambda load: load.each_second) == 0.8


def test_without_nginx_the_line_is_not_met():
    result = story.sum_up(PLAN, [one("Groundwave", 9_000)], ["There is no nginx."])

    assert not result.met
    assert result.lines[0].measured is None


def test_a_failed_answer_is_a_line_that_is_not_met():
    assert not story.sum_up(PLAN, both(9_000, 10_000, failed=1), []).met


def test_more_cpu_for_an_answer_is_not_made_up_for_by_a_driver_that_is_slow():
    slow = [*both(9_000, 9_000, us=10)[1::2], *both(9_000, 9_000, us=20)[::2]]

    assert story.ratio(slow, "gzip", lambda load: load.each_second) == 1
    assert not story.sum_up(PLAN, slow, []).met


@pytest.mark.parametrize(
    ("p99", "milliseconds"), [("6.20ms", 6.2), ("950.00us", 0.95), ("1.20s", 1200)]
)
def test_what_wrk_says_is_understood(p99, milliseconds):
    assert p99_ms(SAID.format(p99=p99, more="")) == pytest.approx(milliseconds)


def test_every_kind_of_failure_counts():
    more = (
        "  Socket errors: connect 1, read 2, write 0, timeout 4\n"
        "  Non-2xx or 3xx responses: 8\n"
    )
    assert failures(SAID.format(p99="1ms", more=more)) == 15
    assert failures(SAID.format(p99="1ms", more="")) == 0


def test_something_else_than_wrk_is_unmeasurable():
    with pytest.raises(Unmeasurable):
        p99_ms("Usage: wrk <options> <url>")


def test_the_result_is_shown_load_by_load_with_what_is_wanted():
    output = StringIO()
    report.show_story(
        story.sum_up(PLAN, both(9_000, 10_000), []), Console(file=output, width=120)
    )

    assert "nginx" in output.getvalue()
    assert "at least 0.75" in output.getvalue()


def test_the_command_says_what_it_needs():
    help_text = CliRunner().invoke(cli.bench, ["story", "--help"]).output

    assert "nginx and wrk" in help_text
