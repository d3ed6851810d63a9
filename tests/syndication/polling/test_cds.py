"""Asking a service of documents: what is new, page by page, and what it needs besides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipment.network.asked import resources
from equipment.network.assets import promo_card, reference_byline
from equipment.network.faults import (
    CutOff,
    Fault,
    Flood,
    GzipBomb,
    HangUp,
    HtmlInstead,
    NoJson,
    Redirected,
    Refusing,
    Repeating,
    Unavailable,
)
from equipment.network.links import stamp
from equipment.network.oddities import ODDITIES
from equipment.network.others import biography
from equipment.network.stories import BODY, every_story, paragraphs, story
from groundwave.syndication.leaving_out import Why
from groundwave.syndication.models import Upstream
from groundwave.syndication.polling import sliding
from groundwave.syndication.polling.asking import Found, Unreadable
from groundwave.syndication.polling.cds import FIRST, OVERLAP
from groundwave.syndication.polling.errors import UpstreamTrouble


pytestmark = pytest.mark.django_db

DOCUMENTS = "/v1/documents"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def came(asks, clock):
    """Return what asks a connection for what is new, batch by batch, to the end."""

    def came(connection):
        batches = asks(connection).changed(now=clock.now)
        return [each for batch in batches for each in batch]

    return came


def ids(came):
    return [each.about.id for each in came if isinstance(each, Found)]


def queries(network):
    return [dict(each.parameters) for each in network.asked_for(DOCUMENTS)]


def test_the_first_question_goes_a_day_back(network, cds, came, clock):
    network.publish_late(story("far-old"), by=FIRST + MINUTE)
    network.publish_late(story("far-1"), by=FIRST - MINUTE)

    assert ids(came(cds)) == ["far-1"]
    assert cds.watermark == clock.now - FIRST + MINUTE


def test_later_questions_overlap_with_what_was_asked(network, cds, came, clock):
    network.publish(story("far-1"))
    came(cds)
    mark = cds.watermark
    clock.pass_by(minutes=10)
    network.publish_late(story("far-late"), by=OVERLAP + 5 * MINUTE)

    assert ids(came(cds)) == ["far-late", "far-1"]
    assert cds.watermark == mark


def test_every_question_says_how_to_sort_and_uses_the_key(network, cds, came):
    cds.query = "collectionIds=1001&profileIds=story&sort=publishDateTime:desc&limit=3"

    came(cds)

    for each in queries(network):
        assert each["sort"].endswith(":asc")
        assert each["limit"] == "100"
        assert (each["collectionIds"], each["profileIds"]) == ("1001", "story")
    assert {each.token for each in network.asked} == {network.token}


def test_documents_without_a_date_of_modification_are_found_by_their_own(
    network, cds, came
):
    network.publish(
        {**story("far-1"), "editorialLastModifiedDateTime": "2020-01-01T00:00:00Z"},
        {**story("far-2"), "editorialLastModifiedDateTime": "none"},
    )

    assert ids(came(cds)) == ["far-1", "far-2"]


@pytest.mark.parametrize("every", [timedelta(seconds=1), timedelta(0)])
def test_of_a_crowd_none_is_lost_and_none_comes_twice(network, cds, came, every):
    network.publish_crowd(430, every=every)

    found = ids(came(cds))

    assert sorted(found) == sorted(f"crowd-{number}" for number in range(430))
    asked = queries(network)
    assert all(int(e.get("offset", 0)) + int(e["limit"]) <= 2000 for e in asked)


def test_pages_that_begin_with_the_one_before_do_no_harm(network, cds, came):
    network.publish_crowd(250)

    with network.suffering(Repeating(), at=DOCUMENTS):
        assert len(ids(came(cds))) == 250


@pytest.fixture
def _a_service_of_few_pages(monkeypatch):
    monkeypatch.setattr(sliding, "FURTHEST", 300)


@pytest.mark.usefixtures("_a_service_of_few_pages")
def test_more_at_one_instant_than_can_be_asked_for_are_told(network, cds, came):
    network.publish_crowd(320, every=timedelta(0))

    found = came(cds)

    assert len(ids(found)) == 300
    (told,) = [each for each in found if isinstance(each, Unreadable)]
    assert "2,000 stories" in told.sentence


@pytest.mark.usefixtures("_a_service_of_few_pages")
def test_more_modified_at_one_instant_are_told_apart_by_their_own_dates(
    network, cds, came, clock
):
    """Somebody stamped them all anew."""

    def stamped(name, *, at):
        changed = {"editorialLastModifiedDateTime": stamp(clock.now - MINUTE)}
        return story(name, at=at) | changed

    for number in range(420):
        published = clock.now - timedelta(seconds=2 * number)
        network.publish(stamped(f"far-{number}", at=published))

    assert len(set(ids(came(cds)))) == 420


def test_the_watermark_moves_only_over_what_was_gone_through(network, cds, asks, clock):
    network.publish_crowd(250)
    batches = asks(cds).changed(now=clock.now)

    assert len(next(batches)) == 100
    assert cds.watermark is None
    while not (second := next(batches)):
        pass  # the same ones, by their own dates

    assert len(second) == 99
    assert cds.watermark == clock.now - timedelta(seconds=150)
    batches.close()
    assert cds.watermark == clock.now - timedelta(seconds=150)


def test_a_clock_a_day_ahead_does_not_move_the_watermark_past_now(
    network, cds, came, clock
):
    network.publish(story("far-1"))
    network.ahead = timedelta(days=1)
    network.publish(story("far-2"))

    assert ids(came(cds)) == ["far-1", "far-2"]
    assert cds.watermark == clock.now

    network.ahead = timedelta(0)
    clock.pass_by(minutes=1)
    network.publish(story("far-3"))
    assert "far-3" in ids(came(cds))


def test_nothing_else_is_fetched_before_somebody_wants_the_whole(network, cds, came):
    network.publish(biography(), every_story())

    (one,) = [e for e in came(cds) if e.about.kind == "story"]
    assert not [e for e in queries(network) if "ids" in e]

    story_ = one.whole().incoming
    assert [each.name for each in story_.authors] == ["Una Farrow", "Teo Brandt"]
    assert story_.brands[0].name == "Far Shore Radio"


def test_what_many_need_is_fetched_once_a_day(network, cds, came, clock):
    network.publish(biography(), every_story("far-1"), every_story("far-2"))
    for each in came(cds):
        each.whole()

    def fetched():
        named = [e for e in queries(network) if e.get("ids") == "far-una-farrow"]
        return len(named), len(network.asked_for("/v4/services"))

    assert fetched() == (1, 1)
    clock.pass_by(hours=25)
    for each in came(cds):
        each.whole()
    assert fetched() == (2, 2)


def test_what_could_not_be_fetched_makes_it_another_version(network, cds, asks, clock):
    network.publish(biography(), every_story("far-1"))
    with network.suffering(Unavailable(times=1), at="/v4/services"):
        without = asks(cds).again(["far-1"])["far-1"].whole()

    clock.pass_by(minutes=5)
    found = asks(cds).again(["far-1"])["far-1"]
    assert found.fingerprint != without.fingerprint
    assert Why.NOT_FETCHED in [each.why for each in without.incoming.left_out]
    assert found.whole().fingerprint == found.fingerprint


def test_who_gives_no_answer_is_not_asked_for_every_story(network, cds, came):
    network.publish_crowd(5)

    with network.suffering(Unavailable(times=99), at="/v4/services"):
        for each in came(cds):
            each.whole()

    assert len(network.asked_for("/v4/services")) == 1


def test_what_does_not_exist_does_not(network, cds, asks):
    body = [*BODY, promo_card("card-1", "far-gone")]
    by = [reference_byline("by-1", "far-nobody")]
    network.publish(story("far-1", body=body, bylines=by))

    found = asks(cds).again(["far-1"])["far-1"]
    assert found.whole().fingerprint == found.fingerprint


def test_what_is_too_much_for_one_answer_is_asked_for_in_parts(network, cds, came):
    large = paragraphs("far " * 25_000)
    network.publish(*(story(f"far-{number}", body=large) for number in range(95)))

    assert len(ids(came(cds))) == 95


def test_a_document_that_is_too_large_is_told_and_the_others_come(network, cds, came):
    enormous = paragraphs("far " * 2_200_000)
    network.publish(story("far-1"), story("far-2", body=enormous), story("far-3"))

    found = came(cds)

    assert sorted(ids(found)) == ["far-1", "far-3"]
    assert [e.id for e in found if isinstance(e, Unreadable)] == ["too-large"]


@pytest.mark.parametrize("name", ODDITIES)
def test_whatever_is_odd_about_a_document_something_comes_of_it(
    network, cds, came, name
):
    network.publish(ODDITIES[name])

    for each in came(cds):
        assert isinstance(each, Found)
        assert each.whole().incoming.id == each.about.id


def test_what_is_no_document_is_told_and_the_others_come(network, cds, came):
    network.publish(story("far-1"))
    network._archive.keep({**network.document("far-1"), "id": "far-0", "profiles": {}})

    found = came(cds)

    assert ids(found) == ["far-1"]
    (told,) = [each for each in found if isinstance(each, Unreadable)]
    assert "no profiles" in told.sentence


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Unavailable(times=9), "asked again by itself"),
        (Unavailable(times=9), "the network is busy"),
        (Refusing("No such parameter"), "“No such parameter”"),
        (Refusing("Who are you", status=403), "Check the key"),
        (Refusing("Nothing here", status=404), "Check the address"),
        (HangUp(), "hung up"),
        (CutOff(), "hung up"),
        (NoJson(), "something else than documents"),
        (HtmlInstead(), "something else than documents"),
        (GzipBomb(megabytes=200), "more than it should"),
        (Flood(megabytes=200), "more than it should"),
        (Redirected("http://10.1.2.3/"), "private network"),
    ],
)
def test_what_goes_wrong_is_told_in_words(network, cds, came, fault, words):
    network.publish(story("far-1"))

    with (
        network.suffering(fault, at=DOCUMENTS),
        pytest.raises(UpstreamTrouble) as trouble,
    ):
        came(cds)

    assert words in str(trouble.value)


def test_an_outage_says_for_how_long(network, cds, came):
    fault = Unavailable(times=1, retry_after=900)
    with network.suffering(fault), pytest.raises(UpstreamTrouble) as trouble:
        came(cds)

    assert trouble.value.wait == timedelta(minutes=15)


def test_a_query_that_is_none_is_told(network, cds, came):
    cds.query = "colectionIds=1"

    with pytest.raises(UpstreamTrouble, match="colectionIds"):
        came(cds)
    assert network.asked == []


def test_a_wrong_key_is_told(network, cds, came):
    network.expel(network.token)

    with pytest.raises(UpstreamTrouble, match="Check the key"):
        came(cds)


def test_known_ids_are_asked_for_a_hundred_at_a_time(network, cds, asks):
    network.publish_crowd(230)
    asked = [f"crowd-{number}" for number in range(230)]

    found = asks(cds).again([*asked, "far-gone", "odd/id"])

    assert sorted(found) == sorted(asked)
    assert len(network.asked_for(DOCUMENTS)) == 4


def test_nobody_brings_what_was_not_asked_for(network, cds, asks):
    class Generous(Fault):
        def spoil(self, asked, answer):
            return resources(*map(network.document, ("far-1", "far-2")))

    network.publish(story("far-1"), story("far-2"))
    with network.suffering(Generous(), at=DOCUMENTS):
        assert list(asks(cds).again(["far-1"])) == ["far-1"]


def test_one_is_there_or_not(network, cds, asks):
    network.publish(story("far-1", title="Bell buoy found"))

    assert asks(cds).one("far-1").incoming.title == "Bell buoy found"
    assert asks(cds).one("far-2") is None


def test_another_groundwave_is_asked_below_an_address_of_its_own(network, connect):
    from groundwave.outbound.client import Client
    from groundwave.syndication.polling.service import Service

    made = connect(upstream=Upstream.GROUNDWAVE, address="https://kgnd.example/")

    assert Service(made, Client()).base == "https://kgnd.example/network"
