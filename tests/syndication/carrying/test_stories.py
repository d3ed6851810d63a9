"""Where an upstream story stands here, at which address, and what its page says of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groundwave.newsroom.models import Story, Topic
from groundwave.pages.models import HomePage, SectionPage
from groundwave.syndication.carrying.stories import (
    describe,
    section_for,
    slug_for,
    topics_for,
)
from groundwave.syndication.incoming import Brand, Collection
from groundwave.syndication.models import CategoryRule, Connection, Original
from syndication.stories import story


pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def connection(home) -> Connection:
    return Connection.objects.create(
        name="Longwave",
        upstream="cds",
        address="https://content.far-shore.example",
        section=home,
        origin="Longwave",
        origin_url="https://longwave.example/",
    )


def test_the_first_rule_that_fits_says_where_it_stands(connection, home):
    arts = home.add_child(instance=SectionPage(title="Arts", slug="arts"))
    bay = Topic.objects.create(name="The bay", slug="bay")
    CategoryRule.objects.create(connection=connection, collection="Water", topic=bay)
    CategoryRule.objects.create(connection=connection, collection="1008", section=arts)
    found = story(collections=(Collection("1008"), Collection("water")))
    assert section_for(found, connection).pk == arts.pk
    assert topics_for(found, connection) == [bay]
    assert section_for(story(), connection).pk == home.pk


def test_no_two_pages_of_a_section_share_an_address(home):
    for slug in ("ferry", "ferry-2", "ferry-runs"):
        home.add_child(instance=Story(title=slug, slug=slug, live=False))
    assert slug_for("Ferry", home) == "ferry-3"
    assert slug_for("Ferry runs", home) == "ferry-runs-2"
    assert slug_for("Fog", home) == "fog"
    assert slug_for("🚢", home) == "story"
    assert len(slug_for("long " * 100, home)) <= 80


def test_the_copyright_line_is_the_brands_and_else_the_connections(connection):
    original = Original(connection=connection, upstream_id="far-1")
    published = datetime(2021, 1, 1, 3, tzinfo=UTC)  # still 2020 in New York
    brand = Brand("Far Shore Radio", "https://far-shore.example/")
    describe(original, story(published_at=published, brands=(brand,)))
    assert original.copyright_line == {
        "year": 2020,
        "brands": [{"name": "Far Shore Radio", "url": "https://far-shore.example/"}],
        "home": "https://far-shore.example/",
    }
    describe(original, story(published_at=published))
    assert original.copyright_line["brands"][0]["name"] == "Longwave"
    assert original.copyright_line["home"] == "https://longwave.example/"
