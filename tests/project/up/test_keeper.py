from __future__ import annotations

import os
import signal

import pytest


STEADY = ("import os, time", "print('pid', os.getpid())", "time.sleep(600)")


def test_a_program_that_is_killed_is_started_again_and_no_other_is(
    program, keep, lines
):
    steady = keep(program("steady", *STEADY))
    unlucky = keep(program("unlucky", *STEADY))
    first = int(lines.until("unlucky", "pid"))
    left_alone = steady.pid

    os.kill(first, signal.SIGKILL)

    assert lines.until("unlucky", "It ended").startswith("(SIGKILL)")
    second = int(lines.until("unlucky", "pid"))
    assert second != first
    assert unlucky.pid == second
    assert steady.pid == left_alone


def test_what_a_program_leaves_behind_is_gone_before_it_is_started_again(
    program, keep, lines, gone
):
    keep(
        program(
            "parent",
            "import os, subprocess, sys, time",
            "child = subprocess.Popen([sys.executable, '-c', 'import time;"
            " time.sleep(600)'])",
            "print('child', child.pid)",
            "time.sleep(0.2)",
            "os._exit(3)",
        )
    )
    orphan = int(lines.until("parent", "child"))

    assert lines.until("parent", "It ended").startswith("(status 3)")
    assert gone(orphan)


def test_a_program_that_ends_at_once_is_started_less_and_less_often(
    program, keep, lines
):
    keep(program("hopeless", "raise SystemExit(1)"))

    said = [lines.until("hopeless", "It ended (status 1) and is ") for _ in range(3)]

    assert said == [f"started again in {wait} s." for wait in ("0.5", "1", "2")]


def test_a_program_that_is_ended_stays_ended(program, keep, lines, gone):
    keeper = keep(program("steady", *STEADY))
    pid = int(lines.until("steady", "pid"))

    keeper.end()

    assert keeper.wait(20)
    assert gone(pid)
    assert lines.empty()


def test_a_program_that_does_not_listen_can_be_killed(program, keep, lines, gone):
    keeper = keep(
        program(
            "stubborn",
            "import os, signal, time",
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
            "print('pid', os.getpid())",
            "time.sleep(600)",
        )
    )
    pid = int(lines.until("stubborn", "pid"))
    keeper.end()
    assert not keeper.wait(0.3)

    keeper.kill()

    assert keeper.wait(20)
    assert gone(pid)


def test_a_program_ended_while_it_waits_is_not_started(program, keep, lines):
    keeper = keep(program("hopeless", "raise SystemExit(1)"))
    lines.until("hopeless", "It ended")

    keeper.end()

    assert keeper.wait(20)
    assert keeper.pid is None


def test_everything_a_program_prints_is_handed_on_whatever_its_bytes(
    program, keep, lines
):
    keep(
        program(
            "garbled",
            "import os, time",
            r"os.write(1, b'caf\xc3\xa9 \xff\n')",
            "os.write(2, b'and errors\\n')",
            "time.sleep(600)",
        )
    )

    assert lines.until("garbled", "café") == "�"
    lines.until("garbled", "and errors")


@pytest.mark.parametrize("ends_by", ["letting go", "SIGTERM ignored"])
def test_no_program_outlives_the_hand_that_holds_its_leash(
    ends_by, program, keep, lines, hand, gone
):
    ignores = ends_by == "SIGTERM ignored"
    keep(
        program(
            "held",
            "import os, signal, time",
            f"signal.signal(signal.SIGTERM, signal.SIG_IGN) if {ignores} else None",
            "print('pid', os.getpid())",
            "time.sleep(600)",
        )
    )
    pid = int(lines.until("held", "pid"))

    os.close(hand[0])

    ended = lines.until("held", "It ended")
    assert ended.startswith("(SIGKILL)" if ignores else "(SIGTERM)")
    assert gone(pid)
