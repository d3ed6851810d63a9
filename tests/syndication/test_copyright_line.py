"""Whose story it is stands under it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from groundwave.syndication.copyright_line import copyright_line
from groundwave.syndication.incoming import Brand
from syndication.stories import story


EASTERN = ZoneInfo("America/New_York")
LONGWAVE = Brand("Longwave Network", "https://longwave.example/")


def line(zone: ZoneInfo = EASTERN, origin: str = "", **facts: object) -> str:
    return copyright_line(story(**facts), zone=zone, origin=origin).sentence


def test_the_line_names_the_year_the_brand_and_where_to_see_more():
    assert (
        line(brands=(LONGWAVE,), published_at=datetime(2020, 2, 28, tzinfo=UTC))
        == "Copyright 2020 Longwave Network. To see more, visit https://longwave.example/."
    )


def test_the_year_is_that_of_the_origins_clocks():
    late = datetime(2021, 1, 1, 3, tzinfo=UTC)

    assert "Copyright 2020 " in line(brands=(LONGWAVE,), published_at=late)
    assert "Copyright 2021 " in line(
        ZoneInfo("UTC"), brands=(LONGWAVE,), published_at=late
    )


def test_the_year_is_that_of_publishing_and_not_of_an_update():
    facts = {
        "published_at": datetime(2020, 5, 1, tzinfo=UTC),
        "updated_at": datetime(2022, 5, 1, tzinfo=UTC),
    }

    assert "Copyright 2020 " in line(brands=(LONGWAVE,), **facts)
    assert line(brands=(LONGWAVE,)).startswith("Copyright Longwave Network.")


@pytest.mark.parametrize(
    ("names", "joined"), [("A", "A"), ("AB", "A and B"), ("ABC", "A, B and C")]
)
def test_all_brands_are_named(names, joined):
    assert line(brands=tuple(Brand(n) for n in names)) == f"Copyright {joined}."


def test_the_first_address_that_a_brand_has_is_where_to_see_more():
    brands = (Brand("Far Shore Radio"), LONGWAVE)

    assert "visit https://longwave.example/." in line(brands=brands)


def test_without_a_brand_the_origin_and_its_site_are_named():
    page = "https://user@far-shore.example:8443/news/1"

    assert line(origin="Far Shore Radio", canonical=page) == (
        "Copyright Far Shore Radio. To see more, visit https://far-shore.example:8443/."
    )
    assert "Copyright far-shore.example:8443." in line(canonical=page)
    assert line(origin="Far Shore Radio") == "Copyright Far Shore Radio."
    assert line(origin="Far Shore Radio", canonical="http://[") == (
        "Copyright Far Shore Radio."
    )
