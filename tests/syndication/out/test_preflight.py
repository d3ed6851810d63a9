from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import PageViewRestriction

from equipment.photos import keep_photo
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import Byline, Story
from groundwave.syndication.models import Connection, Network, Original, PhotoLease
from groundwave.syndication.out.preflight import sentences


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 23, tzinfo=UTC)


@pytest.fixture
def longwave(settings, db):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"
    return Network.objects.create(
        name="Longwave",
        address="https://longwave.example",
        prefix="kgnd",
        service="https://longwave.example/v4/services/s901",
        collections="1001",
    )


@pytest.fixture
def fit(news):
    """A draft that a network's front page would take."""
    story = Story(
        title="Fog",
        slug="fog",
        dek="It is thick.",
        lead_photo=keep_photo(),
        lead_alt="Fog",
        body=[("text", f"<p>{'fog ' * 200}</p>")],
        live=False,
    )
    news.add_child(instance=story)
    story.bylines.set([Byline(guest="Sol Reed")])
    return story


def only(story):
    (sentence,) = sentences(story, now=NOW)
    return sentence


@pytest.fixture
def original(fit, news):
    connection = Connection.objects.create(
        name="Far Shore", upstream="feed", address="https://far.example/", section=news
    )
    return Original.objects.create(
        connection=connection, upstream_id="1", story=fit, arrived_at=NOW
    )


def test_of_a_story_that_has_it_all_nothing_is_said(longwave, fit):
    assert sentences(fit, now=NOW) == []


def test_nothing_is_said_where_nothing_goes_out(fit):
    fit.dek = ""

    assert sentences(fit, now=NOW) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dek": " "}, "no dek"),
        ({"lead_photo": None}, "no lead photo"),
        ({"body": [("text", "<p>Fog, <b>and</b> fog.</p>")]}, "It has 3 words"),
        ({"first_published_at": NOW - timedelta(hours=72)}, "more than three days old"),
        ({"embargo_until": NOW + timedelta(hours=1)}, "under embargo until Nov. 24"),
    ],
)
def test_what_is_in_the_way_is_said(longwave, fit, change, words):
    for field, value in change.items():
        setattr(fit, field, value)

    assert words in only(fit)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rights_basis": "handout"}, "is not yours and stays here"),
        ({"may_be_in_feeds": False}, "may not be in feeds"),
        ({"expires_at": NOW}, "may not be in feeds"),
        ({"agency": ""}, "both who took the photo “A mast” and for whom"),
        ({"photographer": ""}, "both who took the photo “A mast” and for whom"),
    ],
)
def test_a_photo_that_a_network_does_not_show_is_named(longwave, fit, facts, words):
    fit.lead_photo = keep_photo(**facts)

    assert words in only(fit)


def test_a_photo_that_came_with_a_story_of_others_stays(longwave, fit, original):
    PhotoLease.objects.create(
        original=original,
        asset="a",
        url="https://far.example/mast.jpg",
        photo=fit.lead_photo,
        confirmed_at=NOW,
    )
    original.story = None
    original.save()

    assert "came with somebody else's story" in only(fit)


def test_a_story_without_an_author_is_said_so(longwave, fit):
    fit.bylines.set([])

    assert "Nobody is named as its author" in only(fit)


def test_a_network_that_puts_stories_nowhere_is_named(longwave, fit):
    Network.objects.update(collections="\n")

    assert only(fit).startswith("Longwave puts your stories into no collection")


def test_of_a_story_from_elsewhere_that_is_all_that_is_said(longwave, fit, original):
    fit.dek = ""

    assert only(fit).startswith("It came from Far Shore")


def test_of_a_killed_story_that_is_all_that_is_said(longwave, fit, ines):
    kill(fit, by=ines, reason="False.", now=NOW)

    assert only(fit).startswith("It was killed")


def test_of_a_story_for_few_that_is_all_that_is_said(longwave, fit, news):
    PageViewRestriction.objects.create(
        page=news, restriction_type=PageViewRestriction.LOGIN
    )

    assert only(fit).startswith("It is for few")


def test_an_alias_leaves_it_to_the_story_that_it_repeats(longwave, fit):
    assert "It repeats “Fog”" in only(
        fit.create_alias(parent=fit.get_parent(), update_slug="fog-2")
    )


def test_a_site_without_an_address_is_said(longwave, fit, settings):
    settings.GROUNDWAVE_SITE_URL = ""

    assert "GROUNDWAVE_SITE_URL" in only(fit)


def test_a_story_that_was_never_saved_can_be_asked_about(longwave):
    assert sentences(Story(title="Fog", slug="fog"), now=NOW)
