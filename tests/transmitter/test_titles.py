from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from equipment.callers import Answer, Dial, ask, basic, written
from equipment.transmitters import key_for, kgnd_without_standby, lineup_of
from groundwave.patchbay.messages import Role
from groundwave.transmitter.daemon import Transmitter
from groundwave.wire.icy import metadata_block


VECTORS = Path(__file__).parents[1] / "vectors" / "icecast"
MAIN = key_for(Role.MAIN)

DONE = "<message>Metadata update successful</message><return>1</return>"


async def send_title(
    house: Transmitter, query: str, *, role: Role = Role.MAIN
) -> Answer:
    return await ask(
        house.port,
        f"GET /admin/metadata?mode=updinfo&{query}",
        basic("source", key_for(role)),
    )


def on_air(house: Transmitter, role: Role) -> None:
    house.stations["kgnd"].on_air = role


@pytest.mark.parametrize(
    ("sent", "title"),
    [
        ("song=Plain%20ASCII", "Plain ASCII"),
        ("song=Plus+is+a+space", "Plus is a space"),
        ("song=" + quote("Żółta Łódź"), "Żółta Łódź"),
        ("song=" + quote("Grüße", encoding="latin-1"), "Grüße"),
        ("song=" + quote("“Smart”", encoding="cp1252"), "“Smart”"),
        ("song=" + quote("Ωδή", encoding="iso-8859-7") + "&charset=iso-8859-7", "Ωδή"),
        ("song=" + quote("Grüße") + "&charset=nonsense", "Grüße"),
        ("artist=Odetta&title=Vatn", "Odetta - Vatn"),
        ("title=Vatn", "Vatn"),
        ("song=-", "-"),
        ("song=1999", "1999"),
        ("song=", ""),
        ("song=A%0d%0aB%00C", "A B C"),
        ("song=" + "a" * 3000, "a" * 512),
        ("song=100%", "100%"),
    ],
)
async def test_a_title_is_shown_as_it_was_meant(
    house: Transmitter, connect, sent: str, title: str
):
    await connect()
    on_air(house, Role.MAIN)
    answer = await send_title(house, f"mount=/kgnd&{sent}")
    assert answer.status == 200
    assert DONE in answer.text
    assert house.stations["kgnd"].title == title
    shown = metadata_block(title or "KGND 89.3")
    reel = house.stations["kgnd"].mounts["/kgnd.mp3"].reel
    assert reel.title_at(reel.end) == shown


async def test_raw_bytes_in_the_request_line_are_read(
    house: Transmitter, connect, dial: Dial
):
    """BUTT quotes nothing, and leaves without reading the answer."""
    await connect()
    on_air(house, Role.MAIN)
    for raw in ("Ódetta - Vatn".encode(), "Ódetta - Vatn".encode("latin-1")):
        caller = await dial(
            house.port,
            b"GET /admin/metadata?mode=updinfo&mount=/kgnd&song=" + raw + b" HTTP/1.0"
            b"\r\n" + basic("source", MAIN).encode() + b"\r\n\r\n",
        )
        assert DONE in (await caller.hear()).text
        assert house.stations["kgnd"].title == "Ódetta - Vatn"


async def test_a_station_says_what_its_encoders_speak_when_they_do_not(
    house: Transmitter, connect
):
    line = kgnd_without_standby(charset="windows-1250")
    await house.take_lineup(lineup_of(line, edition=2))
    await connect()
    on_air(house, Role.MAIN)
    await send_title(house, "mount=/kgnd&song=" + quote("Łódź", encoding="cp1250"))
    assert house.stations["kgnd"].title == "Łódź"


async def test_a_title_may_be_posted(house: Transmitter, connect, dial: Dial):
    await connect()
    on_air(house, Role.MAIN)
    form = b"mode=updinfo&mount=%2Fkgnd&song=From+a+form"
    request = written(
        "POST /admin/metadata",
        basic("source", MAIN),
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(form)}",
    )
    caller = await dial(house.port, request + form)
    assert DONE in (await caller.hear()).text
    assert house.stations["kgnd"].title == "From a form"


@pytest.mark.parametrize(
    "name",
    [
        "liquidsoap-2.1.3/title.bin",
        "liquidsoap-2.1.3/shoutcast-title.bin",
        "liquidsoap-2.1.3/shoutcast-title-with-mount.bin",
        "libshout-2.4.6/4-title.bin",
        "libshout-2.4.6/shoutcast-3-title.bin",
        "butt-0.1.37/title.bin",
        "butt-0.1.37/shoutcast-title.bin",
    ],
)
async def test_what_encoders_really_send_changes_the_title(
    house: Transmitter, connect, dial: Dial, name: str
):
    await connect()
    on_air(house, Role.MAIN)
    recorded = (VECTORS / name).read_bytes()
    login = basic("source", MAIN).encode()
    request = recorded.replace(basic("source", "hackme").encode(), login)
    request = request.replace(b"hackme", MAIN.encode())
    caller = await dial(house.port, request)
    assert DONE in (await caller.hear()).text
    title = house.stations["kgnd"].title
    assert title.startswith(("Sigur Rós - Hoppípolla", "Ódetta - Vatn"))


async def test_the_title_of_a_source_that_waits_is_shown_when_it_is_heard(
    house: Transmitter, connect
):
    await connect(Role.MAIN)
    _, backup = await connect(Role.BACKUP)
    on_air(house, Role.MAIN)
    await send_title(house, "mount=/kgnd&song=Now", role=Role.MAIN)
    await send_title(house, "mount=/kgnd&song=Later", role=Role.BACKUP)
    assert house.stations["kgnd"].title == "Now"
    assert backup.title == "Later"


async def test_without_its_source_a_title_is_answered_as_icecast_does(
    house: Transmitter,
):
    answer = await send_title(house, "mount=/kgnd&song=Nobody")
    assert answer.status == 200
    assert "<message>Source is not connected</message><return>0</return>" in answer.text


@pytest.mark.parametrize(
    ("request_line", "headers", "status", "words"),
    [
        ("mount=/kgnd&song=X", (), 401, "Send your source key with the title"),
        (
            "mount=/kgnd&song=X",
            (basic("source", "wrong"),),
            401,
            "copy the whole source key",
        ),
        (
            "mount=/elsewhere&song=X",
            (basic("source", "wrong"),),
            401,
            "copy the whole source key",
        ),
        ("mount=/kgnd", (basic("source", MAIN),), 400, "carries no title"),
    ],
)
async def test_a_title_that_cannot_be_taken_is_refused_in_words(
    house: Transmitter,
    connect,
    request_line: str,
    headers: tuple[str, ...],
    status: int,
    words: str,
):
    await connect()
    on_air(house, Role.MAIN)
    answer = await ask(
        house.port, f"GET /admin/metadata?mode=updinfo&{request_line}", *headers
    )
    assert answer.status == status
    assert words in answer.text
    assert house.stations["kgnd"].title == ""
