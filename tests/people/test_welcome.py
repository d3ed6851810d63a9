from __future__ import annotations

import pytest
from django.urls import reverse

from groundwave.people.actions import issue_welcome, welcome_administrator
from groundwave.people.errors import AdministratorExists
from groundwave.people.models import Person, User


pytestmark = pytest.mark.django_db

THEO = {
    "name": "Theo van Dijk",
    "email": "Theo@KGND.example",
    "password": "a mast in the meadow",
}


@pytest.fixture
def link():
    return reverse("welcome", args=[issue_welcome()])


def test_the_first_visitor_becomes_the_administrator_and_is_signed_in(client, link):
    assert client.get(link).status_code == 200

    response = client.post(link, THEO)

    assert response.headers["Location"] == reverse("wagtailadmin_home")
    theo = User.objects.get(email="theo@kgnd.example")
    assert theo.is_superuser
    assert theo.check_password("a mast in the meadow")
    assert Person.objects.get(user=theo).name == "Theo van Dijk"
    assert client.get(response.headers["Location"]).status_code == 200


def test_the_first_visitor_is_told_where_the_others_are_let_in(client, link):
    assert "Settings, Users" in client.get(link).content.decode()


def test_the_link_works_once(client, link):
    client.post(link, THEO)

    assert client.get(link).status_code == 410
    assert client.post(link, {**THEO, "email": "eve@else.example"}).status_code == 410
    assert User.objects.count() == 1


def test_no_link_is_issued_once_there_is_an_administrator():
    welcome_administrator("Theo", email="theo@kgnd.example", password="x")

    with pytest.raises(AdministratorExists, match="sign in"):
        issue_welcome()


def test_of_two_who_come_at_once_the_second_is_too_late():
    welcome_administrator("Theo", email="theo@kgnd.example", password="x")

    with pytest.raises(AdministratorExists):
        welcome_administrator("Eve", email="eve@else.example", password="x")


def test_a_forged_link_is_worth_nothing(client, link):
    forged = reverse("welcome", args=["ImZpcnN0IGFkbWluaXN0cmF0b3Ii:1xV2ou:forged"])

    assert client.get(forged).status_code == 410
    assert client.post(forged, THEO).status_code == 410
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "weak", ["short1", "password123", "37582934671", "theovandijk"]
)
def test_a_weak_password_is_refused_and_the_page_says_why(client, link, weak):
    response = client.post(link, {**THEO, "password": weak})

    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not User.objects.exists()


def test_a_name_of_one_word_is_a_name():
    theo = welcome_administrator("Theo", email="theo@kgnd.example", password="x")

    assert str(theo) == "Theo"


def test_the_page_is_not_kept_by_any_cache(client, link):
    assert "no-store" in client.get(link).headers["Cache-Control"]
