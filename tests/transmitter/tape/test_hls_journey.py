"""The tape as others hear it: ffmpeg plays it over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.tape.deck import Deck
from groundwave.transmitter.tape.recorder import Recorder


pytestmark = pytest.mark.journey

FRAME = 1024 / 44100
FULL = 215


@asynccontextmanager
async def served(deck: Deck, now: float) -> AsyncIterator[str]:
    """The least HTTP that plays: one request a connection."""

    async def answer(reader, writer) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        address = urlsplit(request.split()[1])
        path = [unquote(part) for part in address.path.strip("/").split("/")]
        reply = await deck.respond(path, dict(parse_qsl(address.query)), now)
        head = f"HTTP/1.1 {reply.status} -\r\nContent-Type: {reply.content_type}\r\n"
        head += f"Content-Length: {len(reply.body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + reply.body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture
def tape(sound, tone, tmp_path):
    """A tape with real sound: *parts* begin at an offset in seconds and last a while."""

    @asynccontextmanager
    async def recorded(
        *parts: tuple[float, int], titles: tuple[str, ...] = ()
    ) -> AsyncIterator[Deck]:
        recorder = Recorder(
            tmp_path / "kgnd",
            sound.renditions,
            window_seconds=3600,
            keep_hours=24,
            now=sound.noon,
        )
        for number, title in enumerate(titles):
            recorder.titles.note(title, at=sound.noon + 3 * number)
        for offset, seconds in parts:
            for rendition in sound.renditions:
                stamped = [
                    StampedFrame(frame, sound.noon + offset + i * FRAME)
                    for i, frame in enumerate(tone(rendition.bitrate_kbps, seconds))
                ]
                recorder.append(rendition.name, stamped)
        await recorder.close()
        yield Deck(recorder, station="kgnd")

    return recorded


async def heard(url: str, *arguments: str, complains_of: str = "warning") -> float:
    """Seconds of sound that ffmpeg decodes from *url* without a complaint."""
    process = await asyncio.create_subprocess_exec(
        *("ffmpeg", "-v", complains_of, *arguments, "-i", url),
        *("-map", "0:a:0", "-f", "s16le", "-ac", "1", "-ar", "44100", "-"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    sound, complaints = await process.communicate()
    assert complaints.decode() == ""
    assert process.returncode == 0
    return len(sound) / 2 / 44100


async def test_a_span_plays_for_as_long_as_it_lasts(tape, sound):
    async with tape((0, 30)) as deck, served(deck, sound.noon + 60) as url:
        start = sound.noon + 2 * FULL * FRAME
        query = f"from={start:.3f}&to={start + 3 * FULL * FRAME:.3f}"

        for playlist in ("tape.m3u8", "high/tape.m3u8", "low/tape.m3u8"):
            assert await heard(f"{url}/{playlist}?{query}") == pytest.approx(
                3 * FULL * FRAME, abs=0.05
            )


async def test_the_whole_tape_plays_to_its_last_frame(tape, tone, sound):
    async with tape((0, 12)) as deck, served(deck, sound.noon + 60) as url:
        recorded = len(tone(128, 12)) * FRAME

        assert await heard(
            f"{url}/high/tape.m3u8?from={sound.noon}&to={sound.noon + 20}"
        ) == pytest.approx(recorded, abs=0.05)


async def test_a_gap_on_the_air_is_no_gap_in_the_sound(tape, tone, sound):
    """After a discontinuity a player goes on with what comes next."""
    async with tape((0, 12), (600, 12)) as deck, served(deck, sound.noon + 700) as url:
        recorded = 2 * len(tone(128, 12)) * FRAME

        assert await heard(
            f"{url}/low/tape.m3u8?from={sound.noon}&to={sound.noon + 650}"
        ) == pytest.approx(recorded, abs=0.1)


async def test_live_plays(tape, sound):
    async with tape((0, 30)) as deck, served(deck, sound.noon + 30) as url:
        # It warns of the init segment it reads again when it reloads the playlist.
        seconds = await heard(f"{url}/live.m3u8", "-t", "8", complains_of="error")
        assert seconds == pytest.approx(8, abs=0.1)


async def test_no_title_is_in_the_way_of_the_sound(tape, tone, sound):
    hostile = ('x"\n#EXT-X-ENDLIST\n"', "#EXTM3U", "Ljós, =\u2028\x00", "a" * 4000)
    async with (
        tape((0, 30), titles=hostile) as deck,
        served(deck, sound.noon + 60) as url,
    ):
        span = f"{url}/high/tape.m3u8?from={sound.noon}&to={sound.noon + 29.9}"
        recorded = len(tone(128, 30)) * FRAME

        assert await heard(span) == pytest.approx(recorded, abs=0.05)


async def test_ffprobe_knows_what_the_renditions_are(tape, sound):
    async with tape((0, 12)) as deck, served(deck, sound.noon + 60) as url:
        probe = await asyncio.create_subprocess_exec(
            *("ffprobe", "-v", "warning", "-of", "json", "-show_streams"),
            *(
                "-show_programs",
                f"{url}/tape.m3u8?from={sound.noon}&to={sound.noon + 9}",
            ),
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await probe.communicate()
        found = json.loads(output)

    assert [
        (stream["codec_name"], stream["profile"], stream["sample_rate"])
        for stream in found["streams"]
    ] == [("aac", "LC", "44100")] * 2
    assert [
        int(program["tags"]["variant_bitrate"]) for program in found["programs"]
    ] == [162500, 62500]


async def test_an_hour_s_file_plays_by_itself(tape, tone, sound, tmp_path):
    """Whoever finds the disk needs no Groundwave: init and data, one after the other."""
    async with tape((0, 12)):
        folder = tmp_path / "kgnd"
        (init,) = folder.glob("*.mp4")
        (data,) = (folder / "high").glob("*.m4s")
        whole = tmp_path / "hour.mp4"
        whole.write_bytes(init.read_bytes() + data.read_bytes())

    assert await heard(str(whole)) == pytest.approx(
        len(tone(128, 12)) * FRAME, abs=0.05
    )
