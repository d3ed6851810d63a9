"""What is shown belongs to what is heard: titles, live and on the tape."""

from __future__ import annotations

import base64
import json
import subprocess
import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

import groundwave.delivery
from equipment.browsers import visitor
from equipment.ears import Sound, sounds_of
from equipment.encoders import RawEncoder, mp3_frames, program
from equipment.transmitters import (
    Page,
    Transmitter,
    eventually,
    kgnd,
    running,
)
from groundwave.patchbay.messages import Role
from groundwave.wire.hls.playlist import MediaPlaylist
from groundwave.wire.hls.reading import parse_media_playlist


pytestmark = pytest.mark.journey

HLS_JS = (
    Path(groundwave.delivery.__file__).parent / "static/vendor/hls.js/hls.light.min.js"
)
# The library alone, told nothing but the address.
PLAY = """
    async ([library, url]) => {
        const {default: Hls} = await import(library);
        const hls = (window.hls = new Hls({enableWorker: false}));
        const audio = document.body.appendChild(document.createElement("audio"));
        audio.addEventListener("playing", () => {
            window.begun ??= hls.playingDate.getTime() / 1000;
        });
        document.addEventListener("click", () => audio.play());
        hls.loadSource(url);
        hls.attachMedia(audio);
    }
"""
TITLES_THERE = """
    () => Object.values(window.hls.levels[window.hls.currentLevel].details.dateRanges)
        .map((said) => [said.startDate.getTime() / 1000, said.attr["X-TITLE"]])
"""

LOW, HIGH, MIDDLE, BACKUP = 440, 880, 660, 1320
# Decoding and encoding delay sound by a tenth of a second; an ear has that grain too.
EAR_ACCURATE = 0.35


def titles(transmitter: Transmitter, query: str = "") -> list[tuple[float, str]]:
    told = json.loads(transmitter.get(f"/kgnd/titles.json{query}"))
    assert told["station"] == "kgnd"
    return [(unix(title["at"]), title["title"]) for title in told["titles"]]


def wall() -> float:
    return time.time()  # noqa: TID251


def unix(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()


def live(transmitter: Transmitter) -> MediaPlaylist | None:
    try:
        text = transmitter.get("/kgnd/high/live.m3u8").decode()
    except OSError:
        return None
    return parse_media_playlist(text)


def ends_at(playlist: MediaPlaylist) -> float:
    """When the newest sound of a playlist ends, as a player adds it up."""
    at = 0.0
    for segment in playlist.segments:
        if segment.program_date_time:
            at = segment.program_date_time.timestamp()
        at += segment.duration
    return at


def is_recorded(transmitter: Transmitter, until: float) -> bool:
    playlist = live(transmitter)
    return playlist is not None and ends_at(playlist) >= until


def changes(transmitter: Transmitter, start: float, end: float) -> list[float]:
    """When another tone is heard on that span of the tape."""
    path = f"/kgnd/high/tape.m3u8?from={start:.3f}&to={end:.3f}"
    playlist = parse_media_playlist(transmitter.get(path).decode())
    first = playlist.segments[0].program_date_time
    assert first
    wave = subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error"),
            *("-i", transmitter.url + path, "-ac", "1", "-ar", "44100"),
            *("-f", "wav", "-"),
        ],
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout
    heard = [s for s in sounds_of(wave, "wav") if tone_of(s)]
    return [
        first.timestamp() + after.at
        for before, after in pairwise(heard)
        if tone_of(before) != tone_of(after)
    ]


def tone_of(sound: Sound) -> int:
    """The tone nearest by; 0 where two of them are mixed."""
    near = (t for t in (LOW, MIDDLE, HIGH, BACKUP) if abs(sound.hertz - t) < 40)
    return next(near, 0)


def said_in(playlist: MediaPlaylist) -> list[tuple[float, str]]:
    return [
        (said.start.timestamp(), said.attributes["X-TITLE"])
        for segment in playlist.segments
        for said in segment.date_ranges
    ]


@pytest.mark.parametrize("ahead", [0.0, 6.0])
def test_a_title_changes_where_the_sound_does(
    transmitter: Transmitter, page: Page, use, ahead: float
):
    """However far ahead of real time the encoder sends."""
    mp3_frames(HIGH), mp3_frames(MIDDLE)  # made now, so that nobody waits later
    encoder = use(RawEncoder(transmitter, tone=LOW, ahead=ahead))
    page.until("on_air", role="main")
    eventually(lambda: len(encoder.sent) > (ahead + 2) / 0.0262)
    encoder.play(HIGH, "Ottoline Sine - High")
    said_at = wall()
    high = page.until("now_playing", title="Ottoline Sine - High")
    eventually(lambda: wall() > said_at + 4)
    encoder.play(MIDDLE, "Ottoline Sine - Middle")
    middle = page.until("now_playing", title="Ottoline Sine - Middle")
    # A first frame that was late, as on a busy machine, counts as ahead, too.
    assert abs(unix(high["at"]) - said_at - ahead) < 2
    eventually(lambda: is_recorded(transmitter, unix(middle["at"]) + 1), seconds=40)

    *_, first, second = titles(transmitter)
    assert first == (unix(high["at"]), "Ottoline Sine - High")
    assert second == (unix(middle["at"]), "Ottoline Sine - Middle")
    playlist = live(transmitter)
    assert playlist
    assert said_in(playlist)[-2:] == [first, second]
    # Its first segment may still hold the end of standby.
    heard = changes(transmitter, first[0] - 1, second[0] + 1)[-2:]
    assert [at for at, _ in (first, second)] == pytest.approx(heard, abs=EAR_ACCURATE)


def test_another_source_takes_the_air_with_its_own_title(
    transmitter: Transmitter, page: Page, use
):
    backup = use(RawEncoder(transmitter, Role.BACKUP, tone=BACKUP))
    page.until("on_air", role="backup")
    backup.entitle("The Backup Hour")
    main = use(RawEncoder(transmitter, tone=LOW))
    page.until("on_air", role="main")
    main.entitle("Ottoline Sine - Low")
    page.until("now_playing", title="Ottoline Sine - Low")
    eventually(lambda: len(main.sent) > 200)
    main.cut()
    back = page.until("now_playing", title="The Backup Hour")
    eventually(lambda: is_recorded(transmitter, unix(back["at"]) + 1), seconds=40)

    *_, (main_at, _), last = titles(transmitter)
    assert last == (unix(back["at"]), "The Backup Hour")
    heard = changes(transmitter, main_at, last[0] + 1)
    assert [last[0]] == pytest.approx(heard[-1:], abs=EAR_ACCURATE)


def test_a_title_goes_with_its_sound_through_a_relay_by_hls(
    transmitter: Transmitter, page: Page, tmp_path: Path, use
):
    """Another Groundwave relays this one; the playlist says what is playing when."""
    encoder = use(RawEncoder(transmitter, tone=LOW))
    page.until("on_air", role="main")
    encoder.entitle("Ottoline Sine - Low")
    eventually(lambda: live(transmitter) is not None, seconds=40)
    origin = transmitter.url + "/kgnd/live.m3u8"
    with running(tmp_path / "edge", kgnd(keys=(), relays=(origin,))) as edge:
        watched = use(Page(edge))
        watched.until("now_playing", title="Ottoline Sine - Low", seconds=40)
        encoder.play(HIGH, "Ottoline Sine - High")
        told = watched.until("now_playing", title="Ottoline Sine - High", seconds=40)
        at = unix(told["at"])
        eventually(lambda: is_recorded(edge, at + 1), seconds=40)
        heard = changes(edge, at - 2, at + 2)

    assert [at] == pytest.approx(heard[-1:], abs=EAR_ACCURATE)


def test_killed_and_started_again_the_tape_knows_what_was_playing(
    transmitter: Transmitter, page: Page, use
):
    encoder = use(RawEncoder(transmitter, tone=LOW))
    page.until("on_air", role="main")
    encoder.entitle("Ottoline Sine - Low")
    low = unix(page.until("now_playing", title="Ottoline Sine - Low")["at"])
    eventually(lambda: is_recorded(transmitter, low + 1), seconds=40)
    transmitter.kill()
    killed_at = wall()
    transmitter.start()

    # Standby may be on air again already, and says nothing.
    assert (low, "Ottoline Sine - Low") in titles(transmitter)
    use(RawEncoder(transmitter, tone=HIGH))  # whose encoder says no title
    again = use(Page(transmitter))
    again.until("on_air", role="main", seconds=20)
    eventually(lambda: is_recorded(transmitter, killed_at + 3), seconds=40)
    playlist = live(transmitter)
    assert playlist
    *_, was, none = said_in(playlist)
    assert was == (low, "Ottoline Sine - Low")
    assert none[1] == ""
    # Where standby was heard first: it makes up for what was missed lately.
    assert killed_at - 5 < none[0] < killed_at + 5
    assert titles(transmitter)[-2:] == [was, none]


def test_whoever_starts_to_play_gets_sound_of_seconds_ago(
    transmitter: Transmitter, page: Page, use
):
    use(RawEncoder(transmitter, tone=LOW))
    page.until("on_air", role="main")
    eventually(lambda: live(transmitter) is not None, seconds=40)
    ages, until = [], wall() + 12
    while wall() < until:
        playlist = live(transmitter)
        assert playlist
        ages.append(wall() - ends_at(playlist))
        looked_at = wall()
        eventually(lambda since=looked_at: wall() > since + 0.2)

    assert max(ages) < 6


def test_a_show_from_the_top_is_played_as_it_goes_on(
    transmitter: Transmitter, page: Page, use
):
    """Whoever asks in its middle hears its beginning, and then all the rest."""
    use(RawEncoder(transmitter, tone=LOW))
    on_air = page.until("on_air", role="main")
    start = unix(on_air["at"]) + 6
    eventually(lambda: is_recorded(transmitter, start + 6), seconds=30)
    path = f"/kgnd/high/tape.m3u8?from={start:.3f}&to={start + 14:.3f}"
    growing = parse_media_playlist(transmitter.get(path).decode())
    assert (growing.playlist_type, growing.ended) == ("EVENT", False)
    first = growing.segments[0].program_date_time
    assert first
    assert growing.starts_at == pytest.approx(start - first.timestamp(), abs=0.002)
    wave = subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error"),
            *("-prefer_x_start", "1", "-i", transmitter.url + path),
            *("-ac", "1", "-ar", "44100", "-f", "wav", "-"),
        ],
        capture_output=True,
        check=True,
        timeout=90,
    ).stdout

    over = parse_media_playlist(transmitter.get(path).decode())
    assert over.ended
    assert over.segments[: len(growing.segments)] == growing.segments
    lasts = sum(segment.duration for segment in over.segments)
    assert lasts >= 14
    assert len(wave) / 2 / 44100 == pytest.approx(lasts, abs=0.2)


def test_hls_js_begins_a_show_at_its_top_and_knows_its_titles(
    transmitter: Transmitter, page: Page, use
):
    """In the middle of a segment, while the show is still on."""
    encoder = use(RawEncoder(transmitter, tone=LOW))
    on_air = page.until("on_air", role="main")
    start = unix(on_air["at"]) + 4
    encoder.entitle("Ottoline Sine - Low")
    low = page.until("now_playing", title="Ottoline Sine - Low")
    eventually(lambda: is_recorded(transmitter, start + 16), seconds=40)
    url = f"{transmitter.url}/kgnd/tape.m3u8?from={start:.3f}&to={start + 3600:.3f}"
    with visitor() as context:
        tab = context.new_page()
        library = base64.b64encode(HLS_JS.read_bytes()).decode()
        address = f"data:text/javascript;base64,{library}"
        tab.evaluate(PLAY, [address, url])
        tab.mouse.click(1, 1)
        eventually(lambda: tab.evaluate("() => window.begun ?? 0") > 0, seconds=20)
        begun, said = tab.evaluate("() => window.begun"), tab.evaluate(TITLES_THERE)

    assert begun == pytest.approx(start, abs=0.5)
    assert [unix(low["at"]), "Ottoline Sine - Low"] in said
