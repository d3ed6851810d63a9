"""
A hostile title of a show, in everything that the site says.

What carries only a station's name or an encoder's titles is tested where it is made:
M3U and PLS in ``test_playlists.py``, oEmbed in ``test_embed.py``, ICY in
``tests/wire/test_icy.py``, HLS in ``tests/wire/hls/test_attributes.py``, events in
``tests/wire/test_sse.py``.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar
from wagtail.search import index

from delivery.conftest import NOW
from groundwave.delivery.schedule_news import schedule_news
from groundwave.programming.models import Airing, Episode, Host, Show
from groundwave.wire.sse import EventStreamReader, ServerSentEvent


pytestmark = pytest.mark.django_db

# It would end a script, an element, an attribute in either kind of quotes, and a line.
BREAKS_OUT = "</script><b id=mine>&\"' onfocus=mine() autofocus"
HOSTILE = (
    f"{BREAKS_OUT} bell\r\nEND:VEVENT\r\n\r\ndata: mine,;\\ "
    "\U0001f3b7 \u202egnorw\u2028 {show} %(show)s {{ show }} \x00\x1b"
)
HARMLESS = "A bell"


class Parsed(HTMLParser):
    """The elements of a page and their attributes, its words, and its scripts' data."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.words, self.data, self._script = [], [], {}, None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.elements.append((tag, *facts))
        self.words += [value or "" for value in facts.values()]
        if tag == "script" and facts.get("type", "").endswith("json"):
            self._script = facts.get("id") or facts["type"]

    def handle_data(self, data):
        if self._script:
            self.data[self._script] = json.loads(data)
        else:
            self.words.append(data)

    def handle_endtag(self, tag):
        self._script = None

    def says(self, title):
        return any(title in words for words in self.words)


@pytest.fixture
def call_it(week, now, kgnd):
    """Call Noon Edition, which is on, and its episode something, everywhere."""
    edition = week["edition"]
    Host.objects.create(show=edition, person=week["ida"])
    episode = Episode.objects.create(show=edition, title="Bell", slug="bell")
    Airing.objects.filter(show=edition).update(episode=episode)

    def call_it(title):
        Show.objects.filter(pk=edition.pk).update(title=title, tagline=title)
        Episode.objects.filter(pk=episode.pk).update(title=title)
        for each in (edition, episode):
            each.refresh_from_db()
            index.insert_or_update_object(each)

    return call_it


@pytest.fixture
def bell(call_it):
    call_it(HOSTILE)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/schedule/",
        "/schedule/week/",
        "/shows/",
        "/shows/noon-edition/",
        "/shows/noon-edition/bell/",
        "/people/ida-marsh/",
        "/search/?q=bell",
        "/text/",
        "/text/schedule/",
        "/text/shows/",
        "/text/shows/noon-edition/",
        "/text/people/ida-marsh/",
    ],
)
def test_on_a_page_it_is_text(client, call_it, path):
    call_it(HARMLESS)
    harmless = Parsed(client.get(path).content.decode())
    call_it(HOSTILE)
    page = Parsed(client.get(path).content.decode())

    assert harmless.says(HARMLESS)
    assert page.says(BREAKS_OUT[:36])  # the text edition's lists cut titles after 40
    assert page.elements == harmless.elements
    if not path.startswith("/text/"):
        assert page.data["groundwave-player"]["stations"][0]["slug"] == "kgnd"


@pytest.mark.parametrize(
    "page",
    [
        "<p>{}</p>",
        '<img alt="{}">',
        "<img alt='{}'>",
        "<img alt={}>",
        "<title>{}</title>",
    ],
)
def test_a_page_that_forgot_to_escape_it_is_another_page(page):
    hostile, harmless = Parsed(page.format(HOSTILE)), Parsed(page.format("Bell"))

    assert hostile.elements != harmless.elements or not hostile.says(BREAKS_OUT)


def test_in_the_guide_it_is_the_title(client, bell):
    answer = client.get("/stations/kgnd/guide.json")

    assert answer["Content-Type"] == "application/json"
    titles = [tile["show"]["title"] for tile in answer.json()["tiles"]]
    assert HOSTILE in titles


def test_in_the_news_it_is_the_title_of_one_event(bell, kgnd):
    news = schedule_news(kgnd, now=NOW)

    stream = ServerSentEvent(id="e-1", event=news.event, data=news.data).encode()
    (event,) = EventStreamReader().receive_data(stream)
    titles = [tile["show"]["title"] for tile in json.loads(event.data)["tiles"]]
    assert event.event == "schedule"
    assert HOSTILE in titles


def test_in_the_calendar_it_is_a_summary_on_one_line(client, bell):
    calendar = Calendar.from_ical(client.get("/stations/kgnd/schedule.ics").content)

    events = calendar.walk("VEVENT")
    assert len({event["UID"] for event in events}) == len(events)
    said = {str(event["SUMMARY"]) for event in events}
    hostile = said - {"Morning Light"}
    begins = f"{BREAKS_OUT} bell END:VEVENT data: mine,;\\ "
    assert hostile
    assert all(each.startswith(begins) for each in hostile)
    assert all(each.isprintable() for each in hostile)


@pytest.mark.parametrize("what", ["shows", "playlists"])
def test_in_spinitrons_shape_it_is_the_title(client, bell, what):
    found = client.get(f"/api/spinitron/{what}").json()["items"]

    assert HOSTILE in [each["title"] for each in found]


@pytest.mark.parametrize(
    "unseen", ["Two\r\nlines", "a\x00b", "a\x1bb", "\u202egnorw", "a\u2066b"]
)
@pytest.mark.parametrize("kind", [Show, Episode])
def test_what_cannot_be_seen_is_refused_in_a_sentence(week, kind, unseen):
    titled = kind(title=unseen, slug="unseen")
    if kind is Episode:
        titled.show = week["light"]

    with pytest.raises(ValidationError, match="cannot be seen") as refusal:
        titled.full_clean()
    assert list(refusal.value.message_dict) == ["title"]


@pytest.mark.parametrize("title", ["A & B: “Ça va?”", "שלום", "\U0001f3b7 Jazz"])
def test_what_people_write_is_taken(title):
    Show(title=title, slug="written").full_clean()
