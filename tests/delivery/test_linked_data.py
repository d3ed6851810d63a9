from __future__ import annotations

import json
import re

import pytest

from groundwave.pages.models import Recording
from groundwave.programming.models import Episode, Show
from groundwave.stations.models import Link


pytestmark = pytest.mark.django_db


def told(client, path):
    page = client.get(path).content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(said)["@graph"]


def test_the_front_page_names_the_licensee_and_its_stations(client, kgnd):
    Link.objects.create(
        licensee=kgnd.licensee, label="Mastodon", url="https://social.example/@kgnd"
    )

    licensee, station = told(client, "/")

    assert licensee == {
        "@type": "Organization",
        "@id": "http://testserver/#licensee",
        "name": "KGND Community Radio",
        "url": "http://testserver/",
        "sameAs": ["https://social.example/@kgnd"],
    }
    assert station["@type"] == "RadioStation"
    assert station["name"] == "KGND"
    assert station["parentOrganization"] == {"@id": "http://testserver/#licensee"}


def test_a_show_says_who_makes_it_and_when_it_is_heard(client, week):
    (show,) = told(client, "/shows/morning-light/")

    assert show["@type"] == "RadioSeries"
    assert show["url"] == "http://testserver/shows/morning-light/"
    assert show["genre"] == "Music"
    assert [each["name"] for each in show["contributor"]] == ["Ida Marsh"]
    first = show["publication"][0]
    assert first["@type"] == "BroadcastEvent"
    # Six in the morning in Denver, in winter.
    assert first["startDate"] == "2026-11-02T13:00:00Z"
    assert first["publishedOn"]["name"] == "KGND"


def test_an_episode_is_part_of_its_show(client, week):
    Episode.objects.create(show=week["light"], title="Frost", slug="frost")

    (episode,) = told(client, "/shows/morning-light/frost/")

    assert episode["@type"] == "RadioEpisode"
    assert episode["partOfSeries"]["name"] == "Morning Light"
    assert "publication" not in episode


def test_an_episode_that_can_be_heard_says_where(client, week):
    told_of = Recording.objects.create(
        title="Frost",
        file="recordings/frost.mp3",
        media_type="audio/mpeg",
        seconds=61.4,
    )
    Episode.objects.create(show=week["light"], title="Frost", slug="f", audio=told_of)

    (episode,) = told(client, "/shows/morning-light/f/")

    assert episode["audio"] == {
        "@type": "AudioObject",
        "name": "Frost",
        "contentUrl": "http://testserver/media/recordings/frost.mp3",
        "encodingFormat": "audio/mpeg",
        "duration": "PT61S",
    }


def test_a_person_works_for_the_licensee(client, week):
    (person,) = told(client, "/people/ida-marsh/")

    assert person["@type"] == "Person"
    assert person["jobTitle"] == "Host of Morning Light"
    assert person["worksFor"]["name"] == "KGND Community Radio"


@pytest.mark.parametrize("path", ["/shows/", "/search/?q=frost", "/nowhere/"])
def test_a_page_about_nothing_in_particular_says_nothing(client, week, path):
    assert "ld+json" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "a & b"]
)
def test_no_title_can_break_out(client, week, hostile):
    Show.objects.filter(slug="morning-light").update(title=hostile)

    page = client.get("/shows/morning-light/").content.decode()
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]

    assert not set("<>&") & set(said)
    assert told(client, "/shows/morning-light/")[0]["name"] == hostile
