from __future__ import annotations

import pytest
from rich.console import Console

from groundwave.patchbay.environment import Environment
from groundwave.project.up.told import SiteReady, StationName
from groundwave.project.up.welcome import banner


KGND = StationName("kgnd", "KGND 89.3")
HARBOUR = StationName("harbour", "Radio Harbour")


def said(ready, *, bind="127.0.0.1", live=("kgnd",), **variables):
    environment = Environment.read(
        {
            "GROUNDWAVE_BIND": bind,
            "GROUNDWAVE_SITE_PORT": "8081",
            "GROUNDWAVE_AIR_PORT": "8001",
        }
    )
    console = Console(width=40)
    with console.capture() as captured:
        told = banner(environment, ready, variables, live=live)
        console.print(told, soft_wrap=True)
    return [line.strip() for line in captured.get().splitlines()]


def test_a_new_station_is_told_where_to_go():
    lines = said(SiteReady(welcome="/welcome/abc/", stations=(KGND,)))

    assert "KGND 89.3 is on the air." in lines
    assert "http://localhost:8081/" in lines
    assert "http://localhost:8001/kgnd.mp3" in lines
    assert "http://localhost:8081/welcome/abc/" in lines
    assert any(line.endswith("groundwave source-key kgnd") for line in lines)
    assert "To stop everything, press Ctrl-C here." in lines


@pytest.mark.parametrize(
    ("live", "heading"),
    [
        (["kgnd", "harbour"], "KGND 89.3, Radio Harbour are on the air."),
        (["kgnd"], "KGND 89.3 is on the air. Radio Harbour waits for its encoder."),
        ([], "KGND 89.3, Radio Harbour wait for their encoders."),
    ],
)
def test_only_who_is_on_the_air_is_said_to_be(live, heading):
    assert heading in said(SiteReady("", (KGND, HARBOUR)), live=live)


def test_a_link_is_never_broken_over_two_lines():
    link = "/welcome/" + "x" * 200 + "/"
    assert f"http://localhost:8081{link}" in said(SiteReady(link, (KGND,)))


def test_who_has_an_administrator_is_told_where_to_sign_in():
    lines = said(SiteReady(welcome="", stations=(KGND,)))

    assert "http://localhost:8081/admin/" in lines
    assert not any("once" in line for line in lines)


def test_without_a_station_there_is_nothing_to_listen_to():
    lines = said(SiteReady(welcome="/welcome/abc/", stations=()))

    assert "Groundwave is up, and has no station yet." in lines
    assert not any("listen" in line or "source-key" in line for line in lines)


def test_public_addresses_are_told_where_there_are_some():
    lines = said(
        SiteReady(welcome="", stations=(KGND,)),
        GROUNDWAVE_SITE_URL="https://kgnd.example",
        GROUNDWAVE_AIR_URL="https://air.kgnd.example/",
    )

    assert "https://kgnd.example/" in lines
    assert "https://air.kgnd.example/kgnd.mp3" in lines


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("192.0.2.7", "http://192.0.2.7:8081/"),
        ("2001:db8::7", "http://[2001:db8::7]:8081/"),
    ],
)
def test_an_address_of_its_own_is_the_one_that_is_told(bind, address):
    assert address in said(SiteReady("", (KGND,)), bind=bind)
