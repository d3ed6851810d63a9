from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from wagtail.models import Page

from equipment.network.faults import CutOff, HangUp, Refusing, Unavailable
from equipment.network.server import Network as Listening
from equipment.photos import keep_photo
from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.models import ChangeKind, Story
from groundwave.photos.models import Photo
from groundwave.syndication.actions.dispatching import (
    CONFIRMED_AFTER,
    HELD_FOR,
    LONGEST_PAUSE,
    dispatch,
    pause,
    send_due,
    withdraw,
)
from groundwave.syndication.models import Connection, Dispatch, Network, Original
from groundwave.wire.http.host import Host
from syndication.actions.outbox import KEY, Meanwhile, admit_us


pytestmark = pytest.mark.django_db
NOW = datetime(2100, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DOCUMENTS = "/v1/documents"


@pytest.fixture
def far():
    with Listening() as network:
        yield network


@pytest.fixture
def longwave(far, settings, db):
    return admit_us(far, settings)


@pytest.fixture
def ferry(longwave, story):
    """A story that was published once the network was known, and not sent yet."""
    return story


@pytest.fixture
def there(ferry, far):
    """A story that the network has."""
    assert send_due(NOW) == 1
    assert held(far, ferry)
    return ferry


def held(far, story):
    """Return what the network has of *story*; None if nothing."""
    try:
        return far.document(name(story))
    except KeyError:
        return None


def name(story):
    return f"kgnd-{story.translation_key}"


def row():
    return Dispatch.objects.get()


def say(story, text, **facts):
    """Publish *story* with another text."""
    draft = Story.objects.get(pk=story.pk)
    draft.body = [("text", f"<p>{text}</p>")]
    draft.begin_another_change()
    draft.change_kind = facts.get("kind", ChangeKind.TYPO)
    draft.change_text = facts.get("told", "")
    draft.save_revision().publish()


def said(far, story):
    document = held(far, story)
    return [each.get("text") for each in document["assets"].values()]


def test_what_is_published_goes_out(ferry, far):
    assert row().state == "waiting"

    assert send_due(NOW) == 1

    assert (row().state, row().messages, row().due_at) == ("sent", [], None)
    assert held(far, ferry)["title"] == ferry.title
    assert [each.method for each in far.asked] == ["PUT"]
    assert send_due(NOW) == 0


def test_a_publication_that_is_rolled_back_leaves_nothing_to_send(longwave, news):
    story = news.add_child(instance=Story(title="Fog", slug="fog", live=False))

    def publish_and_fail():
        with transaction.atomic():
            story.save_revision().publish()
            raise DatabaseError

    with pytest.raises(DatabaseError):
        publish_and_fail()

    assert not Dispatch.objects.exists()


def test_a_change_is_put_and_the_same_again_is_not(there, far):
    say(there, "Nobody is missing any more.")
    assert send_due(NOW + MINUTE) == 1
    assert said(far, there) == ["Nobody is missing any more."]

    dispatch(Story.objects.get(pk=there.pk), now=NOW + MINUTE)
    assert send_due(NOW + MINUTE) == 0
    assert row().state == "sent"


def test_a_correction_is_put(there, far):
    say(there, "42 are missing.", kind=ChangeKind.CORRECTION, told="It was not 32.")

    send_due(NOW + MINUTE)

    assert "It was not 32." in said(far, there)


def test_what_readers_lose_is_deleted_there_and_the_row_stays(there, far):
    there.unpublish()

    assert send_due(NOW + MINUTE) == 1

    assert held(far, there) is None
    assert (row().state, row().body) == ("deleted", "")


def test_a_deletion_is_said_twice_as_something_may_still_be_on_its_way(there, far):
    there.unpublish()
    send_due(NOW)
    # What was put before and given up comes in only now.
    far.publish({"id": name(there), "profiles": [], "title": "Back"})

    assert send_due(NOW + CONFIRMED_AFTER) == 1

    assert held(far, there) is None
    assert row().due_at is None


def test_a_killed_story_is_deleted_and_a_revived_one_goes_out_anew(there, far, ines):
    kill(there, by=ines, reason="It was false.", now=NOW)
    send_due(NOW + MINUTE)
    assert held(far, there) is None

    there = Story.objects.get(pk=there.pk)
    revive(there, by=ines, reason="It was not.", now=NOW + MINUTE)
    assert send_due(NOW + 2 * MINUTE) == 0
    say(there, "It sank after all.")
    send_due(NOW + 2 * MINUTE)

    assert said(far, there) == ["It sank after all."]


@pytest.mark.parametrize("deleted", ["story", "section"])
def test_a_page_that_is_deleted_is_deleted_there(there, far, deleted):
    Page.objects.get(slug={"story": "ferry-sinks", "section": "news"}[deleted]).delete()

    send_due(NOW + MINUTE)

    assert held(far, there) is None
    assert (row().state, row().story) == ("deleted", None)


def test_what_was_never_there_need_not_be_deleted(ferry, far):
    ferry.unpublish()

    send_due(NOW)

    assert row().state == "deleted"
    assert [each.method for each in far.asked] == ["DELETE"]


def test_a_busy_network_is_asked_again_later(ferry, far):
    with far.suffering(Unavailable(times=1)):
        send_due(NOW)

        assert row().state == "waiting"
        assert row().messages == ["Come back later; the network is busy."]
        assert NOW < row().due_at <= NOW + MINUTE
        assert send_due(NOW) == 0
        assert send_due(NOW + MINUTE) == 1

    assert (row().state, row().messages) == ("sent", [])


def test_a_refused_document_is_told_in_the_networks_words_and_not_sent_again(
    ferry, far
):
    with far.suffering(Refusing("No collection 1001", "Too many words")):
        send_due(NOW)

    assert row().state == "refused"
    assert row().messages == ["No collection 1001", "Too many words"]
    assert send_due(NOW + timedelta(days=9)) == 0

    say(ferry, "Fewer words.")
    send_due(NOW + timedelta(days=9))
    assert (row().state, row().messages) == ("sent", [])


def test_a_key_that_is_not_taken_is_said_and_a_new_one_tries_again(
    ferry, far, longwave
):
    Network.objects.update(key="another key")
    send_due(NOW)
    assert row().state == "refused"
    assert "put it right under Networks" in row().messages[0]

    longwave.save()  # with the key that it had
    send_due(NOW)

    assert row().state == "sent"


def test_an_answer_that_is_lost_costs_another_request_and_nothing_else(ferry, far):
    with far.suffering(CutOff()):
        send_due(NOW)
    assert held(far, ferry)
    assert row().state == "waiting"

    send_due(NOW + MINUTE)

    assert row().state == "sent"
    assert [each.method for each in far.asked] == ["PUT", "PUT"]


def test_what_a_lost_answer_may_have_changed_is_put_right(there, far):
    with far.suffering(CutOff()):
        say(there, "Something false.")
        send_due(NOW)
    # It is again as the network is known to have had it.
    say(there, "At least 32 people are missing.")

    send_due(NOW + MINUTE)

    assert said(far, there) == ["At least 32 people are missing."]


def test_a_change_while_a_document_is_under_way_follows_it(ferry, far):
    with far.suffering(Meanwhile(lambda: say(ferry, "Nobody is missing."))):
        send_due(NOW)
    assert row().state == "waiting"

    send_due(NOW)

    assert row().state == "sent"
    assert said(far, ferry) == ["Nobody is missing."]


def test_of_two_changes_while_one_is_under_way_the_later_one_is_sent(ferry, far):
    def twice():
        say(ferry, "One.")
        say(ferry, "Two.")

    with far.suffering(Meanwhile(twice)):
        send_due(NOW)

    assert send_due(NOW) == 1
    assert said(far, ferry) == ["Two."]


def test_a_story_killed_while_it_is_under_way_is_gone_at_the_end(ferry, far, ines):
    def killed():
        kill(ferry, by=ines, reason="It was false.", now=NOW)

    with far.suffering(Meanwhile(killed)):
        send_due(NOW)
    assert held(far, ferry)

    send_due(NOW)

    assert held(far, ferry) is None
    assert row().state == "deleted"


def test_a_change_while_a_refusal_is_under_way_is_sent(ferry, far):
    changed = Meanwhile(lambda: say(ferry, "Fewer words."))
    with far.suffering(changed, Refusing("Too many words")):
        send_due(NOW)
    assert row().state == "waiting"

    send_due(NOW)

    assert (row().state, row().messages) == ("sent", [])


def test_one_request_about_a_document_is_under_way_at_a_time(ferry, far):
    seen = []

    def another_worker():
        dispatch(Story.objects.get(pk=ferry.pk), now=NOW)
        seen.append(send_due(NOW))

    with far.suffering(Meanwhile(another_worker)):
        send_due(NOW)

    assert seen == [0]
    assert len(far.asked) == 1


def test_what_a_worker_died_of_sending_is_sent_by_the_next(ferry, far):
    Dispatch.objects.update(due_at=None, held_until=NOW + HELD_FOR, attempts=1)

    assert send_due(NOW) == 0
    assert send_due(NOW + HELD_FOR) == 1
    assert held(far, ferry)


def test_a_network_in_trouble_is_left_alone_by_all_that_waits(
    ferry, far, news, longwave
):
    for number in range(3):
        other = news.add_child(
            instance=Story(title=f"Fog {number}", slug=f"fog-{number}", live=False)
        )
        other.save_revision().publish()

    with far.suffering(HangUp()):
        assert send_due(NOW) == 1
    assert len(far.asked) == 1

    assert send_due(NOW + MINUTE) == 4
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}


def test_each_network_hears_of_a_story_for_itself(longwave, far, story, settings):
    with Listening() as near:
        admit_us(near, settings, "Shortwave")
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([Host("127.0.0.1", None)])
        say(story, "Nobody is missing.")

        with near.suffering(Refusing("Not here")):
            assert send_due(NOW) == 2

    states = dict(Dispatch.objects.values_list("network__name", "state"))
    assert states == {"Longwave": "sent", "Shortwave": "refused"}
    assert said(far, story) == ["Nobody is missing."]


def test_a_key_is_sent_as_it_was_meant(ferry, far):
    Network.objects.update(key=f" {KEY}\n")

    send_due(NOW)

    assert row().state == "sent"


def test_pauses_grow_and_end_somewhere():
    pauses = [pause(attempts) for attempts in (1, 4, 400)]

    assert timedelta(seconds=15) <= pauses[0] <= timedelta(seconds=30)
    assert 2 * MINUTE <= pauses[1] <= 4 * MINUTE
    assert LONGEST_PAUSE / 2 <= pauses[2] <= LONGEST_PAUSE


def test_a_story_that_came_from_elsewhere_never_goes_out(longwave, news):
    connection = Connection.objects.create(
        name="Far Shore", upstream="feed", address="https://far.example/", section=news
    )
    story = news.add_child(instance=Story(title="Fog", slug="fog", live=False))
    Original.objects.create(
        connection=connection,
        upstream_id="1",
        story=story,
        arrived_at=NOW,
        detached_at=NOW,
        detached_reason="We know more.",
    )

    story.save_revision().publish()

    assert not Dispatch.objects.exists()


def test_a_network_that_nothing_goes_to_hears_of_takedowns_alone(there, far, longwave):
    Network.objects.update(is_active=False)
    say(there, "Nobody is missing.")
    assert send_due(NOW + MINUTE) == 0
    assert row().state == "waiting"

    there.unpublish()
    assert send_due(NOW + MINUTE) == 1
    assert held(far, there) is None


def test_what_waited_goes_out_once_something_may_go_there_again(there, far, longwave):
    Network.objects.update(is_active=False)
    say(there, "Nobody is missing.")
    send_due(NOW)

    longwave.save()
    send_due(NOW)

    assert said(far, there) == ["Nobody is missing."]


def test_nothing_is_put_as_long_as_nobody_knows_where_we_are(ferry, far, settings):
    settings.GROUNDWAVE_SITE_URL = ""

    assert send_due(NOW) == 0

    assert row().state == "refused"
    assert "GROUNDWAVE_SITE_URL" in row().messages[0]


def test_a_document_that_changed_by_itself_says_that_it_was_modified(there, far):
    before = held(far, there)["editorialLastModifiedDateTime"]
    Story.objects.filter(pk=there.pk).update(title="Ferry found")
    dispatch(Story.objects.get(pk=there.pk), now=NOW + MINUTE)

    send_due(NOW + MINUTE)

    after = held(far, there)
    assert after["title"] == "Ferry found"
    assert after["editorialLastModifiedDateTime"] > before


def test_a_document_is_looked_at_again_when_the_right_to_its_photo_ends(ferry, far):
    photo = keep_photo(expires_at=NOW + timedelta(days=1))
    Story.objects.update(lead_photo=photo)
    send_due(NOW)
    assert held(far, ferry)["images"]
    assert row().due_at == photo.expires_at

    Photo.objects.update(expires_at=NOW)
    send_due(photo.expires_at)

    assert "images" not in held(far, ferry)


def test_withdrawing_makes_no_row(longwave, news):
    story = news.add_child(instance=Story(title="Fog", slug="fog", live=False))

    withdraw(story, now=NOW)

    assert not Dispatch.objects.exists()
