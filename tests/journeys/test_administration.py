"""What an engineer does with a browser or a script, to a station that is on the air."""

from __future__ import annotations

import base64
import urllib.request
from xml.etree import ElementTree

import pytest

from equipment.ears import Ear, tones
from equipment.encoders import RawEncoder
from equipment.transmitters import (
    ADMIN_PASSWORD,
    Desk,
    Page,
    Transmitter,
    kgnd,
    lineup_of,
)
from groundwave.patchbay.messages import Role, SessionsEnded, SourceDisconnected


pytestmark = pytest.mark.journey

MAIN, BACKUP = 440, 880


def administer(transmitter: Transmitter, path: str) -> ElementTree.Element:
    login = base64.b64encode(f"admin:{ADMIN_PASSWORD}".encode()).decode()
    request = urllib.request.Request(
        f"{transmitter.url}/admin/{path}", headers={"Authorization": f"Basic {login}"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return ElementTree.fromstring(response.read())


def test_one_listener_and_one_source_are_sent_away_and_the_rest_hear_on(
    transmitter: Transmitter, page: Page, use
):
    desk = use(Desk(transmitter))
    desk.publish(lineup_of(kgnd()))
    main = use(RawEncoder(transmitter, tone=MAIN))
    use(RawEncoder(transmitter, Role.BACKUP, tone=BACKUP))
    page.until("on_air", role="main")
    unwanted = use(Ear(transmitter, agent="a robot"))
    unwanted.hear_for(3)
    ear = use(Ear(transmitter))
    ear.hear_for(3)

    listed = administer(transmitter, "listclients?mount=/kgnd.mp3")
    robot = next(
        listener.findtext("ID")
        for listener in listed.iter("listener")
        if listener.findtext("UserAgent") == "a robot"
    )
    administer(transmitter, f"killclient?mount=/kgnd.mp3&id={robot}")
    assert unwanted.ended.wait(5)
    (session,) = desk.until(SessionsEnded).sessions
    assert session.agent == "a robot"

    administer(transmitter, "killsource?mount=/kgnd.mp3")
    assert main.ended.wait(5)
    gone = desk.until(SourceDisconnected)
    assert gone.reason == "An administrator ended the connection."
    page.until("on_air", role="backup")
    ear.hear_for(2)
    assert not ear.ended.is_set()
    heard = [tone for tone, _ in tones(ear.sounds())]
    assert heard[-2:] == [MAIN, BACKUP]  # whoever was first in the burst before
