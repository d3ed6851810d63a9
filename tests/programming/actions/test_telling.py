from __future__ import annotations

import pytest
from django.db import transaction

from equipment.broken_database import failing_once
from groundwave.programming.actions.telling import schedule_changed, tell_pages


pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    """What is to be done once all is committed, after the pages were told."""
    return []


@pytest.fixture
def commit(kgnd, later, django_capture_on_commit_callbacks):
    def commit():
        with django_capture_on_commit_callbacks(execute=True):
            tell_pages([kgnd])
            transaction.on_commit(lambda: later.append("done"))

    return commit


def test_a_schedule_that_cannot_be_told_is_no_fault_of_who_saved_it(commit, later):
    def fail(**_):
        raise ZeroDivisionError

    schedule_changed.connect(fail)
    try:
        commit()
    finally:
        schedule_changed.disconnect(fail)

    assert later == ["done"]


def test_a_locked_database_is_no_fault_of_who_saved_it(commit, later):
    with failing_once("stations_station"):
        commit()

    assert later == ["done"]
