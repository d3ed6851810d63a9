from __future__ import annotations

import os
import signal

import pytest

from groundwave.project.up.stopping import stopped_by_signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_asks_and_a_second_does_not_wait(number):
    before = signal.signal(number, signal.SIG_DFL)  # nohup would have it ignored
    with stopped_by_signals() as stop:
        os.kill(os.getpid(), number)
        assert stop.asked.wait(5)
        assert not stop.at_once.is_set()

        os.kill(os.getpid(), number)
        assert stop.at_once.wait(5)
    assert signal.getsignal(number) == signal.SIG_DFL
    signal.signal(number, before)


def test_who_asked_not_to_be_ended_with_the_terminal_is_not():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopped_by_signals() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stop.asked.wait(0.1)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
