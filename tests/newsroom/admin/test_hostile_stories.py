"""What is pasted, typed and timed wrongly: a sentence or no harm, and nothing lost."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from equipment.photos import keep_photo
from groundwave.newsroom.elsewhere import PLACES, place_of
from groundwave.newsroom.models import Story
from groundwave.newsroom.models.blocks import ElsewhereBlock
from groundwave.people.models import User


pytestmark = pytest.mark.django_db

# As a word processor puts it on the clipboard.
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {mso-style-parent:""; color:red} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<p class=MsoNormal style='mso-margin-top-alt:auto'><b style='mso-bidi-font-weight:normal'>
The ferry</b> <span style='font-family:"Comic Sans MS"'>lies on a sandbank.<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>·<![endif]>Nobody was hurt.</p>
<!--EndFragment--></body></html>
"""
HOSTILE = """
<script>mine()</script><p onclick="mine()">The ferry <a href="javascript:mine()">lies</a>
<img src="x" onerror="mine()"/><svg onload="mine()"><script>mine()</script></svg>
<iframe src="https://mine.example"></iframe><style>body{display:none}</style>
<math><mi xlink:href="data:text/html,mine()"></mi></math> on a sandbank.
<form action="https://mine.example"><button autofocus onfocus="mine()">.</button></form></p>
"""
RIGHT_TO_LEFT = "המעבורת עלתה על שרטון ליד מארו"
EMOJI = (
    "\U0001f6a2\U0001f32b\ufe0f\U0001f469\u200d\U0001f692\U0001f3f4\u200d\u2620\ufe0f"
)


class Elements(HTMLParser):
    """The elements within the story, with their attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page[page.index("<article") : page.index("</article>")])

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def desk(client):
    """An editor who has signed in."""
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    return client


def edit(desk, story, **said):
    """Publish the story with what is *said*; return the page that comes back."""
    html = said.pop("html", "<p>At least 32 people are missing.</p>")
    body = said.pop("contentstate", None) or rich_text(html)
    facts = {
        "title": "Ferry sinks off Marrow Bay",
        "slug": "ferry-sinks",
        "dek": "The search goes on.",
        "change_is_significant": "on",
        "change_kind": "typo",
        "body": streamfield([("text", body)]),
        "bylines": inline_formset([]),
        "comments": inline_formset([]),
        "action-publish": "1",
        **said,
    }
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    answer = desk.post(address, nested_form_data(facts))
    assert answer.status_code in {200, 302}
    return unescape(answer.content.decode())


def read(client, story):
    story.refresh_from_db()
    client.logout()
    answer = client.get(story.url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("pasted", [WORD, HOSTILE])
def test_what_is_pasted_keeps_its_words_and_loses_the_rest(desk, story, pasted):
    edit(desk, story, html=pasted)

    page = read(desk, story)
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "The ferry" in words
    assert "on a sandbank." in words
    for tag, attributes in Elements(page).found:
        assert tag not in {"script", "iframe", "svg", "style", "form", "math"}
        assert not [name for name in attributes if name.startswith("on")]
        assert "javascript:" not in (attributes.get("href") or "")
        assert "mso" not in (attributes.get("style") or "")


def test_what_never_was_rich_text_is_refused_or_empty(desk, story):
    """A browser sends what its editor made; somebody else may send anything."""
    made = json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": "The ferry",
                    "type": "atomic:mine",
                    "depth": 10**6,
                    "inlineStyleRanges": [
                        {"offset": -9, "length": 10**9, "style": "X"}
                    ],
                    "entityRanges": [{"offset": 0, "length": 9, "key": 0}],
                }
            ],
            "entityMap": {
                "0": {
                    "type": "LINK",
                    "mutability": "MUTABLE",
                    "data": {"url": "javascript:mine()"},
                }
            },
        }
    )

    edit(desk, story, contentstate=made)

    assert "javascript:" not in read(desk, story)


def test_a_title_of_5000_characters_is_refused_and_what_was_written_stays(desk, story):
    page = edit(desk, story, title="Ferry " * 833, dek="A dek that took an hour.")

    assert "Ensure this value has at most 255 characters" in page
    assert "A dek that took an hour." in page
    story.refresh_from_db()
    assert story.title == "Ferry sinks off Marrow Bay"


def test_a_title_of_nothing_but_emoji_is_refused_and_what_was_written_stays(
    desk, story
):
    page = edit(desk, story, title=EMOJI, dek="A dek that took an hour.")

    assert "The headline has no word in it. Write one." in page
    assert "A dek that took an hour." in page
    assert EMOJI in page


def test_a_title_with_emoji_is_shown_wherever_stories_are(desk, story):
    edit(desk, story, title=f"Ferry {EMOJI}")

    assert EMOJI in read(desk, story)
    for path in ("/", "/feed.atom", "/feed.rss", "/sitemap-news.xml"):
        assert EMOJI in desk.get(path).content.decode(), path


def test_a_new_story_of_nothing_but_emoji_asks_for_an_address(news):
    story = Story(title=EMOJI, body=[])

    with pytest.raises(ValidationError) as refused:
        news.add_child(instance=story)

    assert "slug" in refused.value.message_dict


def test_a_headline_from_right_to_left_runs_that_way(desk, story):
    edit(desk, story, title=RIGHT_TO_LEFT)

    page = read(desk, story)
    assert f'<h1 dir="auto">{RIGHT_TO_LEFT}</h1>' in page
    assert re.search(
        r'dir="auto">\s*<a[^>]+>' + RIGHT_TO_LEFT, desk.get("/").content.decode()
    )


def test_an_embargo_in_the_past_embargoes_nothing(desk, story):
    past = datetime(2020, 1, 1, tzinfo=UTC)

    edit(desk, story, dek="It is out.", embargo_until=past.strftime("%Y-%m-%d %H:%M"))

    assert "It is out." in read(desk, story)


def test_an_embargo_to_come_is_said_and_nothing_is_lost(desk, story):
    coming = timezone.now() + timedelta(days=2)

    page = edit(
        desk, story, dek="Not yet.", embargo_until=coming.strftime("%Y-%m-%d %H:%M")
    )

    assert "under embargo until" in page
    assert "Not yet." in page
    assert "Not yet." not in read(desk, story)


def test_a_crop_the_wrong_way_shows_the_whole_photo(story, client):
    """A focal point outside of the photo, as an editor drags it past the edge."""
    photo = keep_photo(
        width=400,
        height=300,
        focal_point_x=9000,
        focal_point_y=0,
        focal_point_width=10**6,
        focal_point_height=1,
    )

    made = photo.get_rendition("fill-160x160|format-webp")

    assert (made.width, made.height) == (160, 160)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.youtube.com/watch?v=a",
        "https://www.youtube.com.mine.example/watch",
        "https://youtu.be@mine.example/",
        "https://youtube.com:444/watch",
        "https://mine.example/?https://youtu.be/a",
        "javascript:mine()//youtu.be",
        "https://[youtu.be",
        "//youtu.be/a",
        "",
    ],
)
def test_what_only_looks_like_a_site_we_know_is_no_place_of_ours(url):
    assert place_of(url) is None


def test_only_sites_that_we_know_are_linked_as_videos_and_posts():
    assert all(place_of(f"https://{host}/a") == place for host, place in PLACES.items())
    with pytest.raises(ValidationError) as refused:
        ElsewhereBlock().clean(
            {"url": "https://mine.example/a", "title": "A", "by": ""}
        )
    assert "YouTube" in str(refused.value.block_errors["url"])
