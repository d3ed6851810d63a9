"""SHOUTcast, libshout's poke, chunked uploads, and encoders whose settings are wrong."""

from __future__ import annotations

import base64
import socket
from itertools import pairwise

import pytest

from equipment.ears import Ear, tones
from equipment.encoders import (
    VECTORS,
    ChunkedEncoder,
    FfmpegEncoder,
    HastyFfmpegEncoder,
    HastyOpusEncoder,
    LiquidsoapShoutcastEncoder,
    PokingEncoder,
    RawEncoder,
    ShoutcastEncoder,
    mp3_frames,
)
from equipment.transmitters import (
    Desk,
    Page,
    Transmitter,
    eventually,
    key_for,
    kgnd,
    kgnd_without_standby,
)
from groundwave.patchbay.messages import Attempt, Role, StationLine


pytestmark = pytest.mark.journey

TONE = 440


@pytest.fixture
def line() -> StationLine:
    """Whoever is a little slow to connect finds no standby sound before theirs."""
    return kgnd_without_standby()


@pytest.fixture
def desk(transmitter: Transmitter, use) -> Desk:
    return use(Desk(transmitter))


def hears_the_tone(ear: Ear) -> bool:
    return {tone for tone, _ in tones(ear.sounds())} == {TONE}


def titles_as_sent_by(vector: str, transmitter: Transmitter) -> bytes:
    """Send the title request that an encoder was recorded to send."""
    request = (VECTORS / "icecast" / vector).read_bytes()
    request = request.replace(b"hackme", key_for(Role.MAIN).encode())
    with socket.create_connection(("127.0.0.1", transmitter.port)) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        answer = b""
        while data := sock.recv(4096):
            answer += data
    return answer


def test_a_shoutcast_encoder_goes_on_air_and_changes_the_title(
    transmitter: Transmitter, page: Page, use
):
    encoder = use(ShoutcastEncoder(transmitter, tone=TONE))
    assert encoder.answer == b"OK2\r\nicy-caps:11\r\n\r\n"
    page.until("on_air", role="main")
    ear = use(Ear(transmitter))
    answer = titles_as_sent_by("liquidsoap-2.1.3/shoutcast-title.bin", transmitter)
    assert b"Metadata update successful" in answer
    ear.until_title("Sigur Rós - Hoppípolla")
    ear.close()
    assert hears_the_tone(ear)


def test_liquidsoap_goes_on_air_by_shoutcasts_protocol(
    transmitter: Transmitter, page: Page, use
):
    use(LiquidsoapShoutcastEncoder(transmitter, tone=TONE))
    page.until("on_air", role="main", seconds=25)
    ear = use(Ear(transmitter))
    ear.hear_for(8)  # it starts slowly, and standby is in the burst
    ear.close()
    assert tones(ear.sounds())[-1][0] == TONE


def test_libshout_pokes_and_goes_on_air_on_the_same_connection(
    transmitter: Transmitter, page: Page, use
):
    encoder = use(PokingEncoder(transmitter, tone=TONE))
    assert encoder.poke_answer.startswith(b"HTTP/1.0 401 ")
    assert b"\r\nAllow: GET, PUT, OPTIONS, SOURCE\r\n" in encoder.poke_answer
    assert encoder.answer == b"HTTP/1.1 100 Continue\r\n\r\n"
    page.until("on_air", role="main")
    ear = use(Ear(transmitter))
    ear.hear_for(4)
    ear.close()
    assert hears_the_tone(ear)


def test_a_chunked_upload_passes_through_bit_for_bit(
    transmitter: Transmitter, page: Page, use
):
    encoder = use(ChunkedEncoder(transmitter, tone=TONE))
    assert encoder.answer == b"HTTP/1.1 100 Continue\r\n\r\n"
    page.until("on_air", role="main")
    ear = use(Ear(transmitter))
    ear.hear_for(2)
    ear.close()
    encoder.close()
    assert bytes(ear.audio) in b"".join(encoder.sent)


@pytest.mark.parametrize("line", [kgnd()], ids=["with standby"])
@pytest.mark.parametrize("kind", [HastyFfmpegEncoder, HastyOpusEncoder])
def test_a_source_faster_than_real_time_is_made_to_wait(
    kind: type[FfmpegEncoder], transmitter: Transmitter, page: Page, use
):
    page.until("on_air", role="standby", seconds=20)
    use(Ear(transmitter)).hear_for(2)  # some burst is there for the next one
    ear = use(Ear(transmitter))
    ear.hear_for(2)
    use(kind(transmitter, tone=TONE))
    page.until("on_air", role="main")
    ear.hear_for(16)
    ear.close()
    most_ahead = max(
        had / 16_000 - (at - ear.arrivals[0][0]) for at, had in ear.arrivals
    )
    assert most_ahead < 4 + 13  # the burst, what a source may be ahead, one read
    assert not ear.ended.is_set()
    assert ear.longest_dry_spell() == 0
    heard = tones(ear.sounds())
    assert heard[-1][0] == TONE, heard
    assert heard[-1][1] > 8
    assert_at_normal_speed(ear)


def assert_at_normal_speed(ear: Ear) -> None:
    """A wave cycle is as long as it was."""
    sounding = [sound for sound in ear.sounds()[-50:] if sound.rms > 100]
    assert all(
        abs(after.hertz - before.hertz) <= 20 for before, after in pairwise(sounding)
    )


def test_a_bitrate_that_lies_is_conformed_down_and_its_owner_is_told(
    transmitter: Transmitter, page: Page, desk: Desk, use
):
    use(
        RawEncoder(
            transmitter,
            tone=TONE,
            kbps=320,
            headers=(
                "ice-bitrate: 128",
                "ice-audio-info: ice-bitrate=128;ice-channels=2;ice-samplerate=44100",
            ),
        )
    )
    page.until("on_air", role="main")
    ear = use(Ear(transmitter))
    ear.hear_for(4)
    ear.close()
    assert hears_the_tone(ear)
    seconds = len(ear.sounds()) / 10
    assert len(ear.audio) / 125 / seconds == pytest.approx(128, rel=0.05)
    (advice,) = [a for a in desk.status().attempts if a.outcome == "bitrate_lies"]
    assert "announces 128 kbit/s and sends 320" in advice.sentence


# --- what is not sound -------------------------------------------------------------

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 300
PAGE = b"<!DOCTYPE html>\n<html><head><title>Login</title></head></html>\n" * 500


class Sender:
    """Goes on air and sends *data*, whatever it is, until it is sent away."""

    def __init__(self, transmitter: Transmitter, data: bytes) -> None:
        self._encoder = RawEncoder(transmitter)
        self._sock = socket.create_connection(("127.0.0.1", transmitter.port))
        assert b" 200 " in self._encoder._greet(self._sock)
        self._sock.sendall(data)

    def close(self) -> None:
        self._sock.close()

    def is_sent_away(self) -> bool:
        self._sock.settimeout(15)
        try:
            return self._sock.recv(1) == b""
        except ConnectionResetError:
            return True


def complaint(desk: Desk) -> Attempt:
    attempts = desk.status().attempts
    return next(a for a in reversed(attempts) if a.outcome != "accepted")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(JPEG, "a JPEG picture", id="a picture"),
        pytest.param(PAGE, "a web page", id="a page"),
        pytest.param(bytes(range(255)) * 400, "no known kind of audio", id="noise"),
    ],
)
def test_what_is_not_sound_ends_in_an_attempt_that_says_what_to_do(
    transmitter: Transmitter, desk: Desk, use, data: bytes, words: str
):
    sender = use(Sender(transmitter, data))
    assert sender.is_sent_away()
    attempt = complaint(desk)
    assert attempt.outcome == "not_audio"
    assert words in attempt.sentence
    assert "connect again" in attempt.sentence
    assert (attempt.mount, attempt.agent) == ("/kgnd", "raw")


def test_last_words_and_a_reset_that_come_together_are_both_noticed(
    transmitter: Transmitter, desk: Desk
):
    """As ffmpeg's old mode leaves: the answer unread, a chunk's end, a reset."""
    login = base64.b64encode(f"source:{key_for(Role.MAIN)}".encode()).decode()
    with socket.create_connection(("127.0.0.1", transmitter.port)) as encoder:
        encoder.sendall(
            f"SOURCE /kgnd HTTP/1.0\r\nAuthorization: Basic {login}\r\n"
            "Content-Type: audio/mpeg\r\n\r\n".encode()
        )
        encoder.sendall(b"".join(frame.data for frame in mp3_frames(TONE)[:80]))
        eventually(lambda: Role.MAIN in connected(desk))
        encoder.sendall(b"0\r\n\r\n")
    eventually(lambda: Role.MAIN not in connected(desk), seconds=3)


def connected(desk: Desk) -> set[Role]:
    (station,) = desk.status().stations
    return {source.role for source in station.sources if source.connected}
