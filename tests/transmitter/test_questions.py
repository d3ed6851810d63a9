from __future__ import annotations

import json

import pytest

from equipment.callers import ask, basic
from equipment.transmitters import ADMIN_PASSWORD, key_for
from groundwave.patchbay.messages import Role
from groundwave.transmitter.daemon import Transmitter


ADMIN = basic("admin", ADMIN_PASSWORD)
FORGED = [
    pytest.param("Sec-Fetch-Site: cross-site", id="another site"),
    pytest.param("Sec-Fetch-Site: same-site", id="another port"),
    pytest.param("Origin: http://elsewhere.example", id="another origin"),
    pytest.param("Origin: null", id="a hidden origin"),
]
OWN = [
    pytest.param("Sec-Fetch-Site: none", id="typed"),
    pytest.param("Sec-Fetch-Site: same-origin", id="own page"),
    pytest.param("Origin: http://radio.example:8000", id="own origin"),
]
ACTS = [
    "killsource?mount=/kgnd.mp3",
    "killsource.xsl?mount=/kgnd.mp3",
    "killclient?mount=/kgnd.mp3&id=1",
    "metadata?mode=updinfo&mount=/kgnd&song=Hoax",
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("header", FORGED)
async def test_a_page_of_another_site_cannot_act_with_a_remembered_password(
    house: Transmitter, connect, act: str, header: str
):
    _, source = await connect()
    house.stations["kgnd"].on_air = Role.MAIN
    house.stations["kgnd"].entitle(source, "Odetta")
    login = basic("source", key_for(Role.MAIN)) if "metadata" in act else ADMIN
    answer = await ask(
        house.port, f"GET /admin/{act}", login, "Host: radio.example:8000", header
    )
    assert answer.status == 403
    assert "type the address" in answer.text
    assert house.stations["kgnd"].sources[Role.MAIN].title == "Odetta"


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("header", OWN)
async def test_whoever_asks_for_it_in_a_browser_may_act(
    house: Transmitter, connect, act: str, header: str
):
    await connect()
    login = basic("source", key_for(Role.MAIN)) if "metadata" in act else ADMIN
    answer = await ask(
        house.port, f"GET /admin/{act}", login, "Host: radio.example:8000", header
    )
    assert answer.status == 200


async def test_without_a_host_no_origin_is_its_own(house: Transmitter):
    answer = await ask(
        house.port, "GET /admin/killsource?mount=/kgnd HTTP/1.0", ADMIN, "Origin: null"
    )
    assert answer.status == 403


async def test_any_page_may_ask_what_was_playing(house: Transmitter, connect):
    _, source = await connect()
    house.stations["kgnd"].on_air = Role.MAIN
    house.stations["kgnd"].entitle(source, "Odetta")
    answer = await ask(house.port, "GET /kgnd/titles.json")
    assert answer.status == 200
    assert answer.head.headers.get("access-control-allow-origin") == "*"
    told = json.loads(answer.text)
    assert (told["station"], told["titles"][0]["title"]) == ("kgnd", "Odetta")
    unclear = await ask(house.port, "GET /kgnd/titles.json?from=yesterday")
    assert unclear.status == 400
    assert "write it with its time zone" in unclear.text
