from __future__ import annotations

import pytest

from groundwave.people.actions import free_slug, person_named
from groundwave.people.models import Person


pytestmark = pytest.mark.django_db


def test_somebody_is_known_by_name_once():
    assert person_named("Odetta Reyes") == person_named("Odetta Reyes")
    assert Person.objects.count() == 1


def test_two_names_that_look_alike_in_an_address_get_two_addresses():
    Person.objects.create(name="Zoë", slug=free_slug("Zoë"))
    Person.objects.create(name="Zoe", slug=free_slug("Zoe"))

    assert set(Person.objects.values_list("slug", flat=True)) == {"zoe", "zoe-2"}


def test_a_name_without_a_latin_letter_gets_an_address_too():
    assert free_slug("小林") == "person"
