from __future__ import annotations

import pytest

from groundwave.people.models import Person


pytestmark = pytest.mark.django_db


def test_a_host_is_introduced_with_their_shows(client, week):
    page = client.get("/people/ida-marsh/").content.decode()

    assert "<h1>Ida Marsh</h1>" in page
    assert "Host of Morning Light" in page
    assert 'href="/shows/morning-light/"' in page


def test_the_list_has_whoever_something_is_said_of(client, week):
    Person.objects.create(name="Sol Reed", slug="sol-reed", biography="<p>Writes.</p>")

    page = client.get("/people/").content.decode()

    assert "Ida Marsh" in page
    assert "Sol Reed" in page


def test_who_only_holds_a_key_stays_unknown(client, week, odetta):
    assert "Odetta" not in client.get("/people/").content.decode()
    assert client.get("/people/odetta/").status_code == 404
    assert client.get("/text/people/odetta/").status_code == 404


def test_a_host_with_two_shows_is_listed_once(client, week, show):
    from groundwave.programming.models import Host

    Host.objects.create(show=show("Second"), person=week["ida"])

    assert client.get("/people/").content.decode().count("/people/ida-marsh/") == 1


def test_before_anybody_is_introduced_the_page_says_so(client, kgnd):
    page = client.get("/people/").content.decode()

    assert "Nobody has been introduced here yet." in page
