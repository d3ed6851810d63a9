"""A story with one of everything, wherever it is met: page, text, search, data, card."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from PIL import Image
from wagtail.search import index

from equipment.stories import SHORT, STORY
from equipment.whole_station import populate
from groundwave.newsroom.models import Story
from groundwave.photos.models import Photo


pytestmark = pytest.mark.django_db

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture
def told(kgnd):
    populate(kgnd, now=timezone.now())
    story = Story.objects.get(slug="ferry-sinks")
    index.insert_or_update_object(story)
    return story


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def card_in(client):
    found = re.search(r'og:image" content="([^"]+)"', text_of(client, STORY))
    return found[1].removeprefix("http://testserver")


def test_its_page_has_every_block_and_fetches_nothing_from_elsewhere(told, client):
    page = text_of(client, STORY)

    for words in (
        "A sailor",
        "What we know, and who says so",
        "Video on YouTube",
        "The report",
        "The ferry was old",
        "The bell",
        "Copyright",
    ):
        assert words in page, words
    assert 'href="https://www.youtube.com/watch?v=ferry"' in page
    assert not re.search(r'(?:src|srcset|data)="https?://(?!testserver)', page)


def test_its_text_edition_is_small_and_says_as_much(told, client):
    page = text_of(client, f"/text/pages{STORY}")

    assert len(page.encode()) < 20_000
    assert "<img" not in page
    assert "<script" not in page
    for words in ("At least 32", "A sailor", "Tamarack County", "Now we know more"):
        assert words in page, words
    for path in ("/text/", "/text/pages/newsroom/", "/text/search/?q=ferry"):
        assert f'href="/text/pages{STORY}"' in text_of(client, path), path


def test_a_long_story_stays_small_in_the_text_edition(told, client):
    draft = told.get_latest_revision_as_object()
    draft.begin_another_change()
    draft.title, draft.dek = "รายการ" * 40, "รายการ" * 50
    draft.change_kind, draft.change_text = "update", "รายการ" * 500
    draft.body = [("text", f"<p>{'รายการวิทยุ' * 4000}</p>")]
    draft.save_revision().publish()

    assert len(client.get(f"/text/pages{STORY}").content) < 20_000


def test_search_finds_it_by_a_word_of_its_body_and_says_what_and_when(told, client):
    page = text_of(client, "/search/?q=missing")

    assert f'href="{STORY}"' in page
    assert "The search goes on." in page
    assert '<time datetime="' in page
    assert page.count(f'href="{STORY}"') == 1


def test_sitemaps_have_what_the_newsroom_made(told, client):
    listed = re.findall(
        r"<loc>http://testserver([^<]+)<", text_of(client, "/sitemap.xml")
    )

    assert {STORY, SHORT, "/topics/bay/", "/events/ferry/", "/corrections/"} <= {
        *listed
    }
    assert len(listed) == len(set(listed))
    assert "sitemap-news.xml" in text_of(client, "/robots.txt")


def test_the_news_sitemap_has_two_days_and_no_more(told, client):
    old = timezone.now() - timedelta(hours=49)
    Story.objects.filter(slug="ferry-was-old").update(first_published_at=old)

    found = ElementTree.fromstring(text_of(client, "/sitemap-news.xml"))

    titles = [each.text for each in found.iter(f"{NEWS}title")]
    assert titles == ["Ferry sinks off Marrow Bay"]
    assert [e.text for e in found.iter(f"{NEWS}name")] == ["KGND Community Radio"]
    assert [each.text for each in found.iter(f"{NEWS}language")] == ["en"]


def test_its_card_is_a_picture_of_the_size_that_it_says(told, client):
    answer = client.get(card_in(client))

    assert answer["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert 'property="og:image:width" content="1200"' in text_of(client, STORY)


def test_a_revoked_photo_is_on_no_card_any_more(told, client):
    before = card_in(client)
    with_photo = client.get(before).content
    Photo.objects.filter(pk=told.lead_photo_id).update(may_be_on_cards=False)

    after = card_in(client)

    assert client.get(before).status_code == 404
    assert client.get(after).content != with_photo


def test_what_cannot_be_written_on_a_card_has_the_photo_or_the_icon(told, client):
    for title in ("\U0001f389\U0001f3b7", "ספינה טבעה"):
        Story.objects.filter(pk=told.pk).update(title=title)
        assert "/cards/" not in card_in(client), title


def test_other_programs_get_a_photo_only_if_it_may_be_in_feeds(told, client):
    def image():
        items = json.loads(text_of(client, "/feed.json"))["items"]
        return next(each for each in items if STORY in each["url"]).get("image")

    assert image().startswith("http://testserver/media/")
    Photo.objects.filter(pk=told.lead_photo_id).update(may_be_in_feeds=False)
    assert image() is None
