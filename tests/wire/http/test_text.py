from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.http.text import clean_text, decode_text, known_charset


@given(st.text())
def test_utf8_is_always_read_as_utf8(text):
    assert (
        decode_text(text.encode(errors="replace"))
        == text.encode(errors="replace").decode()
    )


@given(st.binary(), st.text(max_size=20), st.text(max_size=20))
def test_nothing_fails_to_decode(data, charset, fallback):
    assert isinstance(decode_text(data, charset=charset, fallback=fallback), str)


def test_a_named_charset_is_believed_before_utf8():
    assert decode_text("я".encode("koi8-r"), charset="KOI8-R") == "я"
    assert decode_text("é".encode(), charset="windows-1252") == "Ã©"


def test_a_named_charset_that_does_not_fit_is_not_believed():
    assert decode_text(b"R\xf3s", charset="UTF-8") == "Rós"


def test_the_fallback_is_for_what_is_not_utf8():
    assert decode_text(b"\xd1", fallback="koi8-r") == "я"
    assert decode_text("я".encode(), fallback="koi8-r") == "я"


def test_latin_1_means_what_windows_means_by_it():
    assert decode_text(b"don\x92t", charset="ISO-8859-1") == "don\u2019t"


def test_a_byte_that_means_nothing_is_shown_as_such():
    assert decode_text(b"\x81") == "\ufffd"


@pytest.mark.parametrize(
    "name", ["", "hex", "idna", "utf-7", "iso-8859-99", "no such", "\0", "mbcs"]
)
def test_an_unknown_or_dangerous_charset_counts_as_none(name):
    assert known_charset(name) == ""


@pytest.mark.parametrize("name", ["UTF8", " utf-8 ", "utf_8", "Latin1", "gbk", "1250"])
def test_charsets_are_known_by_their_usual_names(name):
    assert known_charset(name)


@given(st.text(), st.integers(0, 50))
def test_clean_text_is_one_visible_line_within_its_limit(text, limit):
    cleaned = clean_text(text, limit=limit)

    assert len(cleaned) <= limit
    assert cleaned == cleaned.strip()
    assert not {"\r", "\n", "\0", "\x85", "\u2028", "\u202e"} & set(cleaned)
    cleaned.encode()  # no half of a surrogate pair is left


def test_clean_text_folds_white_space():
    assert clean_text(" Sigur\t Rós \r\n-  Vaka ", limit=99) == "Sigur Rós - Vaka"
