from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError

from groundwave.people.models import User


pytestmark = pytest.mark.django_db


def test_an_address_signs_in_however_it_is_capitalized(odetta):
    found = authenticate(username="Odetta@KGND.example", password="along the ground")

    assert found == odetta


def test_nobody_signs_in_twice_by_capitalizing_differently(odetta):
    with pytest.raises(IntegrityError):
        User.objects.create_user("ODETTA@kgnd.example", "another secret")


def test_the_database_refuses_an_address_with_capitals(odetta):
    with pytest.raises(IntegrityError, match="user_email_is_in_lower_case"):
        User.objects.filter(pk=odetta.pk).update(email="Odetta@kgnd.example")


def test_a_user_is_called_by_name_or_else_by_address(odetta):
    assert str(odetta) == "Odetta"
    assert str(User(email="new@kgnd.example")) == "new@kgnd.example"
