from __future__ import annotations

import pytest

from groundwave.transmitter.advice import on_bitrate, on_silence


@pytest.mark.parametrize(("announced", "measured"), [(128, 320.0), (320, 128.0)])
def test_a_bitrate_that_lies_is_told_with_both_numbers(announced: int, measured: float):
    advice = on_bitrate(announced, measured)
    assert advice
    assert advice.outcome == "bitrate_lies"
    assert "128" in advice.sentence
    assert "320" in advice.sentence


@pytest.mark.parametrize(
    ("announced", "measured"), [(128, 128.0), (128, 131.0), (None, 320.0), (128, 0.0)]
)
def test_a_bitrate_that_is_about_right_or_unknown_is_nobodys_business(
    announced: int | None, measured: float
):
    assert on_bitrate(announced, measured) is None


def test_silence_is_told_with_what_to_check():
    assert "right device" in on_silence(15.2).sentence
