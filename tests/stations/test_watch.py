from __future__ import annotations

import threading

import pytest

from conftest import NOW
from groundwave.patchbay.errors import NoAnswer
from groundwave.patchbay.messages import Status
from groundwave.stations.watch import FRESH_SECONDS, Watch


def status(edition=1):
    return Status(
        at=NOW, started_at=NOW, version="1", edition=edition, stations=(), attempts=()
    )


class Transmitter:
    """Counts what it is asked; answers, hangs or stays away as it is told."""

    def __init__(self):
        self.asked = 0
        self.is_away = False
        self.is_asked = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    def ask(self):
        self.asked += 1
        self.is_asked.set()
        assert self.may_answer.wait(10)
        if self.is_away:
            raise NoAnswer("The transmitter did not answer in time.")
        return status(self.asked)


class Clock:
    at = 100.0

    def __call__(self):
        return self.at


@pytest.fixture
def transmitter():
    return Transmitter()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(transmitter, clock):
    return Watch(transmitter.ask, clock=clock)


def test_ten_who_look_within_a_second_ask_once(watch, transmitter, clock):
    assert {watch.look().status.edition for _ in range(10)} == {1}

    clock.at += FRESH_SECONDS
    assert watch.look().status.edition == 2
    assert transmitter.asked == 2


def test_of_an_absence_is_told_since_when_and_no_old_state_is_shown(
    watch, transmitter, clock
):
    watch.look()
    transmitter.is_away = True
    clock.at += FRESH_SECONDS

    word = watch.look()
    assert word.status is None
    assert word.trouble == "The transmitter did not answer in time."
    assert word.heard_at == NOW
    assert watch.look() is word
    assert transmitter.asked == 2

    transmitter.is_away = False
    clock.at += FRESH_SECONDS
    assert watch.look().status


def test_before_the_first_answer_nobody_knows_since_when(watch, transmitter):
    transmitter.is_away = True

    assert watch.look().heard_at is None


def test_while_one_waits_for_a_transmitter_that_hangs_nobody_else_does(
    watch, transmitter, clock
):
    watch.look()
    transmitter.is_asked.clear()
    transmitter.may_answer.clear()
    clock.at += FRESH_SECONDS
    waiting = threading.Thread(target=watch.look)
    waiting.start()
    assert transmitter.is_asked.wait(10)

    assert watch.look().status.edition == 1

    transmitter.may_answer.set()
    waiting.join(10)
    assert watch.look().status.edition == 2


def test_what_somebody_was_just_told_everybody_sees_at_once(watch, transmitter):
    watch.look()
    watch.note(status(edition=7))

    assert watch.look().status.edition == 7
    assert transmitter.asked == 1


@pytest.fixture
def hanging(watch, transmitter):
    """Let somebody wait for an answer that does not come until the test is over."""
    threads = []

    def hang():
        transmitter.is_asked.clear()
        transmitter.may_answer.clear()
        threads.append(threading.Thread(target=watch.look))
        threads[0].start()
        assert transmitter.is_asked.wait(10)

    yield hang
    transmitter.may_answer.set()
    for each in threads:
        each.join(10)


def test_nobody_waits_along_for_the_very_first_answer_either(watch, hanging):
    hanging()

    word = watch.look()
    assert word.status is None
    assert word.is_awaited
    assert word.trouble == "The transmitter is being asked. Look again in a second."


def test_what_was_so_an_hour_ago_is_not_shown_as_what_is(watch, clock, hanging):
    watch.look()
    clock.at += 3600
    hanging()

    word = watch.look()
    assert word.status is None
    assert word.is_awaited
