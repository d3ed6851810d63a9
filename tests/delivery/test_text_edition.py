from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from wagtail.models import Page
from wagtail.search import index

from groundwave.delivery.templatetags.cut import within
from groundwave.pages.models import HomePage, PlainPage, SectionPage
from groundwave.people.models import Person
from groundwave.programming.models import Episode, Host, Show


pytestmark = pytest.mark.django_db

PAGES = [
    "/text/",
    "/text/schedule/",
    "/text/schedule/?date=2026-11-02",
    "/text/shows/",
    "/text/shows/morning-light/",
    "/text/people/",
    "/text/people/ida-marsh/",
    "/text/shows/morning-light/frost/",
    "/text/pages/about-us/",
    "/text/pages/about-us/history/",
    "/text/search/?q=light",
]
MOST_BYTES = 20_000


# Words of which a byte, two and three of them make a letter; Thai writes no spaces.
SCRIPTS = {
    "latin": "programming ",
    "cyrillic": "программирование ",
    "thai": "รายการวิทยุ",
}


@pytest.fixture
def pages(week):
    """One of each kind of page, the shortest there are."""
    Episode.objects.create(show=week["light"], title="Frost", slug="frost")
    section = SectionPage(title="About us", slug="about-us", show_in_menus=True)
    HomePage.objects.get().add_child(instance=section)
    section.add_child(instance=PlainPage(title="History", slug="history"))
    return section


@pytest.fixture(params=SCRIPTS)
def much(request, week, pages, show, plan):
    """As much of everything as can be, or as a small station will not have."""
    word = SCRIPTS[request.param]
    name, text = (word * 99)[:110], f"<p>{word * 4000}</p>"
    for hour in range(48):
        begins = f"{hour // 2:02}:{15 + hour % 2 * 30}"
        plan(show(f"{name}{hour}", slug=f"{'quarter-' * 12}{hour}"), begins, 15)
    for number in range(100):
        show(f"{name} {number}", slug=f"{'light-' * 18}{number}", tagline="light")
        Person.objects.create(
            name=f"{name} {number}", slug=f"{'p-' * 50}{number}", role_line=name
        )
    for person in Person.objects.filter(name__startswith=name)[:30]:
        Host.objects.create(show=week["light"], person=person)
    for each in Show.objects.all()[:30]:
        Host.objects.get_or_create(show=each, person=week["ida"])
    for number in range(30):
        slug = f"{'e-' * 55}{number}"
        Episode.objects.create(show=week["light"], title=f"{name} light", slug=slug)
    Show.objects.filter(slug="morning-light").update(
        title=name, tagline=name, about=text
    )
    Person.objects.filter(slug="ida-marsh").update(
        name=name, role_line=name, biography=text
    )
    Episode.objects.filter(slug="frost").update(title=name, about=text)
    for number in range(60):
        page = PlainPage(title=f"{name} light", slug=f"{'page-' * 18}{number}")
        pages.add_child(instance=page)
    for page in (pages, PlainPage.objects.get(slug="history")):
        page.title, page.introduction, page.summary = name, text, name
        page.body = [("text", text), ("quote", {"quote": text, "who": name})]
        page.save()
    for kind in (Show, Episode, Person, Page):
        for each in kind.objects.all():
            index.insert_or_update_object(each)


def test_every_page_is_small_and_asks_for_one_style_sheet_alone(client, much):
    for path in [*PAGES, "/text/nowhere/"]:
        response = client.get(path)

        page = response.content.decode()
        assert response.status_code == (404 if "nowhere" in path else 200), path
        assert len(response.content) < MOST_BYTES, path
        assert not re.search(r"<(script|img|style|svg|audio|iframe)\b", page), path
        assert re.findall(r"<link .*>", page) == [
            '<link rel="stylesheet" href="/static/groundwave/text.css">'
        ], path


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_way_back_to_the_full_one(client, pages, path):
    page = client.get(path).content.decode()

    full = re.search(r'<a href="([^"]+)">full page</a>', page).group(1)
    assert not full.startswith("/text/")
    assert client.get(full.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/schedule/?date=2026-11-02",
        "/shows/",
        "/shows/morning-light/",
        "/shows/morning-light/frost/",
        "/people/",
        "/search/?q=light",
        "/about-us/",
        "/about-us/history/",
    ],
)
def test_every_full_page_leads_to_its_text(client, pages, path):
    page = client.get(path).content.decode()

    text = re.search(r'<a href="(/text/[^"]*)">Text-only edition', page).group(1)
    assert (text == "/text/") == (path == "/")
    assert client.get(text.replace("&amp;", "&")).status_code == 200


def test_the_licensees_pages_are_found_from_the_first_one(client, pages):
    home = client.get("/text/").content.decode()
    section = client.get("/text/pages/about-us/").content.decode()

    assert '<a href="/text/pages/about-us/">About us</a>' in home
    assert '<a href="/text/pages/about-us/history/">History</a>' in section


@pytest.mark.parametrize("path", ["nowhere/", "about-us/nowhere/"])
def test_what_is_not_there_is_said_in_text(client, pages, path):
    response = client.get(f"/text/pages/{path}")

    assert response.status_code == 404
    assert "Nothing on this frequency" in response.content.decode()
    assert 'action="/text/search/"' in response.content.decode()
    assert "<script" not in response.content.decode()


def test_what_is_behind_a_password_has_no_text(client, pages):
    pages.view_restrictions.create(restriction_type="password", password="along")

    assert client.get("/text/pages/about-us/").status_code == 404
    assert client.get("/text/pages/about-us/history/").status_code == 404


def test_a_long_day_goes_on_on_another_page(client, week, show, plan):
    for hour in range(48):
        begins = f"{hour // 2:02}:{15 + hour % 2 * 30}"
        plan(show(f"Quarter {hour}"), begins, 15)

    first = client.get("/text/schedule/?date=2026-11-02").content.decode()
    more = re.search(r'href="([^"]+)" rel="next"', first).group(1).replace("&amp;", "&")
    second = client.get(f"/text/schedule/{more}").content.decode()

    assert "Quarter 1<" in first
    assert "Quarter 47<" in second
    assert "Monday, November 2" in second


class Balance(HTMLParser):
    """The elements that are open."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_long_text_is_cut_to_bytes_after_a_word_where_there_are_words(script):
    word = SCRIPTS[script]
    rich = f"<ul><li><b>{word * 3000}</b></li></ul>"

    cut = within(rich, 7000)

    assert 6500 < len(cut.encode()) <= 7000
    assert Balance(cut).open == []
    words = re.sub(r"<[^>]+>|…", " ", cut).split()
    assert script == "thai" or set(words) == {word.strip()}


def test_a_short_text_is_left_as_it_is():
    assert within("<p>As &amp; when</p>", 7000) == "<p>As &amp; when</p>"


def test_it_says_what_is_on_and_what_is_next_and_where_it_is_heard(client, week):
    text = " ".join(
        re.sub(r"<[^>]+>", " ", client.get("/text/").content.decode()).split()
    )

    assert "On now: Noon Edition" in text
    assert "Next Up: Music from the Valley , noon MST" in text
    assert "MP3 128 kbit/s" in text


def test_the_style_sheet_is_small_too():
    sheet = finders.find("groundwave/text.css")

    assert Path(sheet).stat().st_size < 1_000
