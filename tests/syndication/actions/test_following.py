"""Documents follow whatever changes what readers have of a story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from equipment.network.server import Network as Listening
from equipment.photos import keep_photo
from equipment.recordings import keep_recording
from groundwave.newsroom.models import Story
from groundwave.pages.models import HomePage, SectionPage
from groundwave.photos.actions import clear_away_withheld, reinstate, revoke
from groundwave.photos.models import Photo
from groundwave.syndication.actions.dispatching import send_due
from groundwave.syndication.models import Dispatch
from newsroom.ledger import Ledger
from syndication.actions.outbox import admit_us


pytestmark = pytest.mark.django_db
NOW = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def far():
    with Listening() as network:
        yield network


@pytest.fixture
def publish(far, settings, news):
    """Publish a story of these blocks and let the network have it."""
    admit_us(far, settings)

    def publish(*blocks, **facts):
        story = Story(title="Fog", slug="fog", body=list(blocks), live=False, **facts)
        news.add_child(instance=story)
        story.save_revision().publish()
        ReferenceIndex.create_or_update_for_object(story)
        assert send_due(NOW) == 1
        return story

    return publish


@pytest.fixture
def there(far):
    """Return what the network has once everything due is sent; None if nothing."""

    def look():
        sent = send_due(NOW)
        try:
            document = far.document(Dispatch.objects.get().document_id)
        except KeyError:
            document = None
        return sent, document

    return look


def in_text(photo):
    shown = {"image": photo, "decorative": False, "alt_text": "A mast"}
    return ("picture", {"image": shown, "caption": "", "credit": ""})


@pytest.mark.parametrize("place", ["above the text", "in the text"])
def test_a_revoked_photo_leaves_and_comes_back(publish, there, ines, place):
    photo = keep_photo()
    if place == "above the text":
        publish(("text", "<p>Fog.</p>"), lead_photo=photo, lead_alt="A mast")
    else:
        publish(in_text(photo))
    assert there()[1]["images"]

    revoke(photo, by=ines, reason="She said no.", now=NOW)
    sent, document = there()
    assert (sent, "images" in document) == (1, False)

    reinstate(photo, by=ines, reason="She said yes.")
    sent, document = there()
    assert (sent, "images" in document) == (1, True)


def test_a_photo_whose_rights_ended_leaves(publish, there):
    photo = keep_photo()
    publish(in_text(photo))
    Photo.objects.update(expires_at=NOW - timedelta(days=1))

    clear_away_withheld(NOW)

    sent, document = there()
    assert (sent, "images" in document) == (1, False)


def test_a_photo_that_is_deleted_leaves(publish, there):
    photo = keep_photo()
    publish(("text", "<p>Fog.</p>"), lead_photo=photo, lead_alt="A mast")

    photo.delete()

    sent, document = there()
    assert (sent, "images" in document) == (1, False)


def test_a_credit_that_is_mended_is_mended_there(publish, there):
    photo = keep_photo()
    publish(in_text(photo))

    photo.photographer = "Sol Reed"
    photo.save()

    sent, document = there()
    assert sent == 1
    assert "Sol Reed" in [each.get("producer") for each in document["assets"].values()]


def test_a_photo_that_is_saved_as_it_was_is_not_sent_again(publish, there):
    photo = keep_photo()
    publish(in_text(photo))

    photo.save()

    assert there()[0] == 0


def test_a_photo_of_another_story_is_nobodys_business(publish):
    publish(("text", "<p>Fog.</p>"))

    keep_photo().save()

    assert Dispatch.objects.get().due_at is None


def test_a_recording_with_another_name_has_it_there(publish, there):
    recording = keep_recording("The bell")
    publish(("audio", {"recording": recording, "title": ""}))

    recording.title = "The foghorn"
    recording.save()

    sent, document = there()
    titles = [each.get("title") for each in document["assets"].values()]
    assert (sent, titles) == (1, ["The foghorn"])


def test_a_story_that_moves_is_found_where_it_is(publish, there):
    story = publish(("text", "<p>Fog.</p>"))
    bay = HomePage.objects.get().add_child(
        instance=SectionPage(title="Bay", slug="bay")
    )

    Story.objects.get(pk=story.pk).move(bay, pos="last-child")

    sent, document = there()
    assert (sent, _pages(document)) == (1, ["https://kgnd.example/bay/fog/"])


def test_so_is_one_whose_section_is_called_otherwise(
    publish, there, django_capture_on_commit_callbacks
):
    publish(("text", "<p>Fog.</p>"))
    section = Page.objects.get(slug="news").specific

    section.slug = "newsroom"
    with django_capture_on_commit_callbacks(execute=True):
        section.save()

    sent, document = there()
    assert (sent, _pages(document)) == (1, ["https://kgnd.example/newsroom/fog/"])


def test_a_story_that_is_for_few_is_nobody_elses(publish, there, news):
    publish(("text", "<p>Fog.</p>"))
    restriction = PageViewRestriction.objects.create(
        page=news, restriction_type=PageViewRestriction.LOGIN
    )
    assert there() == (1, None)

    restriction.delete()
    sent, document = there()
    assert (sent, bool(document)) == (1, True)


@pytest.mark.parametrize("told_by", ["the event", "what is counted"])
def test_a_figure_box_tells_the_new_figure(publish, there, told_by):
    ledger = Ledger()
    if told_by == "the event":
        publish(("figures", {"counted": []}), event=ledger.event)
    else:
        publish(("figures", {"counted": [ledger.missing]}))

    figure = ledger.figure(32)
    sent, document = there()
    assert (sent, "32, according to" in str(document)) == (1, True)

    ledger.judge(figure, "withdrawn")
    sent, document = there()
    assert (sent, "was withdrawn" in str(document)) == (1, True)


def _pages(document):
    return [each["href"] for each in document["webPages"]]
