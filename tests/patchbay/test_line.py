from __future__ import annotations

import struct
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, strategies as st

from groundwave.patchbay.errors import FrameTooLarge, GarbledLine, VersionMismatch
from groundwave.patchbay.line import (
    MAX_FRAME,
    Framing,
    site_framing,
    transmitter_framing,
)
from groundwave.patchbay.messages import (
    Announced,
    FromSite,
    FromTransmitter,
    ListenersAsked,
    ListeningSession,
    Role,
    SessionsEnded,
    SessionsKept,
    SourceHeld,
    StatusAsked,
    TitleChanged,
)


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
sessions = st.builds(
    ListeningSession,
    id=text,
    station=text,
    mount=text,
    started_at=instants,
    ended_at=instants,
    bytes_sent=st.integers(0, 2**62),
    agent=text,
)
from_site = st.one_of(
    st.builds(Announced, event=text, data=text, station=text),
    st.builds(
        SourceHeld, station=text, role=st.none() | st.sampled_from(Role), by=text
    ),
    st.builds(SessionsKept, batch=st.integers(0, 2**62)),
    st.just(StatusAsked()),
    st.builds(ListenersAsked, step_seconds=st.integers(1, 3600)),
)
from_transmitter = st.one_of(
    st.builds(TitleChanged, at=instants, station=text, title=text),
    st.builds(
        SessionsEnded,
        batch=st.integers(0, 2**62),
        sessions=st.lists(sessions, max_size=4).map(tuple),
    ),
)


def introduced() -> tuple[
    Framing[FromSite, FromTransmitter], Framing[FromTransmitter, FromSite]
]:
    site, transmitter = site_framing(), transmitter_framing()
    site.receive_data(transmitter.hello())
    transmitter.receive_data(site.hello())
    return site, transmitter


def heard(framing):
    """Every whole message that has come."""
    return list(iter(framing.next_message, None))


@given(messages=st.lists(from_site, max_size=5), data=st.data())
def test_how_the_socket_slices_bytes_does_not_matter(messages, data):
    site, transmitter = site_framing("desk"), transmitter_framing()
    stream = site.hello() + b"".join(map(site.message, messages))
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8))

    arrived = []
    for start, end in pairwise([0, *sorted(cuts), len(stream)]):
        transmitter.receive_data(stream[start:end])
        arrived += heard(transmitter)

    assert arrived == messages
    assert transmitter.peer == "desk"


@given(messages=st.lists(from_transmitter, max_size=5))
def test_what_the_transmitter_says_arrives_as_it_was_said(messages):
    site, transmitter = introduced()

    site.receive_data(b"".join(map(transmitter.message, messages)))

    assert heard(site) == messages


def test_a_frame_is_a_length_and_msgpack():
    site, _ = introduced()

    frame = site.message(SessionsKept(batch=7))

    (length,) = struct.unpack(">I", frame[:4])
    assert length == len(frame) - 4
    assert msgspec.msgpack.decode(frame[4:]) == {"type": "SessionsKept", "batch": 7}


def test_nothing_is_heard_before_the_hello():
    site, transmitter = site_framing(), transmitter_framing()

    assert site.peer is None
    assert site.next_message() is None
    transmitter.receive_data(site.hello()[:-1])
    assert transmitter.peer is None


def test_a_message_that_is_too_long_is_not_sent():
    site, _ = introduced()

    with pytest.raises(FrameTooLarge, match="too long for the patchbay") as refused:
        site.message(Announced(event="x", data="x" * MAX_FRAME))
    assert refused.value.size > MAX_FRAME


def test_a_length_that_is_too_large_is_refused_before_its_bytes_come():
    _, transmitter = introduced()

    transmitter.receive_data(struct.pack(">I", MAX_FRAME + 1))
    with pytest.raises(FrameTooLarge):
        transmitter.next_message()


@pytest.mark.parametrize("ours", [1, 3])
def test_a_version_mismatch_says_which_side_to_upgrade(ours):
    site, transmitter = site_framing(version=ours), transmitter_framing(version=2)
    older = "site" if ours == 1 else "transmitter"

    for here, there in ((site, transmitter), (transmitter, site)):
        with pytest.raises(VersionMismatch, match=f"upgrade the {older}"):
            here.receive_data(there.hello())


def test_a_field_that_a_newer_side_adds_is_ignored():
    _, transmitter = introduced()
    body = msgspec.msgpack.encode({"type": "SessionsKept", "batch": 7, "new": [1]})

    transmitter.receive_data(struct.pack(">I", len(body)) + body)

    assert heard(transmitter) == [SessionsKept(batch=7)]


@given(st.binary(max_size=200))
def test_bytes_that_are_not_ours_are_a_garbled_line_or_wait_for_more(data):
    transmitter = transmitter_framing()
    try:
        transmitter.receive_data(data)
    except GarbledLine:
        return
    assert transmitter.peer is None


def test_a_first_frame_that_is_no_hello_is_a_garbled_line():
    transmitter = transmitter_framing()

    with pytest.raises(GarbledLine, match="is not Groundwave's patchbay"):
        transmitter.receive_data(struct.pack(">I", 1) + b"\xc0")


@given(st.binary(max_size=200))
def test_a_frame_that_is_no_message_is_a_garbled_line(body):
    _, transmitter = introduced()
    transmitter.receive_data(struct.pack(">I", len(body)) + body)

    with pytest.raises(GarbledLine):
        transmitter.next_message()


def test_a_message_of_endless_depth_is_a_garbled_line():
    _, transmitter = introduced()
    deep = b"\x82\xa4type\xacSessionsKept\xa1x" + b"\x91" * 100_000 + b"\xc0"

    transmitter.receive_data(struct.pack(">I", len(deep)) + deep)

    with pytest.raises(GarbledLine):
        transmitter.next_message()
