"""What the player makes of a browser, a clock and a line that misbehave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from equipment.bare_player import ORIGIN, bare_player
from equipment.on_air import LIVE, SAW
from equipment.transmitters import eventually
from equipment.visits import Visit


pytestmark = pytest.mark.journey

HOUR_MS = 3_600_000
TUNED_IN = """
    const {Listening} = await player("listening");
    const listening = (window.listening = new Listening());
    const audio = (window.audio = sounds.at(-1));
    listening.library = "/hls.js";
"""


@pytest.fixture
def tab() -> Iterator[Page]:
    with bare_player() as page:
        yield page


Does = Callable[..., Any]


@pytest.fixture
def does(tab: Page) -> Does:
    """Do something in the page; what it gives."""

    def does(script: str, fact: object = None) -> Any:
        return tab.evaluate(f"async (fact) => {{ {script} }}", fact)

    return does


class TestWhatComesLate:
    """Nobody touches the sound when it is no longer their turn."""

    def test_a_recording_that_was_stopped_while_it_was_asked_for_stays_silent(
        self, tab: Page, does: Does
    ):
        does(
            TUNED_IN
            + """
            const {playable} = await player("recording");
            window.fetch = () => new Promise((answer) => (window.answer = answer));
            listening.play(playable({url: "/tuner.mp3"}), 0);
            audio.error = {code: 2};
            audio.tell("error");
            """
        )
        tab.clock.run_for(5000)
        does("while (!window.answer) await settled();")

        sources = does(
            """
            listening.stop();
            answer(new Response());
            await settled();
            return audio.sources.length;
            """
        )

        assert sources == 1

    def test_the_tape_that_comes_after_the_mount_plays_leaves_it_alone(
        self, tab: Page, does: Does
    ):
        held: list[Route] = []
        tab.route(f"{ORIGIN}/hls.js", lambda route: held.append(route))
        with tab.expect_request("**/hls.js"):
            does(TUNED_IN + "listening.play(kgnd);")
        tab.clock.run_for(10_000)
        assert does("return audio.src").startswith("/kgnd.mp3?")

        tab.unroute(f"{ORIGIN}/hls.js")
        held[0].fallback()
        does('await (await player("fetched")).fetched("/hls.js"); await settled();')

        assert does("return audio.src").startswith("/kgnd.mp3?")
        assert does("return hlses.length") == 0

    def test_without_any_media_source_the_mount_plays_in_the_tap(self, does: Does):
        source = does(
            "delete window.MediaSource;"
            + TUNED_IN
            + "listening.play(kgnd); return [audio.src, listening.canRewind];"
        )

        assert source[0].startswith("/kgnd.mp3?")
        assert source[1] is False

    def test_a_module_that_does_not_come_is_asked_for_anew(self, tab: Page, does: Does):
        held: list[Route] = []
        tab.route(f"{ORIGIN}/hls.js", lambda route: held.append(route))
        outcome = does(
            """
            AbortSignal.timeout = () => AbortSignal.abort(); // ten seconds are over
            const {fetched} = await player("fetched");
            return fetched("/hls.js").then(() => "came", () => "gave up");
            """
        )
        tab.unroute(f"{ORIGIN}/hls.js")

        assert outcome == "gave up"
        assert does(
            """
            AbortSignal.timeout = () => new AbortController().signal;
            const {fetched} = await player("fetched");
            return (await fetched("/hls.js")).default === Hls;
            """
        )


class TestTheClock:
    """It is the station's, whatever the device's says."""

    @pytest.fixture
    def error(self, does: Does) -> Callable[[], float]:
        """By how many seconds it is ahead of a station whose clock is `Date`'s."""
        return lambda: does(
            'return ((await player("clock")).now() - Date.now()) / 1000'
        )

    @pytest.fixture(autouse=True)
    def _radio(self, does: Does) -> None:
        does('(await player("radio")).radio.begin();')

    def test_a_title_that_is_told_ahead_of_its_sound_moves_nothing(
        self, does: Does, error: Callable[[], float]
    ):
        does(
            """
            const at = new Date(Date.now() + 8000).toISOString();
            lines[0].tell("now_playing", {station: "kgnd", at, title: "Sine"});
            """
        )

        assert error() == 0

    def test_sound_that_is_recorded_ahead_of_its_time_moves_nothing(
        self, does: Does, error: Callable[[], float]
    ):
        does(
            TUNED_IN
            + """
            listening.play(kgnd);
            while (!hlses.length) await settled();
            hlses[0].has(Date.now() - 52_000, Date.now() + 8_000);
            """
        )

        assert error() == 0

    @pytest.mark.parametrize("seconds", [-420, -3, 3, 420])
    def test_a_device_that_is_off_is_set_right_by_the_station(
        self, tab: Page, does: Does, error: Callable[[], float], seconds: int
    ):
        """To within the time for which the news may have been on the way."""
        does("dispatchEvent(new Event('online'))")  # the line is asked for anew
        tab.clock.run_for(100)

        does(
            """
            const now = new Date(Date.now() - 1000 * fact).toISOString();
            lines.at(-1).tell("on_air", {station: "kgnd", at: now, role: "main", now});
            """,
            seconds,
        )

        assert -seconds - 0.01 < error() < -seconds + 1


class TestTheBrowsersOwnHls:
    """As on an iPhone: it begins where it likes, and says when that was."""

    @pytest.fixture(autouse=True)
    def _plays(self, does: Does) -> None:
        does(
            "window.ManagedMediaSource = class {};"
            + TUNED_IN
            + """
            listening.play(kgnd);
            while (!audio.src) await settled();
            const zero = Date.now() - 300_000;
            audio.getStartDate = () => new Date(zero);
            audio.currentTime = 260; // forty seconds behind the air
            audio.seekableFrom(0, 261);
            audio.tell("loadedmetadata");
            audio.tell("playing");
            """
        )

    def plays(self, tab: Page, does: Does, seconds: int) -> None:
        for _ in range(seconds):
            tab.clock.run_for(1000)
            does("audio.hears(1)")

    def test_where_it_begins_is_live_however_far_back_that_is(
        self, tab: Page, does: Does
    ):
        self.plays(tab, does, 20)

        assert does("return [listening.state, listening.behind]") == ["playing", 0]
        assert does("return audio.sources") == ["/kgnd/live.m3u8"]
        assert 38_000 < does("return Date.now() - listening.heardAt") < 45_000

    def test_whoever_falls_behind_is_brought_back_to_where_it_began(
        self, tab: Page, does: Does
    ):
        self.plays(tab, does, 20)
        does("audio.seekableFrom(0, 400)")
        for _ in range(3):  # six seconds without sound, each no loss as yet
            tab.clock.run_for(6000)
            does("audio.hears(1)")
        tab.clock.run_for(1000)

        assert does("return listening.behind") == 0
        assert does("return audio.sources") == ["/kgnd/live.m3u8"]
        assert 38_000 < does("return Date.now() - listening.heardAt") < 45_000

    def test_it_goes_back_to_a_place_in_the_playlist_that_all_share(
        self, tab: Page, does: Does
    ):
        self.plays(tab, does, 5)
        does(
            """
            listening.pause();
            const {now} = Date;
            Date.now = () => now() + 61_000;
            listening.resume();
            Date.now = now;
            while (audio.sources.length < 2) await settled();
            audio.seekableFrom(0, 400);
            audio.tell("loadedmetadata");
            """
        )

        assert does("return audio.sources[1]") == "/kgnd/live.m3u8"
        assert does("return audio.currentTime") == pytest.approx(265, abs=1)

    def test_what_is_not_in_that_playlist_is_played_from_the_tape(
        self, tab: Page, does: Does
    ):
        does(
            """
            window.wanted = Date.now() - 600_000;
            listening.play(kgnd, wanted);
            while (audio.sources.length < 2) await settled();
            audio.tell("loadedmetadata");
            """
        )
        tab.clock.run_for(100)

        eventually(lambda: does("return audio.sources.length") == 3)
        source = does("return audio.sources[2]")
        minute = does("return new Date(wanted - (wanted % 60_000)).toISOString()")
        assert source == f"/kgnd/tape.m3u8?from={minute}"


def test_who_is_behind_and_cannot_be_helped_asks_ever_less_often(tab: Page, does: Does):
    does(
        TUNED_IN
        + """
        window.made = 0;
        const way = (audio) => {
            made += 1;
            audio.tell("playing");
            return {
                lag: 0, heardAt: Date.now() - 60_000,
                reach: () => false, close: () => {},
            };
        };
        setInterval(() => (audio.currentTime += 1), 500);
        listening.play({slug: "kgnd", streams: [], ways: [way]});
        """
    )

    tab.clock.run_for(60_000)

    assert 3 < does("return made") < 20


class TestTheLine:
    """Server-sent events, and what becomes of titles without them."""

    @pytest.fixture(autouse=True)
    def _follows(self, does: Does) -> None:
        does(
            """
            const {followAir} = await player("news");
            window.reached = [];
            const reachable = (isSo) => reached.push(isSo);
            window.leave = followAir("/events", {told: () => {}, reachable});
            """
        )

    def test_a_line_without_a_beat_is_dead_and_opened_again(
        self, tab: Page, does: Does
    ):
        for _ in range(10):
            tab.clock.run_for(15_000)
            does('lines.at(-1).tell("beat", {})')
        assert does("return lines.length") == 1

        tab.clock.run_for(61_000)

        assert does("return [lines.length, lines[0].readyState]") == [2, 2]
        assert does("return reached") == [False]

    def test_who_has_left_asks_for_nothing(self, tab: Page, does: Does):
        does("leave()")

        tab.clock.run_for(120_000)

        assert does("return lines.length") == 1


class TestThePlaylists:
    """Few playlists are for one listener alone."""

    def carrier(self, does: Does, ago: int | None, *, is_live: bool) -> None:
        does(
            """
            const {HlsCarrier} = await player("hls-carrier");
            window.told = [];
            window.carrier = new HlsCarrier(new Audio(), {
                Hls, station: kgnd, at: fact.ago && Date.now() - fact.ago,
                isLive: fact.isLive, isSaving: false, begin: () => {},
                lost: () => told.push("lost"), gone: () => told.push("gone"),
            });
            """,
            {"ago": ago, "isLive": is_live},
        )

    def test_what_is_older_than_live_begins_with_the_minute(
        self, tab: Page, does: Does
    ):
        tab.clock.pause_at("2036-11-22T18:30:42Z")

        self.carrier(does, 2 * HOUR_MS, is_live=False)

        url = "/kgnd/tape.m3u8?from=2036-11-22T16:30:00.000Z"
        assert does("return [hlses[0].url, hlses[0].config.startPosition]") == [url, 42]
        does("hlses[0].has(Date.parse('2036-11-22T16:29:58Z'), Date.now());")
        does("hlses[0].buffers();")
        assert does("return hlses[0].audio.currentTime") == 44

    def test_a_tape_that_begins_later_is_heard_from_its_beginning(
        self, tab: Page, does: Does
    ):
        tab.clock.pause_at("2036-11-22T18:30:42Z")
        self.carrier(does, 2 * HOUR_MS, is_live=False)

        does("hlses[0].has(Date.parse('2036-11-22T16:30:50Z'), Date.now());")
        does("hlses[0].audio.currentTime = 42; hlses[0].buffers();")

        assert does("return hlses[0].audio.currentTime") == 0

    def test_the_ear_is_where_it_will_be_until_there_is_sound(self, does: Does):
        self.carrier(does, 600_000, is_live=True)
        does("hlses[0].has(Date.now() - fact, Date.now());", HOUR_MS)

        assert 600 <= does("return (Date.now() - carrier.heardAt) / 1000") < 605
        does("hlses[0].buffers();")
        assert 600 <= does("return (Date.now() - carrier.heardAt) / 1000") < 605
        assert does("return told") == []

    def test_what_live_does_not_have_is_looked_for_on_the_tape(self, does: Does):
        self.carrier(does, 600_000, is_live=True)
        does("hlses[0].has(Date.now() - 60_000, Date.now()); hlses[0].buffers();")

        assert does("return told") == ["lost"]
        assert 600 <= does("return (Date.now() - carrier.heardAt) / 1000") < 605

    def test_who_comes_near_to_live_goes_back_to_the_playlist_of_all(self, does: Does):
        self.carrier(does, 2 * HOUR_MS, is_live=False)
        does("hlses[0].has(Date.now() - fact, Date.now());", 2 * HOUR_MS + 60_000)
        does("hlses[0].buffers();")

        assert does("return carrier.reach(Date.now() - fact)", HOUR_MS) is True
        assert does("return carrier.reach(Date.now() - 600_000)") is False


class TestTheWatch:
    @pytest.fixture(autouse=True)
    def _watches(self, does: Does) -> None:
        does(
            """
            const {Watch} = await player("watch");
            window.audio = new Audio();
            window.calls = [];
            const names = ["heard", "waiting", "lost", "awoke"];
            const call = (name) => [name, () => calls.push(name)];
            new Watch(audio, Object.fromEntries(names.map(call))).start();
            """
        )

    def test_a_page_that_was_not_looked_after_while_it_played_has_not_slept(
        self, tab: Page, does: Does
    ):
        does("audio.currentTime += 20")

        tab.clock.fast_forward(20_000)

        assert does("return calls.includes('awoke')") is False
        assert does("return calls.includes('heard')") is True

    def test_a_page_that_played_nothing_meanwhile_has(self, tab: Page, does: Does):
        tab.clock.fast_forward(20_000)

        assert does("return calls") == ["awoke"]

    def test_a_clock_that_is_set_back_hides_no_loss(self, tab: Page, does: Does):
        tab.clock.set_system_time(0)

        tab.clock.run_for(12_000)

        assert does("return calls.includes('lost')") is True


class TestTheTitles:
    @pytest.fixture(autouse=True)
    def _titles(self, does: Does) -> None:
        does(
            """
            const {Titles} = await player("titles");
            window.titles = new Titles({changed: () => {}});
            window.asked = [];
            window.hear = (ago, title, isFresh) => {
                const at = new Date(Date.now() - ago).toISOString();
                titles.hear({station: "kgnd", at, title}, isFresh);
            };
            const {fetch} = window;
            window.fetch = (url, facts) => {
                if (!String(url).includes("titles.json")) return fetch(url, facts);
                asked.push(url);
                const at = new Date(Date.now() - 5000).toISOString();
                return Promise.resolve(Response.json({titles: [{at, title: "Asked"}]}));
            };
            """
        )

    def test_a_page_that_stays_open_for_weeks_forgets_what_was_long_ago(
        self, does: Does
    ):
        does(
            """
            hear(600_000, "The first", true);
            for (let ago = 599_000; ago > 0; ago -= 1000) hear(ago, `Song ${ago}`, true);
            """
        )

        assert does("return titles.at(kgnd, Date.now() - 600_000)") == ""
        assert does("return titles.at(kgnd, Date.now() - 10_000)") != ""

    def test_those_who_come_back_together_do_not_ask_together(
        self, tab: Page, does: Does
    ):
        does(
            """
            Math.random = () => 0.5;
            hear(1000, "After the gap", false);
            titles.at(kgnd, Date.now() - 20_000);
            await (await player("fetched")).fetched("/groundwave/player/titles-asked.js");
            await settled();
            """
        )
        assert does("return asked") == []

        tab.clock.run_for(2000)
        does("titles.at(kgnd, Date.now() - 20_000)")

        eventually(lambda: bool(does("return asked.length")))

    def test_who_is_told_nothing_any_more_asks(self, tab: Page, does: Does):
        does('hear(90_000, "Told", true); titles.isTold = false;')

        for _ in range(40):
            tab.clock.run_for(1000)
            does("titles.at(kgnd, Date.now()); await settled();")

        assert does("return titles.at(kgnd, Date.now())") == "Asked"
        assert 1 <= does("return asked.length") <= 2


def test_who_does_not_want_to_save_data_is_taken_at_their_word(does: Does):
    is_saving = does(
        """
        const connection = {saveData: true};
        Object.defineProperty(navigator, "connection", {value: connection});
        const {radio} = await player("radio");
        radio.begin();
        const wasSaving = radio.isSaving;
        radio.setSaving(false);
        radio.begin(); // as after a reload
        return [wasSaving, radio.isSaving];
        """
    )

    assert is_saving == [True, False]


# Everything is about time, and this pause was a long one.
A_MINUTE_LATER = """
    (button) => {
        const {now} = Date;
        Date.now = () => now() + 61_000;
        button.click();
        Date.now = now;
    }
"""


@pytest.mark.django_db
@pytest.mark.timeout(180)
def test_after_a_long_pause_it_goes_on_in_the_playlist_that_all_share(visit: Visit):
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.play()
    visit.sound.goes_on(seconds=1)
    visit.button("Pause").click()
    visit.air.play(SAW)
    eventually(lambda: visit.behind > 40, seconds=60)

    visit.button("Resume").evaluate(A_MINUTE_LATER)

    visit.is_playing()
    assert visit.tone == LIVE.title
    expect(visit.part("title")).to_have_text(LIVE.title)
    # Where live is, is known to within a segment or two.
    assert 34 < visit.behind < 90
    assert sum(url.endswith("/kgnd/live.m3u8") for url in asked) == 2
    assert not [url for url in asked if "tape.m3u8" in url]
    visit.button("Go to live").click()
    expect(visit.part("title")).to_have_text(SAW.title, timeout=15_000)
    expect(visit.bar).not_to_have_attribute("data-behind", re.compile("."))
    assert visit.tone == SAW.title
