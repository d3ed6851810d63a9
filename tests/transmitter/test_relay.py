from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from groundwave.transmitter import relay_hls
from groundwave.transmitter.relay import Relay, first_entry
from groundwave.transmitter.relay_patience import BackOff, Patience
from groundwave.transmitter.relay_target import (
    RelayTrouble,
    Target,
    may_be_relayed,
    shown_address,
)
from groundwave.wire.icy import metadata_block


VECTORS = Path(__file__).parents[1] / "vectors" / "tls"
QUICK = Patience(stall=5.0, first=0.001, most=0.002)

Page = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


class Remote:
    """Somebody else's server: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | list[Page]] = {}
        self.asked: asyncio.Queue[bytes] = asyncio.Queue()
        self.paths: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}"

    async def close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader, writer):
        task = asyncio.ensure_future(self._answer(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, reader, writer):
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ")[1].decode()
            self.paths.append(path)
            self.asked.put_nowait(request)
            page = self.pages.get(path, response(404, b"", "text/plain"))
            if isinstance(page, list):  # one answer after another, the last for ever
                page = page.pop(0) if len(page) > 1 else page[0]
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
            else:
                await page(writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def response(status: int, body: bytes, content_type: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.0 {status} Fine", f"Content-Type: {content_type}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def sound(body: bytes, *headers: str) -> bytes:
    return response(200, body, "audio/mpeg", *headers)


def moved(location: str) -> bytes:
    return response(302, b"", "text/html", f"Location: {location}")


def going_on(start: bytes) -> Page:
    """A stream that sends *start* and then waits."""

    async def answer(writer):
        writer.write(start)
        await asyncio.Event().wait()

    return answer


class Ears:
    """What a relay has said, in order, and a way to wait for it."""

    def __init__(self) -> None:
        self.events: list[tuple[str, object]] = []
        self._news = asyncio.Event()
        self.on_sound: Callable[[], None] = lambda: None

    @property
    def sound(self) -> bytes:
        return b"".join(what for kind, what in self.events if kind == "heard")

    @property
    def troubles(self) -> list[str]:
        return self.all("troubled")

    def all(self, kind: str) -> list:
        return [what for said, what in self.events if said == kind]

    def relay(self, url: str, **options) -> Relay:
        options = {"patience": QUICK, "random": Random(1), **options}
        return Relay(
            url,
            hear=self.hear,
            title=self._taking("title"),
            describe=self._taking("described"),
            troubled=self._taking("troubled"),
            **options,
        )

    def hear(self, data: bytes) -> None:
        self._taking("heard")(data)
        self.on_sound()

    async def until(self, happened: Callable[[], bool]) -> None:
        while not happened():
            self._news.clear()
            await self._news.wait()

    def _taking(self, kind: str) -> Callable[[object], None]:
        def take(what: object) -> None:
            self.events.append((kind, what))
            self._news.set()

        return take


@pytest.fixture
async def remote():
    server = Remote()
    await server.open()
    yield server
    await server.close()


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
async def pull():
    """Run relays until the test is over."""
    running = []

    def start(relay: Relay) -> Relay:
        running.append((relay, asyncio.create_task(relay.run())))
        return relay

    yield start
    for relay, task in running:
        relay.close()
        await task


async def trouble(ears: Ears, relay: Relay) -> str:
    """The sentence with which the relay's first connection ends."""
    task = asyncio.create_task(relay.run())
    await ears.until(lambda: ears.troubles)
    relay.close()
    await task
    return ears.troubles[0]


# --- a stream ----------------------------------------------------------------------


async def test_sound_and_titles_are_heard_apart(remote, ears, pull):
    blocks = [b"a" * 10, metadata_block("Odetta - Gallows Pole"), b"b" * 10, b"\0"]
    body = b"".join([*blocks, b"c" * 10, metadata_block("Señorita"), b"d" * 5])
    remote.pages["/kgnd"] = going_on(sound(body, "icy-metaint: 10"))

    pull(ears.relay(f"{remote.url}/kgnd"))
    await ears.until(lambda: len(ears.sound) == 35)

    assert ears.sound == b"a" * 10 + b"b" * 10 + b"c" * 10 + b"d" * 5
    assert ears.all("title") == ["Odetta - Gallows Pole", "Señorita"]
    assert ears.events[0] == ("described", "audio/mpeg")
    assert ears.events[2] == ("title", "Odetta - Gallows Pole")
    assert ears.troubles == []


async def test_the_server_is_asked_as_a_radio_asks(remote, ears, pull):
    remote.pages["/kgnd?rate=128"] = going_on(sound(b"x"))
    url = remote.url.replace("//", "//odetta:s%20ecret@") + "/kgnd?rate=128#now"

    pull(ears.relay(url))
    lines = (await remote.asked.get()).decode().split("\r\n")

    assert lines[0] == "GET /kgnd?rate=128 HTTP/1.0"
    assert f"Host: localhost:{remote.port}" in lines
    assert "Icy-MetaData: 1" in lines
    assert "Authorization: Basic b2RldHRhOnMgZWNyZXQ=" in lines


async def test_an_old_shoutcast_server_is_understood(remote, ears, pull):
    remote.pages["/"] = going_on(b"ICY 200 OK\r\nContent-Type:audio/aacp\r\n\r\nsound")

    pull(ears.relay(remote.url))
    await ears.until(lambda: ears.sound == b"sound")

    assert ears.all("described") == ["audio/aacp"]


async def test_a_chunked_answer_is_understood(remote, ears, pull):
    remote.pages["/"] = going_on(
        sound(b"3\r\nabc\r\n2\r\nde\r\n", "Transfer-Encoding: chunked")
    )

    pull(ears.relay(remote.url))
    await ears.until(lambda: ears.sound == b"abcde")


async def test_a_stream_over_tls_is_heard(ears, pull):
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(VECTORS / "localhost.crt", VECTORS / "localhost.key")
    believing = ssl.create_default_context(cafile=VECTORS / "localhost.crt")
    remote = Remote()
    await remote.open(serving)
    remote.pages["/kgnd"] = going_on(sound(b"secret"))

    pull(ears.relay(f"{remote.url}/kgnd", tls=believing))
    await ears.until(lambda: ears.sound == b"secret")

    suspicious = Ears()
    sentence = await trouble(suspicious, suspicious.relay(f"{remote.url}/kgnd"))
    assert "certificate" in sentence
    # The name is checked although the call goes to an address.
    elsewhere = remote.url.replace("localhost", "127.0.0.1")
    other = Ears()
    assert "127.0.0.1" in await trouble(other, other.relay(elsewhere, tls=believing))
    await remote.close()


async def test_the_hearer_can_hold_a_fast_server_back(remote, ears, pull):
    remote.pages["/"] = going_on(sound(b"x" * 4_000_000))
    waits = [0.0, 0.0, 1e9]

    pull(ears.relay(remote.url, pause=lambda: waits.pop(0) if waits else 0.0))
    await ears.until(lambda: not waits)
    for _ in range(20):
        await asyncio.sleep(0)

    assert len(ears.all("heard")) == 3


# --- when it ends ------------------------------------------------------------------


async def test_a_stream_that_ends_is_connected_again(remote, ears, pull):
    remote.pages["/"] = [sound(b"one"), sound(b"two"), going_on(sound(b"three"))]

    pull(ears.relay(remote.url))
    await ears.until(lambda: ears.sound == b"onetwothree")

    one_connection = ["described", "heard", "troubled"]
    assert [kind for kind, _ in ears.events] == [
        *one_connection * 2,
        "described",
        "heard",
    ]
    assert "has ended" in ears.troubles[0]


@pytest.mark.parametrize("answer", [sound(b"x"), b"HTTP/1.0 200"])
async def test_a_server_that_falls_silent_is_left(remote, ears, pull, answer):
    remote.pages["/"] = going_on(answer)

    pull(ears.relay(remote.url, patience=Patience(stall=0.1, first=0.001)))
    # Not at once where the machine takes longer than that to connect.
    await ears.until(lambda: any("Nothing has come" in t for t in ears.troubles))


async def test_hanging_up_ends_a_connection_and_not_the_relay(remote, ears, pull):
    remote.pages["/"] = [going_on(sound(b"one")), going_on(sound(b"two"))]
    relay = pull(ears.relay(remote.url))
    await ears.until(lambda: ears.sound == b"one")

    relay.hang_up("Ida ended the connection.")
    relay.hang_up("Nobody is there.")
    await ears.until(lambda: ears.sound == b"onetwo")

    assert ears.troubles == ["Ida ended the connection."]


async def test_who_hears_may_hang_up_or_close_at_once(remote, ears):
    remote.pages["/"] = going_on(sound(b"x" * 100_000))
    relay = ears.relay(remote.url)
    ears.on_sound = lambda: relay.hang_up("This is not sound.")
    running = asyncio.create_task(relay.run())
    await ears.until(lambda: len(ears.troubles) == 2)
    assert [kind for kind, _ in ears.events] == ["described", "heard", "troubled"] * 2

    ears.on_sound = relay.close
    await running
    assert ears.events[-1][0] == "heard"


async def test_nothing_is_said_after_closing(remote, ears):
    remote.pages["/"] = going_on(sound(b"x"))
    relay = ears.relay(remote.url)
    running = asyncio.create_task(relay.run())
    await ears.until(lambda: ears.sound)

    relay.close()
    relay.close()
    await running
    await relay.run()

    assert [kind for kind, _ in ears.events] == ["described", "heard"]


async def test_closing_ends_the_wait_for_the_next_attempt(remote, ears):
    relay = ears.relay(remote.url, patience=Patience(first=3600.0, most=3600.0))

    assert "404" in await trouble(ears, relay)


async def test_a_relay_whose_task_is_cancelled_is_cancelled(remote, ears):
    remote.pages["/"] = going_on(sound(b"x"))
    relay = ears.relay(remote.url)
    running = asyncio.create_task(relay.run())
    await ears.until(lambda: ears.sound)

    relay.close()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


class Always(Random):
    """A die that always falls on the same side."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def random(self) -> float:
        return self.share


def test_waits_double_up_to_a_minute_and_start_over_after_good_sound():
    back_off = BackOff(Patience(), Always(1.0))

    assert [back_off.after(0.0) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert back_off.after(29.9) == 60
    assert back_off.after(30.0) == 1
    assert [back_off.after(0.0) for _ in range(2000)][-1] == 60


@given(st.randoms(use_true_random=False), st.integers(1, 20))
def test_waits_are_spread_over_half_their_length(random, times):
    back_off, longest = BackOff(Patience(), random), BackOff(Patience(), Always(1.0))

    for _ in range(times):
        most = longest.after(0.0)
        assert most / 2 <= back_off.after(0.0) <= most


# --- where it may go ---------------------------------------------------------------


async def test_redirects_are_followed(remote, ears, pull):
    for hop in range(4):
        remote.pages[f"/{hop}"] = moved(f"{remote.url}/{hop + 1}")
    remote.pages["/4"] = moved("kgnd")
    remote.pages["/kgnd"] = going_on(sound(b"x"))

    pull(ears.relay(f"{remote.url}/0"))
    await ears.until(lambda: ears.sound == b"x")


async def test_redirects_come_to_an_end(remote, ears):
    remote.pages["/"] = moved("/")

    assert "without end" in await trouble(ears, ears.relay(remote.url))
    assert len(remote.paths) == 6


@pytest.mark.parametrize("location", ["ftp://kgnd/", "http://[::1", "file:///etc"])
async def test_a_redirect_to_something_else_is_not_followed(remote, ears, location):
    remote.pages["/"] = moved(location)

    assert "http://" in await trouble(ears, ears.relay(remote.url))


async def test_a_password_is_not_carried_to_another_server(remote, ears, pull):
    other = Remote()
    await other.open()
    remote.pages["/"] = moved(f"{other.url}/kgnd")
    other.pages["/kgnd"] = going_on(sound(b"x"))

    pull(ears.relay(remote.url.replace("//", "//odetta:secret@")))

    assert b"Authorization" in await remote.asked.get()
    assert b"Authorization" not in await other.asked.get()
    await other.close()


async def test_every_hop_is_checked(remote, ears):
    remote.pages["/"] = moved("http://127.0.0.2:1/")
    relay = ears.relay(remote.url, allow=lambda address: str(address) == "127.0.0.1")

    assert "is at 127.0.0.2, where relays may not go" in await trouble(ears, relay)


async def test_a_name_is_resolved_once_a_hop_and_called_where_it_was_checked(
    remote, ears, pull, monkeypatch
):
    """A name that changes its mind after the check gains nothing."""
    loop = asyncio.get_running_loop()
    resolve = loop.getaddrinfo
    answers = ["127.0.0.1", "169.254.169.254"]

    async def rebinding(host, port, **options):
        return await resolve(answers.pop(0), port, **options)

    monkeypatch.setattr(loop, "getaddrinfo", rebinding)
    remote.pages["/"] = going_on(sound(b"x"))

    pull(ears.relay(f"http://rebind.example:{remote.port}/"))
    await ears.until(lambda: ears.sound)

    assert answers == ["169.254.169.254"]


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("127.0.0.1", True),
        ("192.168.1.20", True),
        ("10.0.0.1", True),
        ("203.0.113.7", True),
        ("2001:db8::1", True),
        ("fd00::1", True),
        ("169.254.169.254", False),
        ("fe80::1", False),
        ("224.0.0.1", False),
        ("ff02::1", False),
        ("0.0.0.0", False),
        ("::", False),
    ],
)
def test_studios_may_be_relayed_and_cloud_metadata_may_not(address, may):
    assert may_be_relayed(ip_address(address)) is may


async def test_an_address_in_disguise_is_checked_as_what_it_is(ears):
    relay = ears.relay("http://[::ffff:169.254.169.254]/latest/meta-data")

    assert "169.254.169.254, where relays may not go" in await trouble(ears, relay)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kgnd.example",
        "ftp://kgnd.example/",
        "http://",
        "http://a b/",
        "//a",
        "http://a:99999/",
        "http://[::1",
        "http://a\0b/",
        "http://" + "a" * 300,
    ],
)
async def test_an_address_that_cannot_be_meant_is_a_sentence(ears, url):
    assert "must begin with http" in await trouble(ears, ears.relay(url))


@given(st.text() | st.text(":/@?#[]%a.", max_size=20).map("http://".__add__))
def test_any_text_is_an_address_or_a_sentence(url):
    try:
        target = Target.read(url)
    except RelayTrouble:
        return
    assert b"\r\n\r\n" not in target.request()[:-4]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://odetta:secret@kgnd.example:8000/live?token=1#x", "kgnd.example:8000/live"),
        ("http://kgnd.example/@live", "kgnd.example/@live"),
        ("http://a@b:secret@kgnd.example/", "kgnd.example/"),
    ],
)  # fmt: skip
def test_passwords_and_tokens_are_never_shown(url, shown):
    assert shown_address(url) == f"http://{shown}"


# --- what is not sound -------------------------------------------------------------


async def test_a_page_is_not_sound(remote, ears):
    remote.pages["/"] = response(200, b"<html>", "text/html; charset=utf-8")

    assert "leads to a page" in await trouble(ears, ears.relay(remote.url))


async def test_a_refusal_names_its_status_and_not_the_password(remote, ears):
    remote.pages["/"] = response(401, b"", "text/html")
    url = remote.url.replace("//", "//odetta:secret@")

    sentence = await trouble(ears, ears.relay(url))

    assert "answered 401 Fine" in sentence
    assert "secret" not in sentence


async def test_a_server_that_is_not_there_is_a_sentence(ears):
    closed = Remote()
    await closed.open()
    await closed.close()

    assert "cannot be reached" in await trouble(ears, ears.relay(closed.url))


async def test_a_name_that_does_not_exist_is_a_sentence(ears, monkeypatch):
    async def unknown(*_, **__):
        raise OSError("Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)

    sentence = await trouble(ears, ears.relay("http://nowhere.invalid/"))
    assert "no server nowhere.invalid" in sentence


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (b"", "hung up without an answer"),
        (b"SSH-2.0-OpenSSH_9\r\n", "did not answer in HTTP"),
        (b"HTTP/1.0 200 OK\r\n" + b"X: y\r\n" * 9000, "too large"),
        (sound(b"zz\r\n", "Transfer-Encoding: chunked"), "damaged"),
        (sound(b"3\r\nabc\r\n", "Transfer-Encoding: chunked"), "broke off"),
        (sound(b"abc", "Content-Length: 10"), "broke off"),
    ],
)
async def test_a_broken_answer_is_a_sentence(remote, ears, page, sentence):
    remote.pages["/"] = page

    assert sentence in await trouble(ears, ears.relay(remote.url))


@given(
    page=st.binary(max_size=300),
    is_http=st.booleans(),
    path=st.sampled_from(["/", "/.m3u8"]),
)
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_answer_does_more_than_end_its_connection(page, is_http, path):
    async def hear() -> None:
        remote, ears = Remote(), Ears()
        await remote.open()
        remote.pages[path] = (b"HTTP/1.0 200 OK\r\n" if is_http else b"") + page
        sentence = await trouble(ears, ears.relay(remote.url + path))
        await remote.close()
        assert sentence

    asyncio.run(hear())


# --- playlists that lead to a stream ------------------------------------------------


@pytest.mark.parametrize(
    ("path", "content_type", "text"),
    [
        ("/a.m3u", "audio/x-mpegurl", "#EXTM3U\r\n#EXTINF:-1,KGND\r\n{url}/kgnd\r\n"),
        ("/a", "audio/x-mpegurl", "\n\n{url}/kgnd\n{url}/other\n"),
        ("/a.m3u", "application/octet-stream", "\ufeffkgnd"),
        ("/a.pls", "text/plain", "[playlist]\nNumberOfEntries=1\nFile1={url}/kgnd\n"),
        ("/a", "audio/x-scpls", "\n[Playlist]\r\nTitle1=x\r\nfile1 = {url}/kgnd\r\n"),
    ],
)
async def test_the_first_entry_of_a_playlist_is_relayed(
    remote, ears, pull, path, content_type, text
):
    body = text.format(url=remote.url).encode()
    remote.pages[path] = response(200, body, content_type)
    remote.pages["/kgnd"] = going_on(sound(b"x"))

    pull(ears.relay(f"{remote.url}{path}"))
    await ears.until(lambda: ears.sound == b"x")


async def test_playlists_that_lead_in_a_circle_come_to_an_end(remote, ears):
    remote.pages["/a.m3u"] = response(200, b"a.m3u", "audio/x-mpegurl")

    assert "leads to another without end" in await trouble(
        ears, ears.relay(f"{remote.url}/a.m3u")
    )
    assert len(remote.paths) == 6


@pytest.mark.parametrize("text", ["", "\n\n", "#EXTM3U\n", "[playlist]\nTitle1=x"])
def test_an_empty_playlist_is_a_sentence(text):
    with pytest.raises(RelayTrouble, match="is empty"):
        first_entry(text)


async def test_a_playlist_without_end_is_left(remote, ears, monkeypatch):
    monkeypatch.setattr("groundwave.transmitter.relay.MAX_LIST", 1000)
    remote.pages["/a.pls"] = response(200, b"x" * 100_000, "audio/x-scpls")

    assert "longer than 1000 bytes" in await trouble(
        ears, ears.relay(f"{remote.url}/a.pls")
    )


# --- HLS ---------------------------------------------------------------------------


@pytest.fixture
def brisk(monkeypatch):
    """Reload playlists a hundred times as often."""
    monkeypatch.setattr(relay_hls, "SHORTEST_SECONDS", 0.01)


def segments(first: int, last: int, *, seconds: float = 0.01, more: str = "") -> str:
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:0", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    for number in range(first, last + 1):
        lines += [f"#EXTINF:{seconds},", f"segments/{number}.aac"]
    return "\n".join([*lines, more, ""])


class HlsRemote:
    """A remote whose media playlists follow each other."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.url = f"{remote.url}/live/live.m3u8"
        for number in range(60):
            page = response(200, b"<%d>" % number, "audio/aac")
            remote.pages[f"/live/segments/{number}.aac"] = page

    def lists(self, *texts: str | bytes) -> None:
        pages = [text if isinstance(text, bytes) else hls(text) for text in texts]
        self.remote.pages["/live/live.m3u8"] = list(pages)


def hls(text: str) -> bytes:
    return response(200, text.encode(), "application/vnd.apple.mpegurl")


def heard(*numbers: int) -> bytes:
    return b"".join(b"<%d>" % number for number in numbers)


@pytest.fixture
def hls_remote(remote):
    return HlsRemote(remote)


ENDED = "#EXT-X-ENDLIST"


async def test_hls_starts_three_segments_from_the_end_and_goes_on(
    hls_remote, ears, pull, brisk
):
    hls_remote.lists(segments(0, 9), segments(1, 10), segments(3, 12))

    pull(ears.relay(hls_remote.url))
    await ears.until(lambda: ears.sound.endswith(b"<12>"))

    assert ears.sound == heard(7, 8, 9, 10, 11, 12)
    assert ears.events[0] == ("described", "audio/aac")
    assert len(ears.all("described")) == 1


async def test_hls_that_ends_is_heard_whole_to_its_end(hls_remote, ears):
    hls_remote.lists(segments(0, 5, more=ENDED))

    assert "has ended" in await trouble(ears, ears.relay(hls_remote.url))
    assert ears.sound == heard(*range(6))


async def test_an_hls_segment_is_heard_for_as_long_as_it_sounds(
    hls_remote, ears, pull, brisk
):
    seconds = 0.6
    hls_remote.remote.pages["/live/segments/0.aac"] = sound(b"x" * 300)
    hls_remote.lists(segments(0, 1, seconds=seconds, more=ENDED))
    loop = asyncio.get_running_loop()
    begun_at: list[float] = []
    ears.on_sound = lambda: begun_at.append(loop.time())

    pull(ears.relay(hls_remote.url))
    await ears.until(lambda: b"<" in ears.sound)

    assert [len(data) for data in ears.all("heard")[:3]] == [100, 100, 100]
    assert begun_at[3] - begun_at[0] >= seconds * 0.95


async def test_the_header_of_fragmented_mp4_comes_first_and_when_it_changes(
    hls_remote, ears
):
    text = (
        '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MAP:URI="a.mp4"\n'
        "#EXTINF:0.01,\nsegments/0.aac\n#EXTINF:0.01,\nsegments/1.aac\n"
        '#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="b.mp4"\n'
        "#EXTINF:0.01,\nsegments/2.aac\n" + ENDED
    )
    hls_remote.lists(text)
    hls_remote.remote.pages["/live/a.mp4"] = response(200, b"[a]", "video/mp4")
    hls_remote.remote.pages["/live/b.mp4"] = response(200, b"[b]", "video/mp4")

    await trouble(ears, ears.relay(hls_remote.url))

    assert ears.sound == b"[a]<0><1>[b]<2>"
    assert [kind for kind, _ in ears.events] == [
        *("described", "heard", "heard"),
        *("described", "heard", "troubled"),
    ]


async def test_the_best_sound_without_a_picture_is_chosen(hls_remote, ears):
    hls_remote.lists(segments(0, 0, more=ENDED))
    hls_remote.remote.pages["/tv.m3u8"] = hls(
        "#EXTM3U\n"
        '#EXT-X-STREAM-INF:BANDWIDTH=48000,CODECS="mp4a.40.2"\nlow.m3u8\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=128000,CODECS="mp4a.40.2"\nlive/live.m3u8\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.4d401f,mp4a.40.2"\ntv.m3u8\n'
    )

    await trouble(ears, ears.relay(f"{hls_remote.remote.url}/tv.m3u8"))

    assert ears.sound == heard(0)


async def test_the_sound_that_goes_with_a_picture_is_chosen(hls_remote, ears):
    hls_remote.lists(segments(0, 0, more=ENDED))
    hls_remote.remote.pages["/tv.m3u8"] = hls(
        "#EXTM3U\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="es",URI="es.m3u8"\n'
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",DEFAULT=YES,'
        'URI="live/live.m3u8"\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.4d401f",AUDIO="a"\ntv.m3u8\n'
    )

    await trouble(ears, ears.relay(f"{hls_remote.remote.url}/tv.m3u8"))

    assert ears.sound == heard(0)


async def test_an_older_list_from_a_cache_repeats_nothing(
    hls_remote, ears, pull, brisk
):
    hls_remote.lists(segments(0, 5), segments(0, 6), segments(0, 5), segments(0, 7))

    pull(ears.relay(hls_remote.url))
    await ears.until(lambda: ears.sound.endswith(b"<7>"))

    assert ears.sound == heard(3, 4, 5, 6, 7)


async def test_a_list_that_has_moved_on_is_caught_up_with(
    hls_remote, ears, pull, brisk
):
    hls_remote.lists(segments(0, 5), segments(40, 45))

    pull(ears.relay(hls_remote.url))
    await ears.until(lambda: ears.sound.endswith(b"<45>"))

    assert ears.sound == heard(3, 4, 5, 43, 44, 45)


async def test_a_list_that_is_numbered_anew_is_started_again(
    hls_remote, ears, pull, brisk
):
    hls_remote.lists(segments(40, 45), segments(0, 4), segments(0, 5))

    pull(ears.relay(hls_remote.url))
    await ears.until(lambda: ears.sound.endswith(b"<5>"))

    assert ears.sound == heard(43, 44, 45, 2, 3, 4, 5)


async def test_a_list_that_cannot_be_had_for_a_moment_costs_nothing(
    hls_remote, ears, pull, brisk
):
    lost = response(503, b"", "text/plain")
    hls_remote.lists(segments(0, 5), lost, b"", segments(0, 6))

    pull(ears.relay(hls_remote.url))
    await ears.until(lambda: ears.sound.endswith(b"<6>"))

    assert ears.sound == heard(3, 4, 5, 6)
    assert ears.troubles == []


async def test_a_list_without_news_is_left(hls_remote, ears, brisk):
    hls_remote.lists(segments(0, 5))

    assert "no new sound" in await trouble(ears, ears.relay(hls_remote.url))
    assert ears.sound == heard(3, 4, 5)


async def test_a_list_that_stays_lost_is_left(hls_remote, ears, brisk):
    hls_remote.lists(segments(0, 5), response(503, b"", "text/plain"))

    assert "answered 503" in await trouble(ears, ears.relay(hls_remote.url))


async def test_a_segment_that_cannot_be_had_ends_the_connection(hls_remote, ears):
    hls_remote.lists(segments(58, 61))

    assert "60.aac answered 404" in await trouble(ears, ears.relay(hls_remote.url))
    assert ears.sound == heard(59)


async def test_an_encrypted_stream_is_a_sentence(hls_remote, ears):
    key = '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="key"\n'
    hls_remote.lists(segments(0, 5).replace("#EXTM3U\n", key))

    assert "is encrypted" in await trouble(ears, ears.relay(hls_remote.url))


async def test_choices_that_lead_to_choices_are_a_sentence(hls_remote, ears):
    hls_remote.lists("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlive.m3u8\n")

    assert "another list of choices" in await trouble(ears, ears.relay(hls_remote.url))


async def test_hls_that_is_closed_while_it_sounds_says_no_more(hls_remote, ears, brisk):
    hls_remote.lists(segments(0, 5, seconds=100.0))
    relay = ears.relay(hls_remote.url)
    running = asyncio.create_task(relay.run())
    await ears.until(lambda: ears.sound)

    relay.close()
    await running

    assert ears.troubles == []


# --- titles of HLS --------------------------------------------------------------------


def dated(*ranges: str, seconds: float = 0.4) -> str:
    """Two segments, the first of them from noon on, and what is said of them."""
    return "\n".join(
        [
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0",
            *ranges,
            "#EXT-X-PROGRAM-DATE-TIME:2026-10-11T12:00:00.000Z",
            f"#EXTINF:{seconds},\nsegments/0.aac\n#EXTINF:{seconds},\nsegments/1.aac",
            f"{ENDED}\n",
        ]
    )


def title(second: float, text: str) -> str:
    at = f"2026-10-11T12:00:{second:06.3f}Z"
    return (
        f'#EXT-X-DATERANGE:ID="title-{second}",CLASS="title",START-DATE="{at}",'
        f'END-ON-NEXT=YES,X-TITLE="{text}"'
    )


async def test_titles_of_another_groundwave_change_where_its_sound_does(
    hls_remote, ears
):
    for number in (0, 1):
        page = sound(b"%d" % number * 400)
        hls_remote.remote.pages[f"/live/segments/{number}.aac"] = page
    hls_remote.lists(dated(title(0, "Vatn"), title(0.5, "Ljós"), title(0.6, "Ótta")))

    await trouble(ears, ears.relay(hls_remote.url))

    at = {}
    heard_bytes = 0
    for kind, what in ears.events:
        if kind == "title":
            at[what] = heard_bytes
        elif kind == "heard":
            heard_bytes += len(what)
    assert at == {"Vatn": 0, "Ljós": 500, "Ótta": 600}
    assert ears.all("title") == ["Vatn", "Ljós", "Ótta"]
    assert ears.sound == b"0" * 400 + b"1" * 400


async def test_a_title_that_comes_with_the_sound_itself_is_told_once(hls_remote, ears):
    body = b"\x03Vatn"
    frame = b"TIT2" + bytes([0, 0, 0, len(body)]) + b"\0\0" + body
    packed = b"ID3\x04\0\0" + bytes([0, 0, 0, len(frame)]) + frame
    for number in (0, 1):
        page = sound(packed + b"%d" % number * 40)
        hls_remote.remote.pages[f"/live/segments/{number}.aac"] = page
    hls_remote.lists(segments(0, 1, more=ENDED))

    await trouble(ears, ears.relay(hls_remote.url))

    assert ears.all("title") == ["Vatn"]


async def test_a_title_of_a_segment_without_sound_harms_nobody(hls_remote, ears):
    hls_remote.remote.pages["/live/segments/0.aac"] = sound(b"")
    hls_remote.lists(dated(title(0, "Vatn"), seconds=0.0))

    assert "has ended" in await trouble(ears, ears.relay(hls_remote.url))
    assert ears.all("title") == ["Vatn"]


async def test_a_stream_that_says_its_title_again_and_again_is_told_once(
    remote, ears, pull
):
    block = metadata_block("Odetta")
    body = b"".join([b"a" * 10, block, b"b" * 10, block, b"c" * 10])
    remote.pages["/kgnd"] = going_on(sound(body, "icy-metaint: 10"))

    pull(ears.relay(f"{remote.url}/kgnd"))
    await ears.until(lambda: len(ears.sound) == 30)

    assert ears.all("title") == ["Odetta"]
