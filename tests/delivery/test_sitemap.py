from __future__ import annotations

import re

import pytest
from wagtail.models import Page

from groundwave.pages.models import HomePage, PlainPage
from groundwave.people.models import Person
from groundwave.programming.models import Episode


pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client, week):
    """The paths in the sitemap, of what the public may find and what it may not."""
    Episode.objects.create(show=week["light"], title="Frost", slug="frost")
    Episode.objects.create(show=week["music"], title="Unlisted", slug="unlisted")
    Person.objects.create(name="Key Holder", slug="key-holder")
    home = HomePage.objects.get()
    home.add_child(instance=PlainPage(title="Who we are", slug="who"))
    home.add_child(instance=PlainPage(title="Draft", slug="draft", live=False))
    hidden = home.add_child(instance=PlainPage(title="Hidden", slug="hidden"))
    hidden.view_restrictions.create(restriction_type="password", password="along")
    answer = client.get("/sitemap.xml")
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", answer.content.decode())


def test_what_the_public_may_find_is_listed_once(listed):
    assert {
        "/",
        "/who/",
        "/schedule/",
        "/schedule/week/",
        "/shows/",
        "/shows/morning-light/",
        "/shows/morning-light/frost/",
        "/people/",
        "/people/ida-marsh/",
    } <= set(listed)
    assert len(listed) == len(set(listed))


def test_what_it_may_not_is_not(listed):
    for word in ("draft", "hidden", "key-holder", "unlisted", "music-from-the-valley"):
        assert not [path for path in listed if word in path], word


def test_every_address_in_it_answers(client, listed):
    for path in listed:
        assert client.get(path).status_code == 200, path


def test_robots_are_told_where_it_is_and_where_not_to_go(client, kgnd, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = answer.content.decode().splitlines()
    assert "Sitemap: https://kgnd.example/sitemap.xml" in said
    assert "Disallow: /admin/" in said
    # Every date of two centuries is a page; a robot needs none but today's.
    assert "Disallow: /*date=" in said


def test_addresses_are_the_ones_that_pages_give_as_their_own(client, week, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    page = client.get("/sitemap.xml").content.decode()

    told = re.findall(r"<loc>([^<]+)</loc>", page)
    assert "https://kgnd.example/" in told
    assert "https://kgnd.example/shows/morning-light/" in told
    assert all(each.startswith("https://kgnd.example/") for each in told)


def test_a_page_outside_of_the_site_has_no_address_to_list(client, week):
    Page.get_first_root_node().add_child(
        instance=HomePage(title="Elsewhere", slug="elsewhere")
    )

    page = client.get("/sitemap.xml").content.decode()

    assert "None" not in page
    assert "elsewhere" not in page
    assert "<loc>http://testserver</loc>" not in page
