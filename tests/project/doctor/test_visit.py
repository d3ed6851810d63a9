from __future__ import annotations

import pytest

from equipment.transmitters import free_port_pair, running
from groundwave.patchbay.environment import Environment
from groundwave.project.doctor import run_doctor


def environment(data, port):
    return Environment.read(
        {
            "GROUNDWAVE_DATA": str(data),
            "GROUNDWAVE_AIR_PORT": str(port),
            "GROUNDWAVE_SITE_PORT": str(free_port_pair()),
        }
    )


def test_with_everything_down_it_says_so_and_touches_nothing(tmp_path, capsys):
    data = tmp_path / "var"
    assert run_doctor(environment(data, free_port_pair())) == 1

    said = " ".join(capsys.readouterr().out.split())
    assert "The transmitter is not running" in said
    assert "The site is not running" in said
    assert "The codec works" in said
    assert not data.exists()


@pytest.mark.timeout(60)
def test_with_the_site_down_it_still_tells_what_is_on_air(tmp_path, capsys):
    with running(tmp_path) as transmitter:
        assert run_doctor(environment(tmp_path, transmitter.port)) == 1

    said = " ".join(capsys.readouterr().out.split())
    assert "The transmitter is up" in said
    assert "The site is not running" in said
    assert "/kgnd" in said
    assert "No encoder was turned away lately." in said
