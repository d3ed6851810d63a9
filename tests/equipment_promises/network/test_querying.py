"""newsroom.md 1.3: what a query finds, in which order, and what it may not ask."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from equipment.network.links import link
from equipment.network.others import podcast_episode, program_episode, topic
from equipment.network.stories import NOON, SALTFLAT, story


HOUR = timedelta(hours=1)


def test_without_a_question_the_oldest_come_first(network, ask):
    """The documentation says otherwise; this is what is observed."""
    network.publish(story("far-new", at=NOON + HOUR), story("far-old", at=NOON))

    assert ask.query().ids == ["far-old", "far-new"]


def test_nothing_found_is_an_empty_answer(ask):
    assert ask.query(profileIds="story").documents == []


def test_a_comma_means_or_and_a_second_parameter_and(network, ask):
    network.publish(story("far-1"), podcast_episode("far-2"), topic("far-3"))

    either = ask.query(profileIds="story,has-audio").ids
    both = ask.query(
        ("profileIds", "has-audio"), profileIds="podcast-episode,story"
    ).ids

    assert either == ["far-1", "far-2"]
    assert both == ["far-2"]


def test_what_is_excluded_is_left_out(network, ask):
    network.publish(story("far-1"), story("far-2", owner=SALTFLAT), topic("far-3"))

    assert ask.query(excludedIds="far-1,far-2").ids == ["far-3"]
    assert ask.query(excludedProfileIds="topic").ids == ["far-1", "far-2"]
    assert ask.query(excludedOwnerHrefs=network.service(SALTFLAT)).ids == [
        "far-1",
        "far-3",
    ]


def test_documents_are_found_by_their_owner(network, ask):
    network.publish(story("far-1"), story("far-2", owner=SALTFLAT))

    assert ask.query(ownerHrefs=network.service(SALTFLAT)).ids == ["far-2"]


def test_a_document_belongs_to_a_collection_that_either_names(network, ask):
    network.publish(
        topic("far-harbor", "far-1"),
        story("far-1"),
        story("far-2", collections=[link("/v1/documents/far-harbor", "topic")]),
        story("far-3"),
    )

    assert ask.query(collectionIds="far-harbor").ids == ["far-1", "far-2"]


def test_a_collection_has_an_order_of_its_own(network, ask):
    network.publish(topic("far-harbor", "far-2", "far-1"))
    belonging = [link("/v1/documents/far-harbor", "topic")]
    for hours, name in enumerate(("far-1", "far-2", "far-3", "far-4")):
        network.publish(story(name, at=NOON + hours * HOUR, collections=belonging))

    found = ask.query(collectionIds="far-harbor", sort="editorial").ids

    assert found == ["far-2", "far-1", "far-4", "far-3"]


@pytest.mark.parametrize("collections", [[], ["far-1,far-2"], ["far-1", "far-2"]])
def test_that_order_is_of_exactly_one_collection(ask, collections):
    asked = [("collectionIds", each) for each in collections]

    assert ask.query(*asked, sort="editorial").status == 400


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ("2026-02-01T19:00:00Z...2026-02-01T20:00:00Z", ["far-1", "far-2"]),
        ("2026-02-01T19:00:01Z...", ["far-2"]),
        ("...2026-02-01T19:59:59Z", ["far-1"]),
        ("2026-02-01T14:00:00-05:00", ["far-1"]),
        ("2026-02-01", ["far-1", "far-2"]),
        ("2026-02-02...", []),
    ],
)
def test_a_span_has_its_bounds_in_it(network, ask, span, found):
    network.publish(story("far-1", at=NOON), story("far-2", at=NOON + HOUR))

    assert ask.query(publishDateTime=span).ids == found
    assert ask.query(editorialLastModifiedDateTime=span).ids == found


def test_a_bare_date_is_a_day_five_hours_west_even_in_summer(network, ask):
    """In daylight saving time the newsroom's own day began an hour earlier."""
    midnight = datetime.fromisoformat("2026-07-02T00:00:00-04:00")
    network.publish(story("far-1", at=midnight), story("far-2", at=midnight + HOUR))

    assert ask.query(publishDateTime="2026-07-01").ids == ["far-1"]
    assert ask.query(publishDateTime="2026-07-02").ids == ["far-2"]


def test_documents_without_a_time_are_in_no_span_of_it(network, ask):
    network.publish(story("far-1"))

    assert ask.query(recommendUntilDateTime="2000-01-01...").ids == []


def test_episodes_are_found_by_day_and_season(network, ask):
    network.publish(program_episode("far-1"), podcast_episode("far-2"))

    assert ask.query(showDates="2026-02-01").ids == ["far-1"]
    assert ask.query(showDates="2026-02-02...2026-02-09").ids == []
    assert ask.query(seasonNumber="1").ids == ["far-2"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("publishDateTime", ["far-3", "far-2", "far-1"]),
        ("publishDateTime:desc", ["far-3", "far-2", "far-1"]),
        ("publishDateTime:asc", ["far-1", "far-2", "far-3"]),
        ("seasonNumber:asc,publishDateTime:desc", ["far-3", "far-1", "far-2"]),
        ("seasonNumber:asc:first,publishDateTime:desc", ["far-2", "far-3", "far-1"]),
    ],
)
def test_the_order_can_be_asked_for(network, ask, sort, found):
    network.publish(
        podcast_episode("far-1", at=NOON),
        story("far-2", at=NOON + HOUR),
        podcast_episode("far-3", at=NOON + 2 * HOUR),
    )

    assert ask.query(sort=sort).ids == found


def test_a_page_has_twenty_and_at_most_three_hundred(network, ask):
    network.publish_crowd(400)

    assert len(ask.query().ids) == 20
    assert len(ask.query(limit=300).ids) == 300
    assert ask.query(limit=301).status == 400
    assert ask.query(limit=0).status == 400


def test_pages_follow_each_other(network, ask):
    network.publish_crowd(5)

    pages = [ask.query(limit=2, offset=offset).ids for offset in (0, 2, 4)]

    assert pages == [["crowd-0", "crowd-1"], ["crowd-2", "crowd-3"], ["crowd-4"]]


def test_nothing_is_found_behind_the_two_thousandth(network, ask):
    network.publish_crowd(2500)

    assert len(ask.query(limit=300, offset=1700).ids) == 300
    assert ask.query(limit=300, offset=1701).status == 400


def test_ten_thousand_are_read_through_a_sliding_window(network, ask):
    """Offsets end at 2,000: whoever wants all of them asks from where it was."""
    network.publish_crowd(10_000)
    seen: set[str] = set()
    since = "2026-03-02T00:00:00Z"
    for _ in range(3):
        page = ask.query(
            limit=300, publishDateTime=f"{since}...", sort="publishDateTime:asc"
        )
        seen.update(page.ids)
        since = page.documents[-1]["publishDateTime"]

    assert len(seen) == 300 + 299 + 299
    assert ask("/v1/documents/crowd-9999").documents[0]["publishDateTime"] == (
        "2026-03-02T18:00:00Z"
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"author": "Una Farrow"},
        {"publishDateTime": "yesterday"},
        {"publishDateTime": "2026-02-01T19:00:00"},
        {"sort": "title"},
        {"sort": "publishDateTime:up"},
        {"limit": "many"},
        {"offset": "-1"},
        {"transclude": "images"},
    ],
)
def test_a_wrong_question_is_told_what_is_wrong_with_it(ask, asked):
    (name,) = asked

    answer = ask.query(**asked)

    assert answer.status == 400
    assert any(part in answer.messages[0] for part in (name, *asked.values()))


def test_a_late_document_appears_under_its_old_date(network, ask):
    network.publish(story("far-1"))
    network.publish_late(story("far-late"), by=timedelta(days=3))

    assert ask.query().ids == ["far-late", "far-1"]
    assert ask.query(publishDateTime="2026-03-02T17:00:00Z...").ids == ["far-1"]
