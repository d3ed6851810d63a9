from __future__ import annotations

import re

import pytest

from groundwave.delivery.brand import brand_sheet, brand_url
from groundwave.stations.color import DAY, ENOUGH, NIGHT, read_color, worst_contrast
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


def accents(sheet):
    return [read_color(each) for each in re.findall(r"--accent: (#\w{6})", sheet)]


@pytest.mark.parametrize("accent", ["#b8330f", "#000000", "#0a5a6e", "#4a00e0"])
def test_an_accent_can_be_read_by_day_and_by_night(accent):
    day, night = accents(brand_sheet(read_color(accent)))

    assert day == read_color(accent)
    assert worst_contrast(day, on=DAY) >= ENOUGH
    assert worst_contrast(night, on=NIGHT) >= ENOUGH


def test_every_page_loads_the_licensees_color_from_our_own_origin(client, kgnd):
    assert "/brand/" not in client.get("/").content.decode()

    Licensee.objects.update(accent="#4a00e0")
    page = client.get("/").content.decode()

    assert '<link rel="stylesheet" href="/brand/4a00e0.css">' in page


def test_the_style_sheet_may_be_kept_forever_because_its_address_says_it_all(client):
    response = client.get("/brand/4a00e0.css")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")
    assert "immutable" in response.headers["Cache-Control"]


def test_a_color_that_got_into_the_database_by_another_way_does_no_harm(db):
    licensee = Licensee(name="KGND", accent="}</s>")

    assert brand_url(licensee) == ""
