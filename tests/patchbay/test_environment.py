from __future__ import annotations

from pathlib import Path

import pytest

from groundwave.patchbay.environment import Environment, EnvironmentUnusable


def test_without_any_variable_everything_has_its_place():
    environment = Environment.read({})

    assert environment.data == Path.cwd() / "var"
    assert environment.bind == "127.0.0.1"
    assert (environment.site_port, environment.air_port) == (8080, 8000)
    assert environment.shoutcast_port == 8001


def test_every_fact_can_be_set():
    environment = Environment.read(
        {
            "GROUNDWAVE_DATA": "/srv/radio",
            "GROUNDWAVE_BIND": "0.0.0.0",
            "GROUNDWAVE_SITE_PORT": "80",
            "GROUNDWAVE_AIR_PORT": "9000",
        }
    )

    assert environment == Environment(Path("/srv/radio"), "0.0.0.0", 80, 9000)
    assert environment.patchbay_socket == Path("/srv/radio/run/patchbay.sock")
    assert environment.lineup_file == Path("/srv/radio/transmitter/lineup.json")


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "8000 "])
def test_a_port_that_cannot_be_meant_is_a_sentence(port):
    with pytest.raises(EnvironmentUnusable, match="GROUNDWAVE_AIR_PORT"):
        Environment.read({"GROUNDWAVE_AIR_PORT": port})
