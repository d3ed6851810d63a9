from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import UsageError
from groundwave.wire.http.head import Headers, ResponseReader
from groundwave.wire.icy import (
    METAINT,
    NO_CHANGE,
    IcyReader,
    TitleReceived,
    icy_response_head,
    metadata_block,
    preflight_response,
    wants_metadata,
)


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]))


def parsed(block):
    """Read one block as a player does, one byte of audio before it."""
    (audio, *titles) = IcyReader(1).receive_data(b"a" + block)
    assert audio == b"a"
    return titles


def merged(found):
    """Join neighbouring audio, so that only what matters is compared."""
    whole = []
    for part in found:
        if isinstance(part, bytes) and whole and isinstance(whole[-1], bytes):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def test_a_block_is_its_length_and_its_text_padded_to_16_bytes():
    assert metadata_block("Odetta - Vatn") == (
        b"\x02StreamTitle='Odetta - Vatn';\0\0\0\0"
    )
    assert metadata_block("") == b"\x01StreamTitle='';\0"
    assert metadata_block("a", "http://u") == (
        b"\x03StreamTitle='a';StreamUrl='http://u';".ljust(49, b"\0")
    )


def test_the_block_that_says_nothing_new_is_one_byte():
    assert NO_CHANGE == b"\0"
    assert METAINT == 16000


@given(st.text(), st.text())
def test_every_block_is_whole_and_valid_utf8(title, url):
    block = metadata_block(title, url)

    assert len(block) == 1 + block[0] * 16
    assert block[1:].decode().startswith("StreamTitle='")
    assert block[1:].rstrip(b"\0").endswith(b"';")


@given(TEXT, TEXT)
def test_a_player_reads_the_title_that_was_written(title, url):
    shown = title.replace("';", "\u2019;")

    assert parsed(metadata_block(title)) == [TitleReceived(shown)]
    assert parsed(metadata_block(title, url)) == [
        TitleReceived(shown, url.replace("';", "\u2019;"))
    ]


@pytest.mark.parametrize(
    "title", ["it's", "'", "''", "a';StreamUrl='b", "end'", "';';"]
)
def test_no_title_can_end_its_block_early(title):
    text = metadata_block(title)[1:].rstrip(b"\0").decode()
    naive = text.removeprefix("StreamTitle='").rpartition("';")[0]

    assert "';" not in naive
    assert naive.replace("\u2019", "'") == title


def test_a_title_too_long_for_a_block_is_cut_at_a_character():
    block = metadata_block("é" * 4000)
    (title,) = parsed(block)

    assert block[0] == 255
    assert title.title == "é" * ((4080 - len("StreamTitle='';")) // 2)


def test_a_link_too_long_to_be_whole_is_left_out():
    assert parsed(metadata_block("a", "http://" + "u" * 2000)) == [TitleReceived("a")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"StreamTitle='a';StreamUrl='u';", [TitleReceived("a", "u")]),
        (b"StreamTitle='a'", [TitleReceived("a")]),
        (b"StreamTitle='a'; StreamUrl='';", [TitleReceived("a")]),
        (b"StreamTitle='R\xf3s';", [TitleReceived("Rós")]),
        (b"StreamTitle='it's';x';StreamUrl='u';", [TitleReceived("it's';x", "u")]),
        (b"StreamUrl='u';", []),
        (b"nonsense", []),
        (b"", []),
    ],
)
def test_foreign_blocks_are_read_as_they_were_meant(text, found):
    units = -(-len(text) // 16)

    assert parsed(bytes([units]) + text.ljust(units * 16, b"\0")) == found


@given(
    st.integers(1, 40),
    st.lists(
        st.sampled_from([NO_CHANGE, metadata_block("x"), metadata_block("y" * 40)])
    ),
    st.data(),
)
def test_how_the_network_slices_a_stream_does_not_matter(metaint, blocks, data):
    audio = bytes(range(1, metaint + 1))
    stream = b"".join(audio + block for block in blocks)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8))
    reader = IcyReader(metaint)
    found = []
    for start, end in pairwise([0, *sorted(cuts), len(stream)]):
        found += reader.receive_data(stream[start:end])

    assert merged(found) == merged(IcyReader(metaint).receive_data(stream))
    heard = b"".join(part for part in found if isinstance(part, bytes))
    assert heard == audio * len(blocks)


@given(st.integers(0, 20), st.lists(st.binary(max_size=40)))
def test_any_bytes_are_a_stream(metaint, slices):
    reader = IcyReader(metaint)
    for data in slices:
        reader.receive_data(data)


def test_a_stream_without_titles_is_all_audio():
    reader = IcyReader(0)

    assert reader.receive_data(b"audio") == [b"audio"]
    assert reader.receive_data(b"") == []


def test_an_interval_cannot_be_negative():
    with pytest.raises(UsageError):
        IcyReader(-1)


def test_titles_are_for_those_who_ask():
    assert wants_metadata(Headers([("Icy-MetaData", "1")]))
    assert not wants_metadata(Headers([("Icy-MetaData", "0")]))
    assert not wants_metadata(Headers())


def head_of(data):
    reader = ResponseReader()
    reader.receive_data(data)
    assert reader.head
    assert reader.leftover == b""
    return reader.head


def test_a_listener_s_head_says_all_that_is_known():
    head = head_of(
        icy_response_head(
            "audio/mpeg",
            name="Vökuradio\r\nX-Evil: 1",
            description="a demo",
            genre="News",
            url="http://example.org",
            public=True,
            bitrate_kbps=128,
            metaint=METAINT,
            more=[("X-More", "1")],
        )
    )

    assert (head.version, head.status, head.reason) == ("HTTP/1.0", 200, "OK")
    assert head.headers.text("icy-name") == "Vökuradio X-Evil: 1"
    assert "x-evil" not in head.headers
    known = ("content-type", "icy-description", "icy-genre", "icy-url", "icy-br")
    assert [head.headers.get(name) for name in known] == [
        "audio/mpeg",
        "a demo",
        "News",
        "http://example.org",
        "128",
    ]
    assert head.headers.get("icy-pub") == "1"
    assert head.headers.get("icy-metaint") == "16000"
    assert head.headers.get("connection") == "close"
    assert head.headers.get("x-more") == "1"


def test_a_listener_who_asked_for_nothing_gets_no_interval_and_no_ranges():
    headers = head_of(icy_response_head("audio/aac")).headers

    absent = {"icy-metaint", "icy-name", "icy-br", "accept-ranges", "content-length"}
    assert not [name for name in absent if name in headers]
    assert headers.get("icy-pub") == "0"
    assert "no-store" in headers.get("cache-control")


def test_any_page_may_play_the_stream_and_read_its_titles():
    headers = head_of(icy_response_head("audio/aac")).headers
    preflight = head_of(preflight_response())

    assert headers.get("access-control-allow-origin") == "*"
    assert {"icy-name", "icy-metaint"} <= headers.tokens(
        "access-control-expose-headers"
    )
    assert preflight.status == 204
    assert "icy-metadata" in preflight.headers.tokens("access-control-allow-headers")
