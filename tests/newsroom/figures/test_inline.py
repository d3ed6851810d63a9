from __future__ import annotations

import pytest

from groundwave.newsroom.figures.inline import attributed, capital, forms, renewed
from newsroom.figures.said import about, at_least, between, said


def test_a_figure_in_a_sentence_says_whose_it_is():
    assert attributed(said("a", at_least(32))) == (
        "at least 32, according to Tamarack County"
    )
    relayed = said("a", about(40), relayed_by="AP")
    assert attributed(relayed) == "about 40, according to Tamarack County via AP"


@pytest.mark.parametrize("form", [0, 1])
@pytest.mark.parametrize("case", [str, capital])
def test_what_was_put_there_is_renewed_as_it_was_put_there(form, case):
    was, now = said("a", at_least(32)), said("b", between(41, 44))

    words = renewed(case(forms(was)[form]), was, now)

    assert words == case(forms(now)[form])


@pytest.mark.parametrize("words", ["at least 33", "32", "", "AT LEAST 32"])
def test_what_somebody_wrote_himself_is_not_renewed(words):
    assert renewed(words, said("a", at_least(32)), said("b", at_least(41))) is None
