from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from groundwave.programming.titles import refuse_unseen


@pytest.mark.parametrize(
    "title", ["Jazz", "ジャズ", "الموسيقى", "10", "★", "…", "Jazz 🎷"]
)
def test_what_can_be_read_on_one_line_is_a_title(title):
    refuse_unseen(title)


@pytest.mark.parametrize("mark", ["\n", "\t", "\u2028", "\u2029", "\u202e", "\x00"])
def test_what_breaks_a_line_or_turns_it_around_is_refused(mark):
    with pytest.raises(ValidationError, match="a character in it that cannot be seen"):
        refuse_unseen(f"Jazz{mark}Hour")


@pytest.mark.parametrize("title", ["\u200b", "\u2060\ufeff", "\u00a0\u200d", "\u3164"])
def test_a_title_of_which_nothing_is_seen_is_refused(title):
    with pytest.raises(ValidationError, match="Nothing of it can be seen"):
        refuse_unseen(title)
