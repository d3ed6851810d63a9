"""What interrupts a page's sound is noticed: else no journey of the player could fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from equipment.browsers import Sound, visitor
from equipment.transmitters import eventually


pytestmark = [pytest.mark.journey, pytest.mark.timeout(60)]

# A minute of silence, as a file.
MAKE = """
    () => {
        const bytes = 8000 * 60;
        const file = new DataView(new ArrayBuffer(44 + bytes));
        const write = (at, text) => [...text].forEach(
            (letter, number) => file.setUint8(at + number, letter.charCodeAt(0)));
        write(0, "RIFF"); file.setUint32(4, 36 + bytes, true); write(8, "WAVEfmt ");
        file.setUint32(16, 16, true); file.setUint16(20, 1, true);
        file.setUint16(22, 1, true); file.setUint32(24, 8000, true);
        file.setUint32(28, 8000, true); file.setUint16(32, 1, true);
        file.setUint16(34, 8, true); write(36, "data"); file.setUint32(40, bytes, true);
        new Uint8Array(file.buffer, 44).fill(128);
        window.file = URL.createObjectURL(new Blob([file], {type: "audio/wav"}));
    }
"""
INTERRUPTIONS = {
    "a pause": "sound.audio.pause()",
    "its end": "sound.audio.currentTime = 59.9",
    "another file": "sound.audio.load()",
    "a stall": "sound.audio.playbackRate = 0",
    "a jump ahead": "sound.audio.currentTime += 5",
    "a jump back": "sound.audio.currentTime -= 0.5",
    "a second one": "new Audio(file).play()",
    "one in the page": """
        const element = document.createElement("audio");
        element.src = file;
        document.body.append(element);
        element.play();
    """,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with visitor() as context:
        yield context


@pytest.fixture
def sound(browser: BrowserContext) -> Iterator[Sound]:
    """A page that plays a file."""
    page = browser.new_page()
    page.goto("data:text/html,<title>Sound</title><button>Play</button>")
    page.evaluate(MAKE)
    page.evaluate(
        "() => (document.querySelector('button').onclick ="
        " () => new Audio(file).play())"
    )
    page.get_by_role("button").click()
    sound = Sound(page)
    sound.begins()
    yield sound
    page.close()


def test_sound_that_goes_on_is_not_interrupted(sound: Sound):
    sound.watch()

    sound.goes_on(seconds=2)

    assert sound.faults == []
    assert not sound.is_silent


@pytest.mark.parametrize("what", INTERRUPTIONS)
def test_what_interrupts_it_is_noticed(sound: Sound, what: str):
    sound.goes_on(seconds=0.6)
    sound.watch()

    sound.page.evaluate(f"() => {{ {INTERRUPTIONS[what]} }}")

    eventually(lambda: sound.faults != [], seconds=5)


def test_nobody_is_told_that_all_is_well_who_did_not_watch(sound: Sound):
    assert sound.faults


def test_sound_that_is_paused_is_silent(sound: Sound):
    sound.page.evaluate("() => sound.audio.pause()")

    assert sound.is_silent
