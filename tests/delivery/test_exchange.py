"""Stations outside a network read our stories and tell us of theirs, over HTTP."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from equipment.photos import keep_photo
from equipment.recordings import keep_recording
from equipment.whole_station import populate
from groundwave.delivery.edition.freshness import keep_seconds
from groundwave.delivery.front.house import our_house
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import Byline, Story, Topic
from groundwave.pages.models import Recording
from groundwave.people.models import User
from groundwave.photos.models import Photo
from groundwave.syndication.exchange.shelf import document_id
from groundwave.syndication.exchange.signing import HEADER, signature
from groundwave.syndication.models import Connection, Original, Pairing, Partner
from groundwave.syndication.out.pictures import make_crops
from groundwave.wire.cds.answers import documents_in, messages_in
from groundwave.wire.cds.checking import faults
from groundwave.wire.cds.reading import read
from groundwave.wire.http.strict import read_strictly


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
SITE = "https://kgnd.example"


@pytest.fixture(autouse=True)
def _it_is_noon(time_machine, settings):
    time_machine.move_to(NOW, tick=False)
    settings.GROUNDWAVE_SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def partner(kgnd):
    return Partner.objects.create(name="Far Shore Radio")


@pytest.fixture
def ask(client, partner):
    """Ask as the partner."""

    def ask(path="documents", **asked):
        key = f"Bearer {partner.key}"
        return client.get(f"/network/v1/{path}", asked, HTTP_AUTHORIZATION=key)

    return ask


@pytest.fixture
def tell():
    """Tell us something, as another station does: nobody has a cookie."""
    browser = Browser(enforce_csrf_checks=True)

    def tell(pairing, body=None, *, secret="between us", at=NOW):
        body = json.dumps({"id": "gw-1"}) if body is None else body
        return browser.post(
            f"/network/notices/{pairing}",
            body,
            content_type="application/json",
            headers={HEADER: signature(body.encode(), secret, at=at)},
        )

    return tell


def read_all(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json"
    return [read(each) for each in documents_in(answer.content)]


def titles(answer):
    return [each.document.title for each in read_all(answer)]


def refused(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    (message,) = messages_in(answer.content)
    return message


# Who is let in.


def test_a_stranger_is_told_how_to_get_a_key(client, story):
    for path in ("documents", f"documents/{document_id(story)}"):
        answer = client.get(f"/network/v1/{path}")

        assert "Ask this station for a pairing line" in refused(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_wrong_key_opens_nothing(client, partner, story):
    answer = client.get("/network/v1/documents", HTTP_AUTHORIZATION="Bearer wrong")

    assert refused(answer, 401)


def test_a_partner_of_the_past_is_told_so(ask, partner, story):
    Partner.objects.update(is_active=False)

    assert "no more" in refused(ask(), 403)
    assert "no more" in refused(ask(f"documents/{document_id(story)}"), 403)


def test_nobody_keeps_what_a_partner_reads(ask, client, story):
    for answer in (ask(), client.get("/network/v1/documents"), ask("documents/gw-1")):
        headers = {name.lower(): value for name, value in answer.headers.items()}

        assert not keep_seconds(answer.status_code, headers)
        assert headers["cache-control"] == "private, no-store"
        assert "authorization" in headers["vary"].lower()


def test_the_edition_is_not_asked_for_what_a_key_opens():
    head = read_strictly(
        b"GET /network/v1/documents HTTP/1.1\r\n"
        b"Host: kgnd.example\r\nAuthorization: Bearer key"
    )

    assert our_house(is_behind_tls=False).question(head) is None


def test_nothing_can_be_written(client, partner, story):
    key = f"Bearer {partner.key}"
    for path in ("documents", f"documents/{document_id(story)}"):
        for ask in (client.post, client.put, client.delete):
            answer = ask(f"/network/v1/{path}", HTTP_AUTHORIZATION=key)

            assert answer.status_code == 405


# What is read.


def test_a_story_is_read_as_its_readers_have_it(ask, story):
    (reading,) = read_all(ask())

    document = reading.document
    assert reading.oddities == ()
    assert document.id == document_id(story)
    assert document.title == "Ferry sinks off Marrow Bay"
    assert document.canonical_url == f"{SITE}/news/ferry-sinks/"
    assert document.publish_date_time == story.first_published_at
    assert document.editorial_last_modified_date_time == story.last_published_at
    assert [link.href for link in document.brandings] == [f"{SITE}/network/v1/brand"]
    assert "At least 32 people are missing." in repr(document.assets)


def test_a_story_with_everything_on_it_is_by_the_book(ask, kgnd):
    populate(kgnd, now=NOW)

    readings = read_all(ask())
    assert len(readings) == 2
    for each in readings:
        assert each.oddities == ()
        assert faults(each.document) == ()


def test_one_story_is_read_by_its_id(ask, story):
    assert titles(ask(f"documents/{document_id(story)}")) == [story.title]


def test_its_address_asks_for_nothing_else(ask, story):
    answer = ask(f"documents/{document_id(story)}", transclude="layout")

    assert "Leave them out" in refused(answer, 400)


def test_a_query_is_answered(ask, story):
    assert titles(ask(ids=document_id(story), sort="publishDateTime:asc")) == [
        story.title
    ]
    assert titles(ask(ids="gw-1")) == []


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"limit": "301"}, "limit"),
        ({"limit": "300", "offset": "1701"}, "offset"),
        ({"nothing": "1"}, "nothing"),
        ({"collectionIds": "1001"}, "collectionIds"),
        ({"publishDateTime": "yesterday"}, "yesterday"),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(ask, story, asked, word):
    assert word in refused(ask(**asked), 400)


def test_what_is_killed_is_gone_at_once(ask, story):
    by = User.objects.create_user("una@kgnd.example")
    kill(story, by=by, reason="It is wrong.", now=NOW)

    assert "Take down" in refused(ask(f"documents/{document_id(story)}"), 404)
    assert titles(ask()) == []
    assert titles(ask(ids=document_id(story))) == []


@pytest.mark.parametrize("name", ["gw-1", "far-1", "gw-" + "é" * 40, "x" * 3000])
def test_what_never_was_is_told_like_what_is_gone(ask, name):
    assert refused(ask(f"documents/{name}"), 404)


def test_what_came_from_elsewhere_is_not_passed_on(ask, story, news):
    connection = Connection.objects.create(name="Longwave", section=news, origin="L")
    Original.objects.create(
        connection=connection, upstream_id="1", story=story, arrived_at=NOW
    )

    assert titles(ask()) == []
    assert refused(ask(f"documents/{document_id(story)}"), 404)


def test_a_head_is_asked_for_as_well(client, partner, story):
    key = f"Bearer {partner.key}"

    assert client.head("/network/v1/documents", HTTP_AUTHORIZATION=key).content == b""


def test_twenty_stories_take_no_more_queries_than_two(
    ask, news, kgnd, django_assert_max_num_queries, django_assert_num_queries
):
    _tell(news, 2)
    ask()
    with django_assert_max_num_queries(30) as few:
        assert len(titles(ask())) == 2
    _tell(news, 18)
    with django_assert_num_queries(len(few)):
        answer = ask()
    assert all(each.document.primary_image for each in read_all(answer))
    assert len(titles(answer)) == 20


def _tell(section, count):
    """Publish stories of each of which something is told in another table."""
    quote = {"quote": "It sank.", "speaker": "A sailor", "context": "to us"}
    photo = Photo.objects.first() or keep_photo("The bay")
    recording = Recording.objects.first() or keep_recording("The bell")
    topic = Topic.objects.first() or Topic.objects.create(name="The bay", slug="bay")
    for number in range(count):
        story = Story(
            title=f"{count}-{number}",
            body=[("text", "<p>So it is.</p>"), ("quote", quote)],
            lead_photo=photo,
            lead_alt="The bay",
            recording=recording,
            live=False,
        )
        section.add_child(instance=story)
        story.bylines.set([Byline(guest=f"Sol Reed {number}", role="reporter")])
        story.topics = [topic]
        story.save_revision().publish()
        draft = story.get_latest_revision_as_object()
        draft.change_kind, draft.change_text = "correction", "It was otherwise."
        draft.save_revision().publish()
        make_crops(story, now=NOW)


# Who we are.


def test_anybody_may_know_whose_stories_these_are(client, kgnd):
    said = client.get("/network/v1/brand").json()

    assert said["brand"]["displayName"] == "KGND Community Radio"
    assert said["links"]["brand"] == [{"rel": "homepage", "href": f"{SITE}/"}]


# Where partners are told.


@pytest.fixture
def put(partner):
    browser = Browser(enforce_csrf_checks=True)

    def put(body, key=None):
        return browser.put(
            "/network/v1/notices",
            body,
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {key or partner.key}",
        )

    return put


def test_a_partner_says_where_it_is_told(put, partner):
    address = "https://far-shore.example/network/notices/7"

    assert put(json.dumps({"address": address})).status_code == 204
    partner.refresh_from_db()
    assert partner.notices_to == address


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"address": 1}',
        '{"address": "ftp://a.example/"}',
        '{"address": "javascript:alert(1)"}',
        '{"address": "https://a.example/' + "x" * 500 + '"}',
        '{"address": "https://a.example/"' + " " * 5000 + "}",
        "[" * 4000,
    ],
)
def test_what_is_no_address_is_refused(put, partner, body):
    assert "Say where" in refused(put(body), 400)
    partner.refresh_from_db()
    assert partner.notices_to == ""


def test_a_stranger_has_nothing_sent_anywhere(put, partner):
    assert refused(put('{"address": "https://a.example/"}', key="wrong"), 401)


# Being told.


@pytest.fixture
def pairing(news):
    connection = Connection.objects.create(
        name="Far Shore Radio",
        upstream="groundwave",
        section=news,
        poll_due_at=NOW + timedelta(days=1),
    )
    return Pairing.objects.create(
        connection=connection, uid=uuid.uuid4(), secret="between us"
    )


def _poll_due_at():
    return Connection.objects.get().poll_due_at


def test_a_notice_is_taken(tell, pairing):
    answer = tell(pairing.uid)

    assert (answer.status_code, answer.content) == (202, b"")
    assert _poll_due_at() == NOW


def test_it_may_come_again(tell, pairing):
    assert [tell(pairing.uid).status_code for _ in range(3)] == [202, 202, 202]


def test_a_forged_one_is_not_taken(tell, pairing):
    for answer in (
        tell(pairing.uid, secret="a guess"),
        tell(pairing.uid, at=NOW - timedelta(minutes=6)),
        tell(pairing.uid, at=NOW + timedelta(minutes=6)),
    ):
        assert "Check both clocks" in refused(answer, 401)
    assert _poll_due_at() > NOW


def test_one_without_a_signature_is_not_taken(client, pairing):
    answer = client.post(
        f"/network/notices/{pairing.uid}", "{}", content_type="application/json"
    )

    assert refused(answer, 401)


def test_one_that_says_nothing_is_told_what_to_say(tell, pairing):
    assert "Say which document" in refused(tell(pairing.uid, "{}"), 400)


def test_one_of_five_kilobytes_is_not_read(tell, pairing):
    body = json.dumps({"id": "gw-1", "more": "x" * 5000})

    assert refused(tell(pairing.uid, body), 401)
    assert _poll_due_at() > NOW


def test_nobody_waits_at_another_address(tell, pairing):
    assert "Send them no more" in refused(tell(uuid.uuid4()), 404)


def test_they_are_told_and_not_asked_for(client, pairing):
    assert client.get(f"/network/notices/{pairing.uid}").status_code == 405
