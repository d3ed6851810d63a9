from __future__ import annotations

import contextlib
import os
import socket
import threading

import pytest

from equipment.transmitters import free_port_pair
from groundwave.patchbay.environment import Environment
from groundwave.project.up.errors import PortUnusable
from groundwave.project.up.ports import check_ports, wait_for_ports


def environment(tmp_path, air=None, site=None, bind="127.0.0.1"):
    return Environment(
        data=tmp_path,
        bind=bind,
        site_port=site or free_port_pair(),
        air_port=air or free_port_pair(),
    )


@contextlib.contextmanager
def taken(port):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", port))
        sock.listen()
        yield


def refusal(found):
    with pytest.raises(PortUnusable) as refused:
        check_ports(found)
    return str(refused.value)


def test_free_ports_are_fine_and_stay_free(tmp_path):
    found = environment(tmp_path)
    check_ports(found)
    check_ports(found)


def test_a_taken_air_port_is_told_with_its_holder_and_its_variable(tmp_path):
    port = free_port_pair()
    with taken(port):
        sentence = refusal(environment(tmp_path, air=port))
    assert f"Port {port}, which the transmitter needs, is taken by" in sentence
    assert f"(process {os.getpid()})" in sentence
    assert "set GROUNDWAVE_AIR_PORT to a free port" in sentence


def test_a_taken_site_port_is_told_with_its_variable(tmp_path):
    port = free_port_pair()
    with taken(port):
        sentence = refusal(environment(tmp_path, site=port))
    assert "which the site needs" in sentence
    assert "set GROUNDWAVE_SITE_PORT to a free port" in sentence


def test_the_port_of_shoutcast_encoders_is_looked_at_too(tmp_path):
    port = free_port_pair()
    with taken(port + 1):
        sentence = refusal(environment(tmp_path, air=port))
    assert f"Port {port + 1}" in sentence
    assert "GROUNDWAVE_AIR_PORT" in sentence


def test_the_two_halves_cannot_have_the_same_port(tmp_path):
    port = free_port_pair()
    assert "both want port" in refusal(environment(tmp_path, air=port, site=port))
    assert "both want port" in refusal(environment(tmp_path, air=port, site=port + 1))


def test_the_last_port_leaves_no_room_for_the_next(tmp_path):
    assert "65534 or less" in refusal(environment(tmp_path, air=65535))


@pytest.mark.parametrize("bind", ["192.0.2.77", "no such host", "256.1.1.1"])
def test_an_address_that_is_not_ours_names_the_variable(tmp_path, bind):
    assert "set GROUNDWAVE_BIND" in refusal(environment(tmp_path, bind=bind))


def test_a_part_that_is_just_ending_is_waited_for(tmp_path, program, keep, lines, hand):
    port = free_port_pair()
    keep(
        program(
            "ending",
            "import socket, time",
            "door = socket.socket()",
            f"door.bind(('127.0.0.1', {port}))",
            "door.listen()",
            "print('open')",
            "time.sleep(600)",
        )
    )
    lines.until("ending", "open")
    found = environment(tmp_path, air=port)
    assert "is taken by" in refusal(found)

    threading.Timer(1, os.close, [hand[0]]).start()

    wait_for_ports(found)


def test_somebody_else_s_program_is_not_waited_for(tmp_path):
    port = free_port_pair()
    with taken(port), pytest.raises(PortUnusable):
        wait_for_ports(environment(tmp_path, air=port))
