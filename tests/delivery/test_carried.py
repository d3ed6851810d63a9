"""A story of somebody else, as readers meet it: whose it is, wherever they meet it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search import index

from equipment.carried import HOME, LINE, carry, connect, own_up
from equipment.recordings import keep_recording
from groundwave.delivery.carried import carried
from groundwave.delivery.social_cards import card_url
from groundwave.newsroom.actions.banners import put_up_banner
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import ChangeKind, Story, StoryUpdate, Topic
from groundwave.people.models import User
from groundwave.stations.models import Licensee
from groundwave.syndication.models import Original


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAM = "/news/a-dam-far-away/"
ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = ("/", "/news/", "/topics/bay/", "/search/?q=dam")


@pytest.fixture(autouse=True)
def at_half_past(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def longwave(news):
    return connect(news)


@pytest.fixture
def dam(longwave):
    story = carry(longwave)
    story.topics = [Topic.objects.create(name="The bay", slug="bay")]
    story.save()
    return story


def page_of(client, path=DAM):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def words_of(client, path=DAM):
    """What is read there, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page_of(client, path)).split())


def article(client, path=DAM):
    page = page_of(client, path)
    data = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)
    return json.loads(data[1])["@graph"][0]


LINE_READ = f"Copyright 2026 Longwave Network . To see more, visit {HOME} ."


@pytest.mark.parametrize("path", [DAM, f"/text/pages{DAM}"])
def test_the_copyright_line_is_its_origins_in_every_edition(client, dam, path):
    assert LINE_READ in words_of(client, path)
    assert f'<a href="{HOME}">Longwave Network</a>' in page_of(client, path)
    assert "Copyright 2026 KGND" not in words_of(client, path)


def test_ours_stays_ours(client, story):
    words = words_of(client, "/news/ferry-sinks/")

    assert "Copyright 2026 KGND Community Radio" in words
    assert article(client, "/news/ferry-sinks/")["publisher"]["@type"] == "Organization"
    assert carried(story) is None


def test_of_two_brands_each_leads_home_and_a_strange_address_nowhere(client, longwave):
    brands = [
        {"name": "Longwave Network", "url": HOME},
        {"name": "Radio <b>Tide</b>", "url": "javascript:alert(1)"},
        {"name": "Hill FM", "url": "https://hill.example"},
    ]
    carry(longwave, copyright_line=LINE | {"year": None, "brands": brands})

    page = page_of(client)

    assert "javascript:" not in page
    assert "Radio &lt;b&gt;Tide&lt;/b&gt; and <a" in page
    assert '<a href="https://hill.example">Hill FM</a>' in page
    assert re.search(r"Copyright\s+<a", page)


def test_a_line_that_says_nobody_names_the_connections_origin(client, longwave):
    carry(longwave, copyright_line={})

    assert f"Copyright Longwave . To see more, visit {HOME} ." in words_of(client)


def test_its_origins_name_stands_beside_its_authors(client, dam):
    bylines = re.search(r'<ul class="bylines">(.*?)</ul>', page_of(client), re.S)[1]

    assert f'<a href="{HOME}a-dam-far-away">Longwave Network</a>' in bylines
    assert "Nell Okafor" in bylines


def test_what_its_origin_said_of_its_rights_stands_below(client, longwave):
    carry(longwave, attribution="Copyright 2026 <Longwave> by way of Hill FM.")

    for path in (DAM, f"/text/pages{DAM}"):
        assert "2026 &lt;Longwave&gt; by way of Hill FM." in page_of(client, path)


def test_it_was_published_when_its_origin_published_it(client, dam):
    assert '<time datetime="2026-11-01T12:00:00Z">' in page_of(client)
    assert article(client)["datePublished"] == "2026-11-01T12:00:00Z"


def test_search_engines_are_sent_to_the_original_and_messengers_to_us(client, dam):
    page = page_of(client)

    assert f'<link rel="canonical" href="{HOME}a-dam-far-away">' in page
    assert f'<meta property="og:url" content="http://testserver{DAM}">' in page
    assert '"robots"' not in page
    assert "X-Robots-Tag" not in client.get(DAM)


@pytest.mark.parametrize("path", [DAM, f"/text/pages{DAM}"])
def test_what_its_origin_keeps_from_search_engines_we_keep_too(client, longwave, path):
    carry(longwave, no_index=True)

    assert client.get(path)["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page_of(client, path)


def test_another_wish_of_the_connection_counts_at_once(client, dam, longwave):
    longwave.wish = "noindex"
    longwave.save()

    assert 'rel="canonical"' not in page_of(client)
    assert client.get(DAM)["X-Robots-Tag"] == "noindex"


def test_data_say_whose_it_is_and_never_that_it_is_ours(client, dam):
    said = article(client)

    origin = {"@type": "Organization", "name": "Longwave Network", "url": HOME}
    for name in ("publisher", "sourceOrganization", "copyrightHolder"):
        assert said[name] == [origin], name
    assert said["copyrightYear"] == 2026
    assert said["isBasedOn"]["url"] == f"{HOME}a-dam-far-away"
    assert said["provider"]["name"] == "KGND Community Radio"
    assert said["author"] == [{"@type": "Person", "name": "Nell Okafor"}]
    assert said["isAccessibleForFree"] is True


def test_every_list_says_that_it_is_not_ours(client, dam, story):
    for path in (*LISTS, "/text/", "/text/pages/news/", "/text/search/?q=dam"):
        words = words_of(client, path)
        assert re.search(r"A dam far away (.{0,80})?From Longwave Network", words), path
        assert words.count("From Longwave Network") == 1, path


def test_nothing_that_speaks_for_us_has_it(client, dam, story):
    for path in ("/feed.atom", "/feed.rss", "/feed.json", "/sitemap-news.xml"):
        page = page_of(client, path)
        assert "erry sinks" in page, path
        assert "dam" not in page, path
    assert DAM not in page_of(client, "/sitemap.xml")
    assert "/news/ferry-sinks/" in page_of(client, "/sitemap.xml")


def test_an_alias_of_it_is_no_more_ours_than_it_is(client, dam, news, story):
    alias = dam.create_alias(parent=news.get_parent(), update_slug="dam")
    index.insert_or_update_object(alias)

    words = words_of(client, "/dam/")

    assert LINE_READ in words
    assert "Copyright 2026 KGND" not in words
    for path in ("/feed.atom", "/sitemap.xml", "/sitemap-news.xml"):
        assert "dam" not in page_of(client, path), path
    assert words_of(client, "/search/?q=dam").count("From Longwave Network") == 2


def test_the_front_page_has_so_many_of_each_connection_and_ours_first(
    client, longwave, news, story
):
    others = connect(news, "Hill FM", most_on_front=1)
    longwave.most_on_front = 2
    longwave.save()
    for number in range(4):
        at = NOW - HOUR + number * timedelta(minutes=1)
        carry(longwave, f"Far {number}", published_at=at)
        carry(others, f"Near {number}", published_at=at)
    Story.objects.filter(pk=story.pk).update(first_published_at=NOW - 9 * HOUR)

    found = re.findall(r">(Far \d|Near \d|Ferry sinks[^<]*)<", page_of(client, "/"))

    assert found[0] == "Ferry sinks off Marrow Bay"
    assert set(found[1:]) == {"Far 3", "Far 2", "Near 3"}
    assert page_of(client, "/news/").count("Far ") >= 4


def relate(story, other):
    draft = story.get_latest_revision_as_object()
    draft.body = [("related", {"story": other})]
    draft.begin_another_change()
    draft.change_kind = ChangeKind.TYPO
    draft.save_revision().publish()


def test_no_edition_relates_a_story_that_is_for_few(client, dam, story):
    relate(story, dam)
    both = ("/news/ferry-sinks/", "/text/pages/news/ferry-sinks/")
    assert all("A dam far away" in page_of(client, path) for path in both)

    dam.view_restrictions.create(restriction_type="login")

    for path in both:
        assert "A dam far away" not in page_of(client, path), path


@pytest.mark.parametrize("name", ["recommended_until", "expires_at"])
def test_what_is_recommended_no_more_is_found_and_not_promoted(
    client, dam, story, time_machine, name
):
    Original.objects.update(**{name: NOW + HOUR})
    relate(story, dam)
    by = User.objects.create_user("ida@kgnd.example")
    put_up_banner(
        "A dam breaks.", begins_at=NOW, ends_at=NOW + 3 * HOUR, by=by, story=dam
    )
    promoting = ("/", "/text/", "/news/ferry-sinks/", "/text/pages/news/ferry-sinks/")

    for path in promoting:
        assert DAM.strip("/") in page_of(client, path), path
    time_machine.move_to(NOW + HOUR, tick=False)
    for path in promoting:
        assert DAM.strip("/") not in page_of(client, path), path
    assert "A dam breaks." in page_of(client, "/"), "what we say ourselves stands"
    for path in ("/news/", "/topics/bay/", "/search/?q=dam", DAM):
        assert "A dam far away" in page_of(client, path), path


def test_what_has_expired_is_not_heard_any_more(client, dam, time_machine):
    bell = keep_recording("The bell")
    dam.recording = keep_recording("The foghorn")
    dam.body = [("audio", {"recording": bell, "title": ""}), *_text()]
    dam.save()
    Original.objects.update(expires_at=NOW + HOUR)

    heard = page_of(client)
    assert "The bell" in heard
    assert "audio" in article(client)
    time_machine.move_to(NOW + HOUR, tick=False)

    for path in (DAM, f"/text/pages{DAM}"):
        page = page_of(client, path)
        assert "Water is rising." in page
        assert "/media/recordings/" not in page
    assert "audio" not in article(client)


def _text():
    return [("text", "<p>Water is rising.</p>")]


def test_its_origins_correction_is_told_as_its_origins(client, dam):
    update = own_up(dam)

    for path in (DAM, "/corrections/", f"/text/pages{DAM}"):
        page = page_of(client, path)
        assert "Longwave Network corrected this story" in page, path
        assert "The river was another one." in page, path
    feed = ElementTree.fromstring(page_of(client, "/corrections/feed.atom"))
    [entry] = feed.findall(f"{ATOM}entry")
    title = entry.find(f"{ATOM}title").text
    assert title == "Longwave Network corrected this story: A dam far away"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Longwave Network"
    assert article(client)["correction"][0]["text"] == update.text
    assert "Updated at" in page_of(client)


def test_our_own_error_in_a_story_of_theirs_is_called_ours(client, dam):
    StoryUpdate.objects.create(
        story=dam,
        kind=ChangeKind.CORRECTION,
        text="We named the wrong bridge.",
        is_significant=True,
        at=NOW,
    )

    page = page_of(client, "/corrections/")

    assert "We named the wrong bridge." in page
    assert "corrected this story" not in page


def test_what_an_update_took_out_of_it_is_nobodys_to_read(client, dam):
    Licensee.objects.update(shows_versions=True)
    draft = dam.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", "<p>Water is falling.</p>")]
    draft.change_kind, draft.change_text = ChangeKind.UPDATE, "It falls."
    draft.save_revision().publish()
    [update] = dam.updates.all()

    assert client.get(f"/changes/{update.uid}/").status_code == 404
    for path in (DAM, f"/text/pages{DAM}"):
        page = page_of(client, path)
        assert "It falls." in page
        assert "/changes/" not in page


def test_a_takedown_says_that_its_origin_took_it_back(client, dam, story):
    ida = User.objects.create_user("ida@kgnd.example", is_superuser=True)
    note = "Longwave has taken this story back."
    kill(dam, public_note=note, reason="Gone upstream.", by=ida, now=NOW)

    for path in (DAM, f"/text/pages{DAM}"):
        gone = client.get(path)
        assert gone.status_code == 410
        assert note in gone.content.decode()
    assert note in page_of(client, "/corrections/")
    # No feed of ours ever had it.
    assert "deleted-entry" not in page_of(client, "/feed.atom")


@pytest.mark.parametrize("path", LISTS)
def test_lists_ask_the_database_no_more_for_more_of_them(
    client, dam, longwave, path, django_assert_max_num_queries
):
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    longwave.most_on_front = 7
    longwave.save()
    for number in range(6):
        more = carry(longwave, f"More of the dam {number}")
        more.topics = list(dam.topics.all())
        more.save()

    with django_assert_max_num_queries(len(few)):
        assert "More of the dam 5" in page_of(client, path)


def test_lists_leave_what_no_reader_sees_in_the_database(client, dam):
    for path in LISTS:
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        large = [e for e in asked if '"syndication_original"."raw"' in e["sql"]]
        assert large == [], path


def test_the_card_that_messengers_show_names_its_origin(dam):
    before = card_url(dam)

    Original.objects.update(copyright_line={})

    # Its address says what is on it.
    assert card_url(Story.objects.get(pk=dam.pk)) != before
