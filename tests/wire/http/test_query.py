from __future__ import annotations

from urllib.parse import quote_plus

from hypothesis import given, strategies as st

from groundwave.wire.http.query import raw_pairs, text_pairs


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=5))
def test_what_was_quoted_is_read_back(pairs):
    query = "&".join(f"{quote_plus(k)}={quote_plus(v)}" for k, v in pairs.items())

    assert text_pairs(query.encode()) == pairs


@given(st.binary())
def test_nothing_fails_to_be_read(query):
    text_pairs(query)


def test_raw_bytes_stray_percents_and_pluses_are_read_as_meant():
    assert raw_pairs(b"song=100%+\xc3\xa9+%26+b&&x") == [
        (b"song", b"100% \xc3\xa9 & b"),
        (b"x", b""),
    ]


def test_of_a_repeated_key_the_first_value_stands():
    assert text_pairs(b"a=1&a=2") == {"a": "1"}
