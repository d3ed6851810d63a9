from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from groundwave.people.models import Person


pytestmark = pytest.mark.django_db

PAGES = [
    "/text/",
    "/text/schedule/",
    "/text/schedule/?date=2026-11-02",
    "/text/shows/",
    "/text/shows/morning-light/",
    "/text/people/",
    "/text/people/ida-marsh/",
]
MOST_BYTES = 20_000


@pytest.fixture
def much(week, show, plan):
    """More of everything than a small station will have."""
    for hour in range(24):
        plan(show(f"The quarter past {hour}"), f"{hour:02}:15", 15)
    for number in range(200):
        show(f"A show with a name of the usual length {number}")
        Person.objects.create(
            name=f"Somebody {number}", slug=f"p{number}", role_line="Host of it all"
        )
    week["light"].about = f"<p>{'A long account of it all. ' * 2000}</p>"
    week["light"].save()
    week["ida"].biography = f"<p>{'A long life it was. ' * 2000}</p>"
    week["ida"].save()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_small_and_asks_for_one_style_sheet_alone(client, much, path):
    response = client.get(path)

    page = response.content.decode()
    assert response.status_code == 200
    assert len(response.content) < MOST_BYTES
    assert not re.search(r"<(script|img|style|svg|audio|iframe)\b", page)
    assert re.findall(r"<link .*>", page) == [
        '<link rel="stylesheet" href="/static/groundwave/text.css">'
    ]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_way_back_to_the_full_one(client, week, path):
    page = client.get(path).content.decode()

    full = re.search(r'<a href="([^"]+)">full page</a>', page).group(1)
    assert not full.startswith("/text/")
    assert client.get(full.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/schedule/?date=2026-11-02", "/shows/", "/shows/morning-light/", "/people/"],
)
def test_every_full_page_leads_to_its_text(client, week, path):
    page = client.get(path).content.decode()

    text = re.search(r'<a href="(/text/[^"]*)">Text-only edition', page).group(1)
    assert client.get(text.replace("&amp;", "&")).status_code == 200


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
