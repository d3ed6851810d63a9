from __future__ import annotations

from urllib.parse import urlsplit

from groundwave.stations.address import Socket
from groundwave.stations.encoders import encoder_helps
from groundwave.stations.keys import new_key


KEY = new_key()
HELPS = {
    each.name: each
    for each in encoder_helps(
        "kgnd", 'KGND "the #{wave}"', KEY, Socket("air.kgnd.example", 8000)
    )
}


def test_every_encoder_is_told_host_port_mount_and_key():
    for each in HELPS.values():
        said = each.text or " ".join(value for _, value in each.fields)
        for fact in ("air.kgnd.example", "8000", "kgnd", KEY):
            assert fact in said, each.name


def test_ffmpegs_address_can_be_taken_apart_again():
    parts = urlsplit(HELPS["ffmpeg"].text.split()[-1])

    assert (parts.username, parts.password) == ("source", KEY)
    assert (parts.hostname, parts.port, parts.path) == (
        "air.kgnd.example",
        8000,
        "/kgnd",
    )


def test_a_name_cannot_break_out_of_liquidsoaps_script():
    assert r'name="KGND \"the \#{wave}\"",' in HELPS["Liquidsoap"].text
