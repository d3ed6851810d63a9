from __future__ import annotations

import re
from html import unescape

import pytest

from equipment.whole_station import picture
from groundwave.delivery.card import plain
from groundwave.pages.models import HomePage, PlainPage
from groundwave.programming.models import Episode, Show
from groundwave.stations.actions import open_station


pytestmark = pytest.mark.django_db


def head(client, path):
    """What the page says of itself: each meta and link by its name."""
    page = client.get(path).content.decode()
    said = re.findall(
        r'<(?:meta|link) (?:name|property|rel)="([^"]+)"\s+(?:content|href)="([^"]*)"',
        page,
    )
    return {name: unescape(value) for name, value in said}


def test_the_front_page_is_announced_as_the_stations(client, kgnd):
    said = head(client, "/")

    assert said["og:title"] == said["og:site_name"] == "KGND Community Radio"
    assert said["description"] == (
        "Listen live to KGND Community Radio, and see what is on."
    )
    assert said["canonical"] == said["og:url"] == "http://testserver/"
    assert said["og:image"] == "http://testserver/static/groundwave/icon-512.png"
    assert said["twitter:card"] == "summary"


def test_what_the_editor_says_of_the_front_page_goes_first(client, kgnd):
    HomePage.objects.update(search_description="Along the ground since 1974.")

    assert head(client, "/")["description"] == "Along the ground since 1974."


def test_a_show_is_announced_with_its_picture(client, week, settings):
    Show.objects.filter(slug="morning-light").update(image=picture())

    said = head(client, "/shows/morning-light/")

    assert said["og:title"] == "Morning Light"
    assert said["description"] == said["og:description"] == "The day begins"
    path = said["og:image"].removeprefix("http://testserver/media/")
    assert (settings.MEDIA_ROOT / path).read_bytes().startswith(b"\xff\xd8")  # JPEG
    assert said["twitter:card"] == "summary_large_image"


def test_an_episode_is_announced_with_its_show(client, week):
    about = "<h2>Ice</h2><p>Fish &amp; frost.</p>"
    Episode.objects.create(show=week["light"], title="Frost", slug="f", about=about)

    said = head(client, "/shows/morning-light/f/")

    assert said["og:title"] == "Frost: Morning Light"
    assert said["description"] == "Ice Fish & frost."


def test_a_person_is_a_profile_with_a_square_portrait(client, week):
    week["ida"].portrait = picture()
    week["ida"].save()

    said = head(client, "/people/ida-marsh/")

    assert said["og:type"] == "profile"
    assert said["description"] == "Ida Marsh, Host of Morning Light"
    assert (said["og:image:width"], said["og:image:height"]) == ("480", "480")


def test_an_editors_page_is_announced_by_its_summary(client, kgnd):
    page = PlainPage(title="Who we are", slug="who", summary="Neighbors.")
    HomePage.objects.get().add_child(instance=page)

    said = head(client, "/who/")

    assert said["og:title"] == "Who we are"
    assert said["description"] == "Neighbors."


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/schedule/?station=kgnd", "/schedule/"),
        ("/schedule/?station=jazz", "/schedule/?station=jazz"),
        ("/shows/?category=Music&from=a-friend", "/shows/"),
        ("/people/ida-marsh/?utm_source=mail", "/people/ida-marsh/"),
    ],
)
def test_a_page_has_one_address_whatever_led_to_it(client, kgnd, week, asked, address):
    open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")

    assert head(client, asked)["canonical"] == f"http://testserver{address}"


def test_further_episodes_are_pages_of_their_own(client, week):
    for number in range(21):
        Episode.objects.create(show=week["light"], title="Frost", slug=f"f{number}")

    second = head(client, "/shows/morning-light/?page=2")["canonical"]
    first = head(client, "/shows/morning-light/?page=nonsense")["canonical"]

    assert second == "http://testserver/shows/morning-light/?page=2"
    assert first == "http://testserver/shows/morning-light/"


def test_the_deployments_own_name_is_the_pages(client, kgnd, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    said = head(client, "/")

    assert said["canonical"] == "https://kgnd.example/"
    assert said["og:image"].startswith("https://kgnd.example/static/")


@pytest.mark.parametrize("path", ["/nowhere/", "/schedule/?station=nowhere"])
def test_a_page_that_is_not_there_is_not_announced(client, kgnd, path):
    said = head(client, path)

    assert said["robots"] == "noindex"
    assert "canonical" not in said


def test_every_page_leads_to_its_other_editions(client, week):
    page = client.get("/shows/morning-light/").content.decode()
    links = re.findall(r'<link rel="alternate"\s+href="([^"]+)"\s+type="([^"]+)"', page)

    assert links == [
        ("/text/shows/morning-light/", "text/html"),
        ("/stations/kgnd/schedule.ics", "text/calendar"),
    ]


def test_a_browser_calls_the_air_before_it_is_asked_to(client, kgnd):
    page = client.get("/").content.decode()

    assert '<link rel="preconnect" href="http://testserver:8000" crossorigin>' in page


def test_a_title_cannot_break_out_of_the_head(client, week):
    hostile = '"><script>alert(1)</script>'
    Show.objects.filter(slug="morning-light").update(title=hostile, tagline=hostile)

    page = client.get("/shows/morning-light/").content.decode()

    assert "<script>alert(1)" not in page
    assert head(client, "/shows/morning-light/")["og:title"] == hostile


def test_those_who_look_at_the_address_of_old_find_the_icon(client, kgnd):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer["Location"] == "/static/groundwave/icon-512.png"


def test_rich_text_is_told_as_text_and_in_short():
    assert plain("<p>Fish &amp; <b>ice</b></p><p>Snow</p>") == "Fish & ice Snow"
    assert len(plain("<p>" + "frost " * 100 + "</p>")) <= 160
