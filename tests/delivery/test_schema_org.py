"""Linked data by schema.org's own vocabulary: every type, property and value of it."""

from __future__ import annotations

import copy

import pytest
from django.utils import timezone

from equipment.schema_org import linked_data_of, not_schema_org
from equipment.whole_station import PAGES, populate


pytestmark = pytest.mark.django_db

# What the station of one of everything has to say in all, at the least.
TYPES = {
    "Organization",
    "RadioStation",
    "RadioSeries",
    "RadioEpisode",
    "Person",
    "Event",
    "Claim",
    "Observation",
    "NewsArticle",
    "LiveBlogPosting",
}
ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry sinks",
    "author": [{"@type": "Person", "name": "Ida Marsh"}],
}


def graph(*facts):
    return {"@context": "https://schema.org", "@graph": list(facts)}


def test_what_every_page_says_is_schema_orgs(client, kgnd, tmp_path):
    populate(kgnd, now=timezone.now())
    pages = {}
    for path in PAGES:
        name = path.strip("/").replace("/", "-") or "home"
        if said := linked_data_of(client.get(path).content.decode()):
            pages[name] = said

    said = {facts["@type"] for page in pages.values() for facts in page["@graph"]}
    assert said >= TYPES
    assert not_schema_org(pages, tmp_path) == ""


def test_what_is_not_schema_orgs_is_refused(tmp_path):
    claim = {"@type": "Claim", "text": "At least 32", "appearance": "in the paper"}
    observed = {"@type": "Observation", "minValue": "at least 32"}
    wrong = {
        "no-such-type": graph(ARTICLE | {"@type": "NewsStory"}),
        "no-such-property": graph(ARTICLE | {"byline": "Ida Marsh"}),
        "of-another-type": graph(ARTICLE | {"coverageStartTime": "2026-11-01"}),
        "no-such-author": graph(ARTICLE | {"author": {"@type": "Event"}}),
        "no-such-value": graph(claim, observed),
        "no-such-context": graph(ARTICLE) | {"@context": "https://schema.example"},
    }

    said = not_schema_org(wrong | {"right": graph(copy.copy(ARTICLE))}, tmp_path)

    for name in wrong:
        assert f"{name}.ts" in said
    assert "right.ts" not in said
    for word in ("NewsStory", "byline", "coverageStartTime", "appearance", "minValue"):
        assert word in said
