from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from groundwave.patchbay.environment import Environment
from groundwave.patchbay.errors import NoAnswer, NotServed
from groundwave.patchbay.messages import Status
from groundwave.project.doctor import programs
from groundwave.project.doctor.finding import Level
from groundwave.project.doctor.programs import Answer


NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
UP = Answer(200, "{}", is_open=True)
DOWN = Answer()
STRANGER = Answer(404, "", is_open=True)
NOBODY = NotServed("The transmitter is not running; start it with `groundwave up`.")


@pytest.fixture
def environment(tmp_path):
    return Environment.read({"GROUNDWAVE_DATA": str(tmp_path)})


def state(edition: int = 3) -> Status:
    return Status(
        at=NOW, started_at=NOW, version="0", edition=edition, stations=(), attempts=()
    )


def test_a_transmitter_that_answers_on_both_lines_is_up(environment):
    assert programs.transmitter(environment, UP, state(), "").level is Level.GOOD


@pytest.mark.parametrize(
    ("answer", "found", "words"),
    [
        (DOWN, NOBODY, "groundwave transmitter"),
        (DOWN, state(), "GROUNDWAVE_AIR_PORT"),
        (UP, NOBODY, "GROUNDWAVE_DATA"),
        (UP, NoAnswer("It did not answer; try again."), "It did not answer"),
        (STRANGER, NOBODY, "GROUNDWAVE_AIR_PORT"),
    ],
    ids=["down", "on another port", "of other data", "mute", "a stranger"],
)
def test_every_other_transmitter_comes_with_advice(environment, answer, found, words):
    finding = programs.transmitter(environment, answer, found, "icecast2 (process 812)")

    assert finding.level is Level.WRONG
    assert words in finding.what_to_do


def test_who_has_taken_the_port_is_named(environment):
    found = programs.transmitter(
        environment, STRANGER, NOBODY, "icecast2 (process 812)"
    )

    assert "icecast2 (process 812)" in found.sentence


def test_a_site_that_is_up_is_good(environment):
    assert programs.site(environment, UP, "").level is Level.GOOD


def test_a_site_that_cannot_work_says_why_itself(environment):
    body = '{"status": "trouble", "trouble": "Run `groundwave manage migrate`."}'
    found = programs.site(environment, Answer(503, body, is_open=True), "")

    assert found.level is Level.WRONG
    assert found.what_to_do == "Run `groundwave manage migrate`."


def test_a_site_that_is_down_is_wrong_but_not_the_end_of_the_world(environment):
    found = programs.site(environment, DOWN, "")

    assert found.level is Level.WRONG
    assert "Listeners go on hearing" in found.sentence


def test_a_line_up_that_is_behind_means_that_the_worker_is_away():
    found = programs.worker(state(edition=2), 3)

    assert found is not None
    assert found.level is Level.WRONG
    assert "groundwave worker" in found.what_to_do


def test_a_line_up_in_force_is_good():
    found = programs.worker(state(edition=3), 3)

    assert found is not None
    assert found.level is Level.GOOD


def test_nothing_is_said_of_the_worker_when_nothing_is_known():
    assert programs.worker(NOBODY, 3) is None
    assert programs.worker(state(), None) is None


def test_a_closed_port_and_a_silent_one_are_told_apart():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.listen()
        open_answer = _ask_and_close(server, port)

    assert open_answer == Answer(is_open=True)
    assert programs.ask_health("127.0.0.1", port) == DOWN


def _ask_and_close(server: socket.socket, port: int) -> Answer:
    """Ask a server that hangs up without a word."""
    import threading

    def hang_up() -> None:
        server.accept()[0].close()

    thread = threading.Thread(target=hang_up)
    thread.start()
    answer = programs.ask_health("127.0.0.1", port)
    thread.join()
    return answer
