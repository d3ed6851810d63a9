"""What real encoders sent, read by the handshakes as a server would use them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.wire.http.head import Credentials, RequestReader
from groundwave.wire.icecast.shoutcast import ShoutcastHandshake, SourceDescribed
from groundwave.wire.icecast.source import (
    AudioReceived,
    SourceHandshake,
    SourceRequested,
    StreamDescription,
)
from groundwave.wire.icecast.titles import (
    TitleUpdate,
    is_title_request,
    read_title_update,
    title_credentials,
)


VECTORS = Path(__file__).parents[2] / "vectors" / "icecast"
KEY = Credentials("source", "hackme")
LIQUIDSOAP = StreamDescription(
    name="Vökuradio",
    description="a demo",
    genre="News",
    url="http://example.org",
    public=True,
    bitrate_kbps=64,
    sample_rate=44100,
    channels=2,
    agent="Liquidsoap/2.1.3 (Unix; OCaml 4.13.1)",
)
BUTT = StreamDescription(
    name="i",
    description="a demo",
    genre="News",
    url="http://example.org",
    public=True,
    bitrate_kbps=64,
    sample_rate=44100,
    channels=2,
    agent="butt 0.1.37",
)
SHOUT = StreamDescription(
    name="Vökuradio",
    bitrate_kbps=64,
    sample_rate=44100,
    channels=1,
    agent="libshout/2.4.6",
)
FFMPEG = StreamDescription(name="Vökuradio", agent="Lavf/59.27.100")

SOURCES = {
    "ffmpeg-5.1/put": (
        StreamDescription(
            name="Vökuradio", genre="News", public=True, agent="Lavf/59.27.100"
        ),
        "PUT HTTP/1.1",
    ),
    "ffmpeg-5.1/source": (FFMPEG, "SOURCE HTTP/1.1"),
    "liquidsoap-2.1.3/source": (LIQUIDSOAP, "SOURCE HTTP/1.0"),
    "liquidsoap-2.1.3/put": (LIQUIDSOAP, "PUT HTTP/1.0"),
    "liquidsoap-2.1.3/put-chunked": (LIQUIDSOAP, "PUT HTTP/1.1"),
    "libshout-2.4.6/2-put": (SHOUT, "PUT HTTP/1.1"),
    "butt-0.1.37/put": (BUTT, "PUT HTTP/1.1"),
    "butt-0.1.37/source": (BUTT, "SOURCE HTTP/1.0"),
}
SHOUTCAST_SOURCES = {
    "liquidsoap-2.1.3/shoutcast": ("", "Vökuradio"),
    "libshout-2.4.6/shoutcast-2": ("", "Vökuradio"),
    "butt-0.1.37/shoutcast": ("/kgnd", "i"),
}
ODETTA = "Ódetta - Vatn; 'é'"
TITLES = {
    "liquidsoap-2.1.3/title": (
        TitleUpdate("/kgnd", "Sigur Rós - Hoppípolla & 'Flýgill'; 100%", ""),
        KEY,
    ),
    "liquidsoap-2.1.3/shoutcast-title": (
        TitleUpdate("", "Sigur Rós - Hoppípolla", ""),
        KEY,
    ),
    "liquidsoap-2.1.3/shoutcast-title-with-mount": (
        TitleUpdate("/kgnd", "Sigur Rós - Hoppípolla", ""),
        KEY,
    ),
    "libshout-2.4.6/3-title-without-credentials": (
        TitleUpdate("/kgnd", ODETTA, ""),
        None,
    ),
    "libshout-2.4.6/4-title": (TitleUpdate("/kgnd", ODETTA, ""), KEY),
    "libshout-2.4.6/shoutcast-3-title": (TitleUpdate("", ODETTA, ""), KEY),
    "butt-0.1.37/title": (
        TitleUpdate("/kgnd", "Ódetta - Vatn & 'é' 100%+;", ""),
        KEY,
    ),
    "butt-0.1.37/shoutcast-title": (
        TitleUpdate("/kgnd", "Ódetta - Vatn & 'é' 100%+;", ""),
        KEY,
    ),
}


def recorded(name):
    return (VECTORS / f"{name}.bin").read_bytes()


def sliced(sent, cuts):
    return [sent[start:end] for start, end in pairwise([0, *sorted(cuts), len(sent)])]


def accepted_source(sent, cuts=()):
    """Return every event of a source that is accepted as soon as it asks."""
    reader, handshake, events = RequestReader(), None, []
    for data in sliced(sent, cuts):
        if handshake is None:
            reader.receive_data(data)
            if reader.head is None:
                continue
            handshake = SourceHandshake(reader.head, reader.leftover)
            events += handshake.events_received()
            handshake.accept()
        else:
            handshake.receive_data(data)
        events += handshake.events_received()
    return joined(events)


def accepted_shoutcast(sent, cuts=()):
    handshake, events = ShoutcastHandshake(), []
    for data in sliced(sent, cuts):
        handshake.receive_data(data)
        new = handshake.events_received()
        if any(isinstance(event, SourceRequested) for event in new):
            handshake.accept()
            new += handshake.events_received()
        events += new
    return joined(events)


def joined(events):
    audio = b"".join(event.data for event in events if isinstance(event, AudioReceived))
    others = [event for event in events if not isinstance(event, AudioReceived)]
    return others, audio


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_understood(name):
    description, protocol = SOURCES[name]
    events, audio = accepted_source(recorded(name))

    assert events == [SourceRequested("/kgnd", KEY, description, protocol)]
    if name != "butt-0.1.37/source":  # it was refused before it sent any
        assert audio
        assert recorded(name).endswith(audio) or name.endswith("chunked")


def test_the_chunks_of_a_chunked_source_are_taken_off():
    sent = recorded("liquidsoap-2.1.3/put-chunked")
    _, audio = accepted_source(sent)
    sizes = re.findall(rb"\r\n([0-9A-F]{1,3})\r\n(?=.)", sent, re.DOTALL)

    assert len(audio) == sum(int(size, 16) for size in sizes) > 0
    assert audio in re.sub(rb"\r\n[0-9A-F]{1,3}\r\n", b"", sent)


@pytest.mark.parametrize("name", SHOUTCAST_SOURCES)
def test_every_shoutcast_source_is_understood(name):
    mount, station_name = SHOUTCAST_SOURCES[name]
    (asked, described), audio = accepted_shoutcast(recorded(name))

    assert isinstance(asked, SourceRequested)
    assert (asked.mount, asked.credentials) == (mount, KEY)
    assert isinstance(described, SourceDescribed)
    assert described.description.name == station_name
    assert described.description.bitrate_kbps == 64
    assert recorded(name).endswith(audio)
    assert audio


@pytest.mark.parametrize("name", TITLES)
def test_every_title_is_understood(name):
    update, credentials = TITLES[name]
    reader = RequestReader()
    reader.receive_data(recorded(name))

    assert reader.head
    assert is_title_request(reader.head)
    assert read_title_update(reader.head) == update
    assert title_credentials(reader.head) == credentials


def test_libshout_pokes_first_and_stays_for_its_real_request():
    reader = RequestReader()
    reader.receive_data(recorded("libshout-2.4.6/1-poke"))
    assert reader.head
    poke = SourceHandshake(reader.head, reader.leftover)
    (asked,) = poke.events_received()
    assert isinstance(asked, SourceRequested)
    assert asked.credentials is None

    poke.challenge()
    poke.receive_data(recorded("libshout-2.4.6/2-put"))

    assert poke.finished_poke
    (real,), audio = accepted_source(poke.leftover)
    assert isinstance(real, SourceRequested)
    assert real.credentials == KEY
    assert audio


def test_libshout_pokes_shoutcast_servers_with_a_password_of_its_own():
    handshake = ShoutcastHandshake(recorded("libshout-2.4.6/shoutcast-1-poke"))
    (asked,) = handshake.events_received()

    assert isinstance(asked, SourceRequested)
    assert asked.credentials is None


def test_butt_asks_for_its_listeners_like_any_client():
    reader = RequestReader()
    reader.receive_data(recorded("butt-0.1.37/listener-count"))

    assert reader.head
    assert reader.head.path == "/status-json.xsl"


@settings(max_examples=50)
@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_how_the_network_slices_a_source_does_not_matter(name, data):
    sent = recorded(name)
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=8))

    assert accepted_source(sent, cuts) == accepted_source(sent)


@settings(max_examples=50)
@given(st.sampled_from(sorted(SHOUTCAST_SOURCES)), st.data())
def test_how_the_network_slices_a_shoutcast_source_does_not_matter(name, data):
    sent = recorded(name)
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=8))

    assert accepted_shoutcast(sent, cuts) == accepted_shoutcast(sent)
