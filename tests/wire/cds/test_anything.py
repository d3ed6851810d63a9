"""Whatever comes is read or refused, and what is told about it is true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy

from hypothesis import given, settings, strategies as st

from groundwave.wire.cds.answers import documents_in, messages_in
from groundwave.wire.cds.body import body_of
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.oddity import KEPT, MOST_ODDITIES, Odd
from groundwave.wire.cds.query_reading import read_query
from groundwave.wire.cds.reading import read, read_json
from groundwave.wire.cds.writing import write
from wire.cds.stories import SOUND, VECTORS


DOCUMENTS = [json.loads((VECTORS / f"{name}.json").read_text()) for name in SOUND]
ODD = json.loads((VECTORS / "odd.json").read_text())

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "#/assets/kgnd-p1",
            "#/assets/kgnd-in",
            "/v1/documents/null",
            "/v1/profiles/text",
            "type",
            "2026-02-30T00:00:00Z",
            "9999-12-31T23:59:59-12:00",
            "javascript:alert(1)",
            "\0\ud800".encode("utf-8", "ignore").decode(),
        ]
    )
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
        | st.fixed_dictionaries(
            {},
            optional={
                "id": inner,
                "profiles": inner,
                "assets": inner,
                "layout": inner,
                "href": inner,
                "rels": inner,
            },
        )
    ),
    max_leaves=8,
)


def places(raw: object, where: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The way to everything that is in *raw*."""
    if isinstance(raw, dict | list):
        for key in raw if isinstance(raw, dict) else range(len(raw)):
            yield (*where, key)
            yield from places(raw[key], (*where, key))


PLACES = [[*places(document)] for document in [*DOCUMENTS, ODD]]


@st.composite
def mutants(draw) -> dict[str, object]:
    """A document in which something has been taken out or become something else."""
    which = draw(st.integers(0, len(PLACES) - 1))
    document = deepcopy([*DOCUMENTS, ODD][which])
    for way in draw(st.lists(st.sampled_from(PLACES[which]), min_size=1, max_size=4)):
        with suppress(KeyError, IndexError, TypeError):  # gone with an earlier one
            parent = document
            for key in way[:-1]:
                parent = parent[key]
            if draw(st.booleans()):
                del parent[way[-1]]
            else:
                parent[way[-1]] = draw(anything)
    return json.loads(
        json.dumps(document)
    )  # a list that became an object has text keys


def is_in(pointer: str, raw: object) -> bool:
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        inside = dict(enumerate(raw)) if isinstance(raw, list) else raw
        if not isinstance(inside, dict):
            return False
        raw = inside.get(int(key) if isinstance(raw, list) else key, is_in)
    return raw is not is_in


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(data):
    for reader in (read, documents_in):
        with suppress(NotCds):
            reader(data)
    assert isinstance(messages_in(data), tuple)


@given(anything)
def test_any_json_is_read_or_refused(raw):
    data = json.dumps(raw).encode()
    for reader in (read, documents_in):
        with suppress(NotCds):
            reader(data)
    assert isinstance(messages_in(data), tuple)


@given(st.text(max_size=64) | st.text("&=,:.+%ids0129TZlmtsor-", max_size=64))
def test_any_text_is_a_query_or_refused(text):
    with suppress(NotCds):
        read_query(text)


@settings(deadline=None, max_examples=200)
@given(mutants())
def test_what_is_told_of_a_document_is_true(raw):
    try:
        reading = read_json(raw)
    except NotCds:
        return

    assert len(reading.oddities) <= MOST_ODDITIES + 1
    for oddity in reading.oddities:
        assert oddity.sentence
        if oddity.what is not Odd.UNFULFILLED:  # what is wanted may not be there
            assert is_in(oddity.where, raw), oddity
    blocks = body_of(reading.document)
    assert len({block.id for block in blocks}) == len(blocks)
    if {oddity.what for oddity in reading.oddities} <= KEPT:
        again = read(write(reading.document))
        assert again.document == reading.document
