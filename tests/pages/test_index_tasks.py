"""However often a page is saved in one go, it is indexed once."""

from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from groundwave.pages.index_tasks import indexed_once
from groundwave.pages.models import HomePage


pytestmark = pytest.mark.django_db


@task()
def told(word):
    return word


def enqueued(name=""):
    return DBTaskResult.objects.filter(task_path__contains=name).count()


def saved(times):
    home = HomePage.objects.get()
    for _ in range(times):
        home.save()


def saved_in_vain():
    with transaction.atomic(), indexed_once():
        saved(1)
        raise ZeroDivisionError


def test_what_is_saved_three_times_is_indexed_once():
    with indexed_once():
        saved(3)

    assert enqueued("modelsearch") == 1
    assert enqueued("reference_index") == 1


def test_outside_each_save_counts():
    saved(3)

    assert enqueued("modelsearch") == 3


def test_the_next_time_it_is_indexed_again():
    for _ in range(2):
        with indexed_once():
            saved(2)

    assert enqueued("modelsearch") == 2


def test_what_was_rolled_back_inside_is_enqueued_again_by_what_follows():
    with indexed_once():
        with pytest.raises(ZeroDivisionError):
            saved_in_vain()
        assert enqueued("modelsearch") == 0
        saved(1)

    assert enqueued("modelsearch") == 1


def test_what_a_block_inside_has_enqueued_is_not_enqueued_again_after_it():
    with indexed_once():
        with transaction.atomic(), indexed_once():
            saved(1)
        saved(1)

    assert enqueued("modelsearch") == 1


def test_all_other_tasks_are_enqueued_as_often_as_they_are():
    with indexed_once():
        told.enqueue("once")
        told.enqueue("once")

    assert enqueued("told") == 2
