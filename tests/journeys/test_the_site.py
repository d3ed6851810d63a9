"""What the site's coming, going and changing its mind does to the air: nothing."""

from __future__ import annotations

import pytest

from equipment.ears import Ear, tones
from equipment.encoders import RawEncoder
from equipment.transmitters import (
    Desk,
    Page,
    Transmitter,
    eventually,
    kgnd,
    lineup_of,
    running,
)
from groundwave.patchbay.messages import (
    Codec,
    ListeningSession,
    MountLine,
    Role,
    SessionsEnded,
    SessionsKept,
    SourceDisconnected,
    SourceHeld,
)


pytestmark = pytest.mark.journey

MAIN, BACKUP = 440, 880


def listened(transmitter: Transmitter, agent: str, use) -> None:
    """Listen for a moment, and leave."""
    ear = use(Ear(transmitter, agent=agent))
    ear.until_bytes(1000)
    ear.close()


def offered(desk: Desk) -> SessionsEnded:
    return desk.until(SessionsEnded, seconds=20)


def agents(sessions: tuple[ListeningSession, ...]) -> list[str]:
    return [session.agent for session in sessions]


def test_sessions_reach_the_site_whoever_is_killed_meanwhile(
    transmitter: Transmitter, page: Page, use
):
    source = use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(1)
    listened(transmitter, "Miriam", use)  # the site has never been there

    desk = use(Desk(transmitter))
    desk.publish(lineup_of(kgnd()))
    first = offered(desk)
    while "Miriam" not in agents(first.sessions):
        desk.send(SessionsKept(batch=first.batch))
        first = offered(desk)
    transmitter.kill()  # the site has not said that it has kept them
    source.close()
    transmitter.start()

    desk = use(Desk(transmitter))
    desk.publish(lineup_of(kgnd()))
    again = offered(desk)
    ids = {session.id for session in again.sessions}
    assert {session.id for session in first.sessions} <= ids
    desk.send(SessionsKept(batch=again.batch))
    desk.close()  # and the site goes away

    use(RawEncoder(transmitter, tone=MAIN))
    eventually(lambda: transmitter.on_air() == "main")
    listened(transmitter, "Sam", use)
    eventually(lambda: b'"Sam"' in ledger(transmitter))
    transmitter.kill()
    transmitter.start()

    desk = use(Desk(transmitter))
    desk.publish(lineup_of(kgnd()))
    last = offered(desk)
    assert "Sam" in agents(last.sessions)
    assert "Miriam" not in agents(last.sessions)
    sam = next(session for session in last.sessions if session.agent == "Sam")
    assert (sam.station, sam.mount) == ("kgnd", "/kgnd.mp3")
    assert sam.bytes_sent >= 1000
    assert sam.started_at <= sam.ended_at


def ledger(transmitter: Transmitter) -> bytes:
    """What has reached the disk."""
    folder = transmitter.data / "transmitter" / "ledger"
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_a_new_line_up_reaches_those_it_concerns_and_nobody_else(
    transmitter: Transmitter, page: Page, use
):
    desk = use(Desk(transmitter))
    main = use(RawEncoder(transmitter, tone=MAIN))
    use(RawEncoder(transmitter, Role.BACKUP, tone=BACKUP))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(3)  # some burst is there for the next one
    ear = use(Ear(transmitter))
    ear.hear_for(3)

    kxyz = kgnd(
        slug="kxyz",
        name="KXYZ",
        mounts=(MountLine(path="/kxyz.mp3", codec=Codec.MP3),),
    )
    desk.publish(lineup_of(kgnd(), kxyz, edition=2))
    use(RawEncoder(transmitter, tone=MAIN, request="SOURCE /kxyz HTTP/1.0"))
    other = use(Ear(transmitter, "/kxyz.mp3"))
    eventually(lambda: transmitter.on_air("kxyz") == "main")

    keys = tuple(key for key in kgnd().keys if key.role is not Role.MAIN)
    desk.publish(lineup_of(kgnd(keys=keys), kxyz, edition=3))
    gone = desk.until(SourceDisconnected)
    assert (gone.station, gone.role) == ("kgnd", Role.MAIN)
    assert gone.reason == "Its source key was revoked."
    assert main.ended.wait(5)
    page.until("on_air", role="backup")
    refused = use(RawEncoder(transmitter, tone=MAIN))
    assert b" 401 " in refused.answer
    ear.hear_for(4)

    desk.publish(lineup_of(kgnd(keys=keys), edition=4))
    assert other.ended.wait(5)
    ear.hear_for(2)
    assert not ear.ended.is_set()
    assert ear.longest_dry_spell() == 0
    assert [tone for tone, _ in tones(ear.sounds(), since=MAIN)] == [MAIN, BACKUP]
    assert [tone for tone, _ in tones(other.sounds())][-1:] == [MAIN]


def test_a_person_switches_by_hand_and_gives_the_air_back(
    transmitter: Transmitter, page: Page, use
):
    desk = use(Desk(transmitter))
    use(RawEncoder(transmitter, tone=MAIN))
    use(RawEncoder(transmitter, Role.BACKUP, tone=BACKUP))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(3)
    ear = use(Ear(transmitter))
    ear.hear_for(3)

    desk.send(SourceHeld(station="kgnd", role=Role.BACKUP, by="Odetta"))
    page.until("on_air", role="backup", seconds=5)
    ear.hear_for(2)
    assert desk.status().stations[0].held is Role.BACKUP
    desk.send(SourceHeld(station="kgnd", role=None, by="Odetta"))
    page.until("on_air", role="main")
    ear.hear_for(2)

    assert [tone for tone, _ in tones(ear.sounds(), since=MAIN)] == [
        MAIN,
        BACKUP,
        MAIN,
    ]
    assert ear.longest_dry_spell() == 0


def test_without_a_site_the_transmitter_starts_from_the_line_up_on_disk(tmp_path, use):
    with running(tmp_path) as transmitter:
        desk = use(Desk(transmitter))
        desk.publish(lineup_of(kgnd(name="KGND News"), edition=5))
        desk.close()
        transmitter.kill()
        transmitter.start()
        assert transmitter.health()["edition"] == 5
        assert "KGND News" in use(Ear(transmitter)).head.headers.get("icy-name")

        # What a power cut may leave of a file; the copy before it is kept.
        lineup = tmp_path / "transmitter" / "lineup.json"
        lineup.write_bytes(lineup.read_bytes()[:100])
        transmitter.kill()
        transmitter.start()
        source = use(RawEncoder(transmitter, tone=MAIN))
        assert b" 200 " in source.answer
        eventually(lambda: transmitter.on_air() == "main")
        assert transmitter.health()["edition"] == 5
