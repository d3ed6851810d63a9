"""Feeds, as programs elsewhere read them: by the book, and with nobody to ask."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from wagtail.rich_text import RichText

from equipment.feed_readers import atom_faults, json_feed_faults, rss_faults
from equipment.photos import keep_photo
from groundwave.delivery.feed_entries import BODY, with_whole_addresses
from groundwave.delivery.pictures import WIDE
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import Byline, ChangeKind, Story
from groundwave.photos.models import Photo


pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
HOSTILE = "Fewer than < 5 & <script>alert(1)</script>"
STORY_FEEDS = ("/feed.atom", "/feed.rss", "/feed.json")


@pytest.fixture
def photo():
    found = keep_photo("The ferry", description="A ferry on a sandbank")
    for spec in (WIDE, BODY):
        found.get_rendition(spec)
    return found


@pytest.fixture
def pictured(story, photo):
    """The ferry's story with photos and links of ours, corrected in hostile words."""
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.lead_photo = photo
    draft.lead_caption = "The ferry at noon"
    draft.bylines = [Byline(guest="Sol Reed"), Byline(guest="Ida Marsh")]
    hung = {"image": photo, "decorative": False, "alt_text": "A mast in the snow"}
    shown = {"image": hung, "caption": "Our mast", "credit": ""}
    link = f'<a linktype="page" id="{story.get_parent().pk}">All of it</a>'
    draft.body = [
        ("text", RichText(f"<p>At least 31 people are missing. {link}</p>")),
        ("picture", shown),
        ("gallery", {"photos": [shown, shown]}),
    ]
    draft.change_kind, draft.change_text = ChangeKind.CORRECTION, HOSTILE
    draft.save_revision().publish()
    story.refresh_from_db()
    return story


@pytest.fixture
def plain(news):
    """A story with nothing but a headline and a body."""
    story = Story(title="Tide tables", slug="tide", live=False)
    story.body = [("text", RichText("<p>High at noon.</p>"))]
    news.add_child(instance=story)
    story.save_revision().publish()
    return story


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def bodies(client):
    """The ferry's body in each format, by the feed's path."""
    atom = ElementTree.fromstring(text_of(client, "/feed.atom"))
    rss = ElementTree.fromstring(text_of(client, "/feed.rss"))
    feed = json.loads(text_of(client, "/feed.json"))
    return {
        "/feed.atom": atom.find(f"{ATOM}entry/{ATOM}content").text,
        "/feed.rss": rss.find("channel/item/description").text,
        "/feed.json": feed["items"][0]["content_html"],
    }


def test_every_feed_is_valid(client, plain, pictured, news, odetta):
    gone = news.add_child(instance=Story(title="Gone", slug="gone", live=False))
    gone.save_revision().publish()
    kill(gone, by=odetta, reason="Wrong.", now=datetime(2026, 11, 22, tzinfo=UTC))
    assert "deleted-entry" in text_of(client, "/feed.atom")

    assert atom_faults(text_of(client, "/feed.atom")) == ""
    assert atom_faults(text_of(client, "/corrections/feed.atom")) == ""
    assert rss_faults(text_of(client, "/feed.rss")) == ""
    assert json_feed_faults(text_of(client, "/feed.json")) == []


def test_feeds_of_nothing_are_valid(client, kgnd):
    assert atom_faults(text_of(client, "/feed.atom")) == ""
    assert atom_faults(text_of(client, "/corrections/feed.atom")) == ""
    assert rss_faults(text_of(client, "/feed.rss")) == ""
    assert json_feed_faults(text_of(client, "/feed.json")) == []


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        (r"<id>urn:.+?</id>", "", "id"),
        (r"<name>.+?</name>", "", "name"),
        (r"<updated>.+?</updated>", "<updated>at noon</updated>", "at noon"),
        (r"<title>", "<title type='htm'>", "htm"),
        (r"<entry>", "<entry><headline>No.</headline>", "headline"),
    ],
)
def test_a_broken_atom_feed_is_refused(client, pictured, found, instead, said):
    feed = text_of(client, "/feed.atom")

    assert said in atom_faults(re.sub(found, instead, feed, count=1, flags=re.DOTALL))


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        (r"<description>Stories.+?</description>", "", "description"),
        (r"<pubDate>.+?</pubDate>", "<pubDate>at noon</pubDate>", "at noon"),
        (r"<item>", "<item><enclosure url='/a.mp3'/>", "enclosure"),
        (r"<item>", "<item><headline>No.</headline>", "headline"),
    ],
)
def test_a_broken_rss_feed_is_refused(client, pictured, found, instead, said):
    feed = text_of(client, "/feed.rss")

    assert said in rss_faults(re.sub(found, instead, feed, count=1, flags=re.DOTALL))


@pytest.mark.parametrize(
    "broken",
    [
        {"id": None},
        {"url": "/news/ferry-sinks/"},
        {"date_published": "at noon"},
        {"headline": "No."},
        {"authors": [{}]},
    ],
)
def test_a_broken_json_feed_is_refused(client, pictured, broken):
    feed = json.loads(text_of(client, "/feed.json"))
    feed["items"][0] |= broken

    (fault,) = json_feed_faults(json.dumps(feed))

    assert fault.startswith("$.items[0]")


def test_every_link_and_picture_of_a_body_leads_to_us_from_anywhere(client, pictured):
    for path, body in bodies(client).items():
        leads = re.findall(r'(?:href|src)="([^"]+)"', body)
        assert "http://testserver/news/" in leads, path
        assert len([each for each in leads if "/media/" in each]) == 3, path
        assert all(urlsplit(each).netloc for each in leads), path


def test_feeds_name_the_site_as_the_public_does(client, pictured, settings):
    settings.GROUNDWAVE_SITE_URL = "https://radio.example"

    for path in (*STORY_FEEDS, "/corrections/feed.atom"):
        feed = text_of(client, path)
        assert "https://radio.example/news/ferry-sinks/" in feed, path
        assert "testserver" not in feed, path


def test_what_leads_elsewhere_already_is_left_alone():
    told = '<p><a href="https://bay.example/a?b&amp;c">A</a> <a href="#b">B</a></p>'

    whole = with_whole_addresses(told, "https://radio.example/news/ferry/")

    assert whole == told.replace('"#b"', '"https://radio.example/news/ferry/#b"')


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss"])
def test_an_entry_has_its_photo_and_whom_to_thank_for_it(client, pictured, path):
    feed = ElementTree.fromstring(text_of(client, path))

    (photo,) = feed.iter(f"{MEDIA}content")

    assert photo.get("url").startswith("http://testserver/media/")
    assert (photo.get("medium"), photo.get("type")) == ("image", "image/jpeg")
    assert {each.tag.removeprefix(MEDIA): each.text for each in photo} == {
        "credit": "Ida Marsh / KGND",
        "title": "The ferry at noon",
        "description": "A ferry on a sandbank",
    }


def test_a_photo_in_a_body_has_its_words_and_its_credit(client, pictured):
    for path, body in bodies(client).items():
        (figure, *others) = re.findall(r"<figure>.+?</figure>", body, re.DOTALL)
        assert len(others) == 2, path
        for words in ('alt="A mast in the snow"', "Our mast", "Ida Marsh / KGND"):
            assert words in figure, (path, words)


@pytest.mark.parametrize(
    "withheld",
    [{"may_be_in_feeds": False}, {"expires_at": datetime(2026, 1, 1, tzinfo=UTC)}],
)
def test_a_photo_that_may_not_be_in_feeds_is_in_none(client, pictured, photo, withheld):
    Photo.objects.filter(pk=photo.pk).update(**withheld)

    for path in STORY_FEEDS:
        feed = text_of(client, path)
        assert "31 people" in feed, path
        assert "/media/" not in feed, path
        assert "Ida Marsh / KGND" not in feed, path


def test_a_correction_is_text_wherever_it_is_read(client, pictured):
    feed = ElementTree.fromstring(text_of(client, "/corrections/feed.atom"))

    summary = feed.find(f"{ATOM}entry/{ATOM}summary")

    assert summary.get("type") == "html"
    assert "Fewer than &lt; 5 &amp; &lt;script&gt;" in summary.text
    for path, body in bodies(client).items():
        assert "<script" not in body, path


def test_each_who_signed_a_story_is_an_author_of_its_own(client, pictured):
    atom = ElementTree.fromstring(text_of(client, "/feed.atom"))
    rss = ElementTree.fromstring(text_of(client, "/feed.rss"))

    signed = ["Sol Reed", "Ida Marsh"]
    names = atom.findall(f"{ATOM}entry/{ATOM}author/{ATOM}name")
    assert [each.text for each in names] == signed
    assert [each.text for each in rss.iter(f"{DUBLIN_CORE}creator")] == signed


def test_a_story_that_nobody_signed_is_the_stations(client, plain):
    atom = ElementTree.fromstring(text_of(client, "/feed.atom"))
    feed = json.loads(text_of(client, "/feed.json"))

    name = atom.find(f"{ATOM}entry/{ATOM}author/{ATOM}name").text
    assert name == "KGND Community Radio"
    assert feed["items"][0]["authors"] == [{"name": name}]
