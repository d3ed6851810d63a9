from __future__ import annotations

from pathlib import Path

import pytest

from groundwave.wire.cds.oddity import Odd, Oddity, Report


REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "cds.md"


@pytest.mark.parametrize("what", Odd)
def test_whatever_can_be_odd_has_a_sentence(what):
    sentence = Oddity("/title", what, "fog").sentence

    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize("what", Odd)
def test_whatever_can_be_odd_is_in_the_reference(what):
    assert f"| `{what}` |" in REFERENCE.read_text()


def test_what_is_told_is_fit_to_be_shown():
    report = Report()

    report.tell("", Odd.BAD_REL, "fog\x1b[31m\u202e\n" + "x" * 9999)

    (oddity,) = report.oddities()
    assert oddity.detail.startswith("fog [31m x")
    assert len(oddity.detail) == 120
