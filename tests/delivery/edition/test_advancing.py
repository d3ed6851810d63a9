"""Whatever is written and committed is another edition; what is not is none."""

from __future__ import annotations

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from groundwave.delivery.edition import watching
from groundwave.delivery.edition.counter import counter
from groundwave.delivery.models import Edition
from groundwave.people.models import Person
from groundwave.programming.models import Show, Slot


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(settings):
    return counter(settings.GROUNDWAVE.data)


@pytest.fixture
def ida():
    return Person.objects.create(name="Ida", slug="ida")


def saved_in_vain(ida):
    with transaction.atomic():
        ida.save()
        transaction.set_rollback(True)


class Counting:
    """How far two numbers went: this machine's and the database's."""

    def __init__(self, here):
        self.here = here

    def _now(self):
        row = Edition.objects.first()
        return self.here.number, row.number if row else 0

    def __enter__(self):
        self._before = self._now()
        return self

    def __exit__(self, *_):
        after = self._now()
        self.steps = tuple(b - a for a, b in zip(self._before, after, strict=True))


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


WRITES = {
    "save": lambda ida: ida.save(),
    "create": lambda _: Person.objects.create(name="Bo", slug="bo"),
    "update": lambda _: Person.objects.update(role_line="Host"),
    "delete": lambda ida: ida.delete(),
    "bulk_create": lambda _: Person.objects.bulk_create(
        [Person(name=f"P{n}", slug=f"p{n}") for n in range(3)]
    ),
    "bulk_update": lambda ida: Person.objects.bulk_update([ida], ["name"]),
    "get_or_create": lambda _: Show.objects.get_or_create(title="S", slug="s"),
    "raw": lambda _: raw("UPDATE people_person SET name = %s", "Raw"),
    "with": lambda _: raw(
        "WITH all_of_them AS (SELECT id FROM people_person) "
        "DELETE FROM people_person WHERE id IN (SELECT id FROM all_of_them)"
    ),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_write_by_itself_is_one_edition_for_all_to_see(way, here, ida):
    with Counting(here) as counting:
        WRITES[way](ida)

    assert counting.steps == (1, 1)


@pytest.mark.parametrize("way", WRITES)
def test_a_transaction_is_one_edition_however_much_it_writes(way, here, ida):
    with Counting(here) as counting, transaction.atomic():
        Person.objects.create(name="First", slug="first")
        WRITES[way](ida)

    assert counting.steps == (1, 1)


def test_many_to_many_counts(here, kgnd):
    show = Show.objects.create(title="Light", slug="light")
    slot = Slot.objects.create(
        station=kgnd, show=show, starts_on="2026-01-01", begins="06:00", minutes=60
    )
    with Counting(here) as counting:
        slot.also_on.add(kgnd)

    assert counting.steps == (1, 1)


def test_what_is_rolled_back_is_no_edition(here, ida):
    with Counting(here) as counting:
        saved_in_vain(ida)
        with transaction.atomic():
            ida.refresh_from_db()

    assert counting.steps == (0, 0)


def test_a_savepoint_that_is_rolled_back_takes_no_count_with_it(here, ida):
    with Counting(here) as counting, transaction.atomic():
        saved_in_vain(ida)
        Person.objects.update(name="After")

    assert counting.steps == (1, 1)


def test_a_write_in_a_savepoint_counts(here, ida):
    with Counting(here) as counting, transaction.atomic():
        with transaction.atomic():
            ida.save()
        Person.objects.count()

    assert counting.steps == (1, 1)


def test_a_write_that_the_database_refuses_is_none_and_the_next_one_is(here, ida):
    with Counting(here) as counting, pytest.raises(DatabaseError):
        Person.objects.create(name="Again", slug="ida")
    assert counting.steps == (0, 0)

    with Counting(here) as counting:
        ida.save()
    assert counting.steps == (1, 1)


def test_nobody_hears_of_a_write_before_it_can_be_read(here, ida):
    seen = []
    with transaction.atomic():
        before = here.number
        ida.save()
        transaction.on_commit(lambda: seen.append(here.number))
        assert here.number == before

    assert seen == [before + 1], "who is told of it finds the new edition"


def test_what_is_on_no_page_is_no_edition(here):
    with Counting(here) as counting:
        Session.objects.create(session_key="x", expire_date=timezone.now())
        Session.objects.all().delete()

    assert counting.steps == (0, 0)


def test_what_a_write_returns_is_there_to_be_read(here):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (name, slug, role_line, biography) "
            "SELECT name, slug, '', '' FROM (SELECT 'A' AS name, 'a' AS slug "
            "UNION SELECT 'B', 'b') AS both_of_them RETURNING slug, name"
        )
        assert sorted(cursor.fetchall()) == [("a", "A"), ("b", "B")]


def test_a_transaction_by_hand_counts(here, ida):
    with Counting(here) as counting:
        transaction.set_autocommit(False)
        try:
            ida.save()
            transaction.rollback()
            ida.save()
            transaction.commit()
        finally:
            transaction.set_autocommit(True)

    assert counting.steps == (1, 1)


def test_a_database_that_was_emptied_begins_again_and_pages_are_made_anew(here, ida):
    before = here.number
    Edition.objects.all().delete()
    ida.save()

    assert Edition.objects.get().number == 1
    assert here.number == before + 1


def test_a_file_that_cannot_be_written_keeps_nobody_from_writing(settings, ida):
    blocked = settings.GROUNDWAVE.data / "blocked"
    blocked.write_text("")
    settings.GROUNDWAVE = settings.GROUNDWAVE.__class__(
        data=blocked, bind="127.0.0.1", site_port=1, air_port=2
    )
    ida.name = "Written"
    ida.save()

    assert Person.objects.get(pk=ida.pk).name == "Written"


def test_what_another_machine_wrote_is_heard(here, ida, monkeypatch):
    raw("UPDATE delivery_edition SET number = number + 5")  # as from elsewhere
    before, stop = here.number, threading.Event()
    monkeypatch.setattr(stop, "wait", lambda _: stop.set())

    watching.run_watching(stop)

    assert here.number == before + 1
