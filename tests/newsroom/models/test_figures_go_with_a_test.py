"""Journeys use a database that is emptied after each; figures must not stand in the way."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Figure
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", ["first", "again"])
def test_a_test_that_leaves_figures_leaves_none_to_the_next(time):
    assert not Figure.objects.exists()

    ledger = Ledger()
    first = ledger.figure()
    ledger.judge(ledger.figure(33, supersedes=first), Status.DISPUTED)

    with pytest.raises(IntegrityError, match="figure_is_never_deleted"):
        Figure.objects.filter(supersedes=first)._raw_delete("default")
