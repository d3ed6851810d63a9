"""Stories as readers meet them: page, lists, feeds, data; they agree with each other."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from wagtail.models import Page
from wagtail.rich_text import RichText

from groundwave.newsroom.errors import Unanswered
from groundwave.newsroom.models import Byline, ChangeKind, Topic
from groundwave.pages.models import HomePage
from groundwave.people.models import Person


pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def in_november(time_machine):
    time_machine.move_to(datetime(2026, 11, 1, 18, tzinfo=UTC))


@pytest.fixture
def corrected(in_november, story, time_machine):
    """The ferry's story, updated and then corrected on the next day."""
    ida = Person.objects.create(
        name="Ida Marsh", slug="ida", biography="<p>Up before the birds.</p>"
    )
    draft = story.get_latest_revision_as_object()
    draft.bylines = [Byline(person=ida), Byline(guest="Sol Reed", role="photographer")]
    draft.topics = [Topic.objects.create(name="The bay", slug="bay")]
    draft.save_revision().publish()
    change(
        story, "2026-11-01T21:00Z", time_machine, "42", ChangeKind.UPDATE, "Ten more."
    )
    change(
        story,
        "2026-11-02T16:30Z",
        time_machine,
        "41",
        ChangeKind.CORRECTION,
        "We had counted one person twice.",
    )
    time_machine.move_to(datetime(2026, 11, 2, 18, tzinfo=UTC))
    story.refresh_from_db()
    return story


def change(story, at, time_machine, number, kind, text):
    time_machine.move_to(datetime.fromisoformat(at))
    story.refresh_from_db()
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", f"<p>At least {number} people are missing.</p>")]
    draft.change_kind, draft.change_text = kind, text
    draft.save_revision().publish()


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_story_says_who_wrote_it_and_what_has_changed(client, corrected):
    page = text_of(client, "/news/ferry-sinks/")

    assert "At least 41 people are missing." in page
    assert re.search(r'href="/people/ida/" rel="author">Ida Marsh', page)
    assert "Sol Reed" in page
    assert "We had counted one person twice." in page
    assert page.index("counted one person") < page.index("Ten more.")
    assert "Up before the birds." in page


def test_the_updated_line_is_about_the_latest_significant_update(client, corrected):
    page = text_of(client, "/news/ferry-sinks/")

    assert '<time datetime="2026-11-02T16:30:00Z">Updated at' in page


def test_lists_lead_to_it(client, corrected):
    for path in ("/", "/news/", "/topics/bay/"):
        assert 'href="/news/ferry-sinks/"' in text_of(client, path), path


def test_what_nobody_may_read_is_in_no_list(client, corrected):
    corrected.unpublish()

    for path in ("/", "/news/", "/topics/bay/", "/corrections/", "/feed.atom"):
        page = text_of(client, path)
        assert "Ferry sinks" not in page, path
        assert "one person twice" not in page, path


def test_what_is_for_members_is_in_no_list(client, corrected):
    Page.objects.get(pk=corrected.pk).view_restrictions.create(restriction_type="login")

    for path in ("/", "/news/", "/corrections/", "/feed.atom", "/feed.json"):
        assert "Ferry sinks" not in text_of(client, path), path


def test_corrections_have_a_page_and_updates_are_not_on_it(client, corrected):
    page = text_of(client, "/corrections/")

    assert "We had counted one person twice." in page
    assert "Ten more." not in page
    assert re.search(r'href="/news/ferry-sinks/#update-\d+"', page)


def test_feeds_and_data_agree_on_when_it_changed(client, corrected):
    atom = ElementTree.fromstring(text_of(client, "/feed.atom"))
    feed = json.loads(text_of(client, "/feed.json"))
    page = text_of(client, "/news/ferry-sinks/")
    data = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)
    [article] = json.loads(data[1])["@graph"]

    updated = atom.find(f"{ATOM}entry/{ATOM}updated").text
    assert datetime.fromisoformat(updated) == corrected.updated_at
    assert feed["items"][0]["date_modified"] == "2026-11-02T16:30:00Z"
    assert article["dateModified"] == "2026-11-02T16:30:00Z"
    assert article["correction"][0]["text"] == "We had counted one person twice."
    assert [author["name"] for author in article["author"]] == ["Ida Marsh", "Sol Reed"]


def test_feeds_have_the_whole_text(client, corrected):
    rss = ElementTree.fromstring(text_of(client, "/feed.rss"))

    body = rss.find("channel/item/description").text

    assert "At least 41 people are missing." in body
    assert "We had counted one person twice." in body


def test_an_entry_keeps_its_identity_wherever_the_story_moves(client, corrected):
    before = json.loads(text_of(client, "/feed.json"))["items"][0]["id"]

    corrected.move(HomePage.objects.get(), pos="last-child")

    after = json.loads(text_of(client, "/feed.json"))["items"][0]
    assert after["id"] == before
    assert after["url"].endswith("/ferry-sinks/")


def test_the_corrections_feed_tells_each_once(client, corrected):
    feed = ElementTree.fromstring(text_of(client, "/corrections/feed.atom"))

    [entry] = feed.findall(f"{ATOM}entry")

    assert entry.find(f"{ATOM}title").text == "Correction: Ferry sinks off Marrow Bay"
    assert entry.find(f"{ATOM}summary").text == "We had counted one person twice."


def test_a_hostile_headline_is_text_everywhere(client, story):
    title = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    draft = story.get_latest_revision_as_object()
    draft.title = draft.dek = title
    draft.begin_another_change()
    draft.change_kind = ChangeKind.TYPO
    draft.save_revision().publish()

    for path in ("/", "/news/", "/news/ferry-sinks/"):
        page = text_of(client, path)
        assert "<img src=x" not in page
        assert "<script>alert" not in page
    atom = ElementTree.fromstring(text_of(client, "/feed.atom"))
    assert atom.find(f"{ATOM}entry/{ATOM}title").text == title


def test_a_page_of_stories_asks_the_database_no_more_for_more_of_them(
    client, story, news, django_assert_max_num_queries
):
    for number in range(6):
        other = story.copy(update_attrs={"slug": f"s{number}", "title": f"S {number}"})
        other.save_revision().publish()
    text_of(client, "/news/")

    with django_assert_max_num_queries(30):
        text_of(client, "/news/")


@pytest.fixture
def live_blog(in_november, story):
    """The ferry's story with two posts, the later one written first."""
    ida = Person.objects.create(name="Ida Marsh", slug="ida")
    draft = story.get_latest_revision_as_object()
    for hour, heading in ((17, "All ashore"), (16, "Divers are there")):
        at = datetime(2026, 11, 1, hour, tzinfo=UTC)
        text = RichText(f"<p>{heading}, says the harbor master.</p>")
        post = {"at": at, "heading": heading, "text": text, "author": ida}
        draft.body.append(("post", post))
    draft.save_revision().publish()
    story.refresh_from_db()
    return story


def test_a_live_blog_has_its_latest_post_first_wherever_it_is_read(client, live_blog):
    last, first = live_blog.posts

    for path in ("/news/ferry-sinks/", "/feed.rss"):
        page = text_of(client, path)
        assert page.index("All ashore") < page.index("Divers are there"), path
    page = text_of(client, "/news/ferry-sinks/")
    assert f'id="post-{last.id}"' in page
    assert f'href="#post-{first.id}"' in page
    assert '<time datetime="2026-11-01T17:00:00Z">' in page
    assert "All ashore, says" in text_of(client, "/text/pages/news/ferry-sinks/")


def test_a_live_blog_is_told_as_one_to_search_engines(client, live_blog):
    page = text_of(client, "/news/ferry-sinks/")
    data = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)
    [blog] = json.loads(data[1])["@graph"]

    assert blog["@type"] == "LiveBlogPosting"
    assert blog["coverageStartTime"] == "2026-11-01T16:00:00Z"
    last, first = blog["liveBlogUpdate"]
    assert (last["headline"], first["headline"]) == ("All ashore", "Divers are there")
    assert last["articleBody"] == "All ashore, says the harbor master."
    assert last["author"]["name"] == "Ida Marsh"
    assert last["url"].endswith(f"/news/ferry-sinks/#post-{live_blog.posts[0].id}")


def test_a_post_keeps_its_name_when_the_story_changes(live_blog):
    names = [post.id for post in live_blog.posts]

    draft = live_blog.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.dek = "The search is over."
    draft.save_revision().publish()

    live_blog.refresh_from_db()
    assert [post.id for post in live_blog.posts] == names


def test_a_change_to_a_post_that_readers_have_is_one_like_any_other(live_blog):
    draft = live_blog.get_latest_revision_as_object()
    draft.begin_another_change()
    for block in draft.body:
        if block.block_type == "post":
            block.value["text"] = RichText("<p>All 42 are ashore.</p>")

    with pytest.raises(Unanswered):
        draft.save_revision().publish()
