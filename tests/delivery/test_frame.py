from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import groundwave.delivery
from equipment.whole_station import picture
from groundwave.pages.models import HomePage, PlainPage, SectionPage
from groundwave.stations.models import Licensee, Link


pytestmark = pytest.mark.django_db

STATIC = Path(groundwave.delivery.__file__).parent / "static/groundwave"


def home(client):
    return client.get("/").content.decode()


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "Listen"), ("/schedule/", "Schedule"), ("/shows/", "Shows")],
)
def test_the_navigation_says_where_the_reader_is(client, week, path, name):
    page = client.get(path).content.decode()

    (marked,) = re.findall(r'aria-current="page">([^<]+)</a>', page)
    assert marked == name


def test_a_page_below_marks_its_part_of_the_site(client, week):
    page = client.get("/shows/morning-light/").content.decode()

    (marked,) = re.findall(r'aria-current="true">([^<]+)</a>', page)
    assert marked == "Shows"


def test_the_editors_pages_come_into_the_navigation_when_they_say_so(client, kgnd):
    start = HomePage.objects.get()
    start.add_child(
        instance=SectionPage(title="About us", slug="about", show_in_menus=True)
    )
    start.add_child(instance=PlainPage(title="Left out", slug="left-out"))

    page = home(client)

    assert 'href="/about/"' in page
    assert "Left out" not in page


def test_the_ask_is_not_made_before_there_is_somewhere_to_give(client, kgnd):
    assert "supported by its listeners" not in home(client)

    Licensee.objects.update(
        support_url="https://give.kgnd.example/", support_text="It costs $9 an hour."
    )

    page = home(client)
    assert "supported by its listeners" in page
    assert "It costs $9 an hour." in page
    assert page.count('href="https://give.kgnd.example/"') == 2


def test_the_licensees_links_are_at_the_foot(client, kgnd):
    Link.objects.create(
        licensee=kgnd.licensee, label="Mastodon", url="https://social.example/@kgnd"
    )

    assert 'href="https://social.example/@kgnd"' in home(client)


def test_the_logo_is_shown_no_larger_than_it_need_be(client, kgnd):
    Licensee.objects.update(logo=picture(pixels=2000, height=1000))

    logo = re.search(r'<img[^>]*class="masthead__logo"[^>]*>', home(client)).group()

    assert 'alt=""' in logo  # the name stands beside it
    assert 'height="120"' in logo


def test_a_show_with_a_picture_offers_it_in_the_size_that_is_needed(client, week):
    week["light"].image = picture(pixels=1200)
    week["light"].save()

    page = client.get("/shows/").content.decode()

    assert re.search(r"<img[^>]*320w, [^>]*640w", page)


def test_nothing_on_a_page_is_styled_or_scripted_in_line(client, week):
    for path in (
        "/",
        "/schedule/",
        "/schedule/week/",
        "/shows/",
        "/people/",
        "/search/",
    ):
        page = client.get(path).content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page), path


@pytest.mark.parametrize("name", ["fonts/SOURCE.txt"])
def test_fonts_are_what_their_license_came_with(name):
    source = STATIC / name
    told = re.findall(r"^(\S+\.woff2)\n.*\n\s+sha256: (\w+)$", source.read_text(), re.M)

    assert len(told) == 2
    for file, digest in told:
        assert hashlib.sha256((source.parent / file).read_bytes()).hexdigest() == digest
    assert "SIL Open Font License" in (source.parent / "LICENSE.txt").read_text()
