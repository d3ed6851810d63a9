"""Pictures of carried stories: here for as long as their origin shows them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from conftest import NOW
from equipment.network.asked import Answer
from equipment.network.faults import Fault, HangUp, Unavailable
from equipment.photos import developed, keep_photo
from groundwave.delivery.edition.writes import changes_content
from groundwave.newsroom.models import Story
from groundwave.people.models import User
from groundwave.photos.actions import revoke
from groundwave.photos.models import Photo, PhotoRendition
from groundwave.photos.rights import RightsBasis, Use, Withholding
from groundwave.syndication.carrying.picture_files import MOST_BYTES, address_of
from groundwave.syndication.carrying.pictures import (
    LEASE,
    MOST,
    RENEWED,
    end_leases,
    photos_for,
    renew_leases,
)
from groundwave.syndication.incoming import Cut, Gallery
from groundwave.syndication.models import Original, PhotoLease
from groundwave.syndication.rights import Policy, Treatment
from syndication.stories import photo, story


pytestmark = pytest.mark.django_db

LEASED = Policy(Treatment.SHOW)
KEPT = Policy(Treatment.COPY)
LATER = NOW + timedelta(hours=30)


@pytest.fixture(autouse=True)
def _it_is_now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def mast(network):
    """Return a picture of the mast in one cut, but for what *facts* say of it."""

    def mast(name="photo-1", *, file="mast-800x450.jpg", **facts):
        cuts = (Cut(f"{network.url}/pictures/{file}", name=file),)
        return photo(name, **{"cuts": cuts, "title": "The mast", **facts})

    return mast


@pytest.fixture
def files(settings):
    """Name what is on the disk."""

    def files(folder):
        return sorted(each.name for each in (settings.MEDIA_ROOT / folder).glob("*"))

    return files


class Says(Fault):
    """Answers with these bytes, whatever is asked."""

    def __init__(self, body, kind="image/jpeg"):
        super().__init__()
        self._answer = Answer(HTTPStatus.OK, body, kind)

    def spoil(self, asked, answer):
        return self._answer


# --- what is taken over ---


def test_a_picture_is_fetched_and_stands_in_the_library_with_its_credit(original, mast):
    theirs = mast(caption="As seen from the ferry.", alt_text="A mast on a hill")

    found = photos_for(original, story(lead=theirs), LEASED, now=NOW)

    kept = Photo.objects.get()
    assert found.photos == {"photo-1": kept}
    assert (found.said, found.may_come) == ((), False)
    assert (kept.title, kept.width, kept.height) == ("The mast", 800, 450)
    assert kept.caption == "As seen from the ferry."
    assert kept.description == "A mast on a hill"
    assert kept.credit == "Una Farrow / Far Shore Radio"
    assert kept.rights_basis == RightsBasis.LICENSED
    assert kept.rights_note == "Shown by leave of Far Shore, as part of far-1."
    assert kept.file.name.endswith("mast-800x450.jpeg")


def test_a_leased_picture_is_on_pages_alone_and_ends_by_itself(original, mast):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)

    leased = Photo.objects.get()
    assert leased.may_be_shown(NOW)
    assert not leased.may_be_shown(NOW, Use.CARD)
    assert not leased.may_be_shown(NOW, Use.FEED)
    assert leased.may_be_shown(NOW + LEASE - timedelta(seconds=1))
    assert leased.why_withheld(NOW + LEASE) is Withholding.EXPIRED


def test_a_lease_outlasts_an_upstream_that_is_away_for_a_long_weekend():
    friday_evening_to_tuesday_morning = timedelta(hours=6 + 72 + 8)
    between_two_checks = timedelta(days=3)  # of an archived story

    assert between_two_checks < RENEWED
    assert friday_evening_to_tuesday_morning < LEASE - RENEWED


def test_a_picture_that_may_be_kept_has_no_end(original, mast):
    photos_for(original, story(lead=mast()), KEPT, now=NOW)

    kept = Photo.objects.get()
    assert kept.lease.is_kept
    assert kept.expires_at is None
    assert kept.may_be_shown(NOW, Use.CARD)


def test_pictures_come_from_above_the_text_from_within_and_from_galleries(
    original, mast
):
    gallery = Gallery(id="gallery", photos=(mast("photo-3"), mast("photo-4")))
    theirs = story(mast("photo-2"), gallery, lead=mast("photo-1"))

    found = photos_for(original, theirs, LEASED, now=NOW)

    assert set(found.photos) == {"photo-1", "photo-2", "photo-3", "photo-4"}
    assert Photo.objects.count() == 4


def test_a_picture_that_stands_in_two_places_is_one(network, original, mast):
    photos_for(original, story(mast(), lead=mast()), LEASED, now=NOW)

    assert Photo.objects.count() == 1
    assert len(network.asked_for("/pictures")) == 1


def test_a_picture_that_is_not_ours_to_show_is_not_asked_for(network, original, mast):
    pictures = story(
        mast("restricted", restricted=True),
        mast("agency", agency="Getty Images"),
        mast("uncredited", photographer="", agency=""),
    )

    assert photos_for(original, pictures, LEASED, now=NOW).photos == {}
    assert network.asked == []


def test_a_connection_that_takes_no_pictures_asks_for_none(network, original, mast):
    photos_for(original, story(lead=mast()), Policy(Treatment.LINK), now=NOW)

    assert network.asked == []


def test_words_that_are_longer_than_the_library_has_room_for_are_cut(original, mast):
    theirs = mast(photographer="U" * 200, caption="c" * 5000, alt_text="a" * 900)

    photos_for(original, story(lead=theirs), LEASED, now=NOW)

    kept = Photo.objects.get()
    assert kept.photographer == "U" * 119 + "…"
    assert (len(kept.caption), len(kept.description)) == (1000, 255)


# --- which of its cuts ---


def cut(width, crop="image-wide", **facts):
    url = f"https://far-shore.example/{crop}-{width}.jpg"
    return Cut(url, crop=crop, width=width, **facts)


@pytest.mark.parametrize(
    ("widths", "chosen"),
    [((800,), 800), ((400, 800), 800), ((6000, 1700, 800), 1700), ((1600, 9000), 1600)],
)
def test_the_cut_is_as_wide_as_pages_show_it_or_the_widest(widths, chosen):
    cuts = tuple(cut(each) for each in widths)

    assert address_of(photo(cuts=cuts)) == cut(chosen).url


def test_another_crop_than_the_best_is_never_chosen_for_its_size():
    cuts = (cut(900, "image-square"), cut(1600, "image-wide"))

    assert address_of(photo(cuts=cuts)) == cut(900, "image-square").url


@pytest.mark.parametrize(
    ("width", "kind", "filled_in"),
    [
        (4000, "image/jpeg", "https://far-shore.example/1600/85/jpeg/mast"),
        (900, "image/png", "https://far-shore.example/900/85/png/mast"),
        (None, "", "https://far-shore.example/1600/85/jpeg/mast"),
    ],
)
def test_a_template_is_filled_in(width, kind, filled_in):
    template = "https://far-shore.example/{width}/{quality}/{format}/mast"
    cuts = (cut(width, media_type=kind, template=template),)

    assert address_of(photo(cuts=cuts)) == filled_in


# --- again ---


def test_what_is_here_already_is_not_fetched_again(network, original, mast):
    theirs = story(lead=mast())
    first = photos_for(original, theirs, LEASED, now=NOW)

    again = photos_for(original, theirs, LEASED, now=LATER)

    assert again == first
    assert len(network.asked_for("/pictures")) == 1


def test_another_credit_and_caption_arrive_without_another_file(
    network, original, mast
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    theirs = mast(photographer="Teo Brandt", caption="The mast, in fog.")

    photos_for(original, story(lead=theirs), LEASED, now=LATER)

    kept = Photo.objects.get()
    assert (kept.photographer, kept.caption) == ("Teo Brandt", "The mast, in fog.")
    assert len(network.asked_for("/pictures")) == 1


def test_words_that_the_desk_had_to_add_stand_until_upstream_has_some(original, mast):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    Photo.objects.update(description="A mast in fog")

    photos_for(original, story(lead=mast()), LEASED, now=LATER)
    assert Photo.objects.get().description == "A mast in fog"

    photos_for(original, story(lead=mast(alt_text="A mast")), LEASED, now=LATER)
    assert Photo.objects.get().description == "A mast"


def test_another_file_of_the_same_picture_takes_the_place_of_the_first(
    original, mast, files, django_capture_on_commit_callbacks
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    first = Photo.objects.get()
    theirs = mast(file="other-800x450.jpg")

    with django_capture_on_commit_callbacks(execute=True):
        found = photos_for(original, story(lead=theirs), LEASED, now=LATER)

    second = PhotoLease.objects.get().photo
    assert found.photos == {"photo-1": second}
    assert second.pk != first.pk
    first = Photo.objects.get(pk=first.pk)
    assert first.revoked_reason == "Upstream does not show it any more."
    assert files("originals") == ["other-800x450.jpeg"]


def test_a_connection_that_may_keep_from_now_on_keeps_what_it_leased(original, mast):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)

    photos_for(original, story(lead=mast()), KEPT, now=LATER)

    assert Photo.objects.get().expires_at is None
    assert PhotoLease.objects.get().is_kept


def test_and_the_other_way_round(original, mast):
    photos_for(original, story(lead=mast()), KEPT, now=NOW)

    photos_for(original, story(lead=mast()), LEASED, now=LATER)

    leased = Photo.objects.get()
    assert leased.expires_at == LATER + LEASE
    assert not leased.may_be_on_cards


# --- what cannot be had ---


def says(width, height):
    """Return the beginning of a picture of that size, and none of its pixels."""

    def chunk(body):
        length, check = len(body) - 4, zlib.crc32(body)
        return struct.pack(">I", length) + body + struct.pack(">I", check)

    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(head) + chunk(b"IDAT" + zlib.compress(b"\0"))


NO_PICTURES = {
    "a page": (b"<html><script>alert(1)</script></html>", "is no picture that can be"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no picture that"),
    "nothing": (b"", "is no picture that can be"),
    "a document": (b"%PDF-1.7\n", "is no picture that can be"),
    "a beginning": (b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "is no picture that can be"),
    "forty megapixels": (says(8_000, 5_001), "is too large a picture"),
    "a bomb": (says(60_000, 60_000), "is too large a picture"),
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_is_told_and_takes_nothing_with_it(
    network, original, mast, what
):
    content, sentence = NO_PICTURES[what]
    theirs = story(mast("good"), lead=mast("bad", file="bad-10x10.jpg"))

    with network.suffering(Says(content), at="/pictures/bad"):
        found = photos_for(original, theirs, LEASED, now=NOW)

    assert set(found.photos) == {"good"}
    (said,) = found.said
    assert "The mast" in said
    assert sentence in said
    assert not found.may_come


def test_a_file_that_is_too_long_is_told(network, original, mast):
    with network.suffering(Says(b"\xff\xd8" + b" " * MOST_BYTES), at="/pictures"):
        found = photos_for(original, story(lead=mast()), LEASED, now=NOW)

    (said,) = found.said
    assert "more than 12582912 bytes" in said
    assert not Photo.objects.exists()


def test_a_picture_that_is_away_for_now_may_come(network, original, mast):
    with network.suffering(Unavailable(times=1), at="/pictures"):
        found = photos_for(original, story(lead=mast()), LEASED, now=NOW)
    assert found.may_come
    assert "answered 503" in found.said[0]

    assert photos_for(original, story(lead=mast()), LEASED, now=LATER).photos


def test_a_host_that_hangs_up_is_asked_once_for_all_its_pictures(
    network, original, mast
):
    pictures = [mast(f"photo-{each}") for each in range(30)]

    with network.suffering(HangUp(), at="/pictures"):
        found = photos_for(original, story(*pictures), LEASED, now=NOW)

    assert len(found.said) == 30
    assert found.may_come
    assert len(network.asked_for("/pictures")) == 1


def test_a_private_address_is_not_asked(network, original, mast, settings):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset()

    found = photos_for(original, story(lead=mast()), LEASED, now=NOW)

    assert "a private network" in found.said[0]
    assert network.asked == []


def test_an_address_that_is_too_long_is_told(network, original, mast):
    cuts = (Cut(f"{network.url}/pictures/mast-8x8.jpg?{'x' * 2000}"),)

    found = photos_for(original, story(lead=mast(cuts=cuts)), LEASED, now=NOW)

    assert "longer than any should be" in found.said[0]
    assert network.asked == []


def test_a_story_of_a_thousand_pictures_brings_some_and_says_so(
    network, original, mast
):
    pictures = (mast(f"photo-{each}", file="m-8x8.jpg") for each in range(MOST + 9))

    found = photos_for(original, story(*pictures), LEASED, now=NOW)

    assert len(found.photos) == len(network.asked_for("/pictures")) == MOST
    assert "has 109 pictures" in found.said[0]


# --- the end ---


def test_what_vanished_or_became_restricted_is_gone_at_once(
    original, mast, files, django_capture_on_commit_callbacks
):
    photos_for(original, story(mast("a"), mast("b")), LEASED, now=NOW)
    gone = Photo.objects.get(lease__asset="b")
    gone.get_rendition("width-40|format-webp")

    with django_capture_on_commit_callbacks(execute=True):
        restricted = mast("b", restricted=True)
        photos_for(original, story(mast("a"), restricted), LEASED, now=LATER)

    gone = Photo.objects.get(pk=gone.pk)
    assert gone.why_withheld(LATER) is Withholding.REVOKED
    assert files("images") == []
    assert len(files("originals")) == 1
    assert PhotoLease.objects.get().asset == "a"


@pytest.mark.parametrize("policy", [LEASED, KEPT])
def test_a_takedown_leaves_neither_renditions_nor_originals(
    original, mast, files, policy, django_capture_on_commit_callbacks
):
    photos_for(original, story(mast("a"), mast("b")), policy, now=NOW)
    for each in Photo.objects.all():
        each.get_renditions("width-40|format-webp", "max-165x165")

    with django_capture_on_commit_callbacks(execute=True):
        end_leases(original, because="Upstream deleted the story.", now=LATER)

    assert files("images") == files("originals") == []
    assert not PhotoRendition.objects.exists()
    assert not PhotoLease.objects.exists()


def test_the_desks_log_says_why_though_nobody_did_it(original, mast):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)

    end_leases(original, because="Upstream deleted the story.", now=LATER)

    ended = Photo.objects.get()
    assert (ended.revoked_at, ended.revoked_by) == (LATER, None)
    entry = ModelLogEntry.objects.get(action="photos.revoke")
    assert (entry.user, entry.object_id) == (None, str(ended.pk))
    assert entry.data["reason"] == "Upstream deleted the story."


def test_what_was_taken_back_cannot_be_shown_again_and_the_desk_is_told(
    client, original, mast, django_capture_on_commit_callbacks
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        end_leases(original, because="Upstream deleted the story.", now=LATER)
    ended = Photo.objects.get()
    client.force_login(User.objects.create_superuser("ada@kgnd.example", "the ground"))

    form = client.get(reverse("wagtailimages:edit", args=[ended.pk])).content.decode()
    url = reverse("photos:reinstate", args=[ended.pk])
    told = client.post(url, {"reason": "We want it."}, follow=True).content.decode()

    assert "UTC: Upstream deleted the story." in form
    assert url not in form
    assert "cannot be shown again: whoever lent it to us took it back" in told
    assert Photo.objects.get().revoked_at == LATER


def test_what_is_ended_twice_is_ended(original, mast):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    end_leases(original, because="Upstream deleted the story.", now=NOW)

    end_leases(original, because="Upstream deleted the story.", now=LATER)

    assert Photo.objects.get().revoked_at == NOW


def test_a_story_that_is_brought_back_has_its_pictures_fetched_anew(
    network, original, mast
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    end_leases(original, because="Upstream deleted the story.", now=NOW)

    found = photos_for(original, story(lead=mast()), LEASED, now=LATER)

    assert found.photos["photo-1"].may_be_shown(LATER)
    assert len(network.asked_for("/pictures")) == 2


OVERDUE = NOW + RENEWED


@pytest.fixture
def found_at(original):
    """Return what notes that upstream was found to show what it showed before."""
    return lambda at: Original.objects.filter(pk=original.pk).update(checked_at=at)


def test_leases_are_renewed_by_what_was_found_and_not_by_the_clock(
    original, mast, found_at
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    found_at(LATER)

    assert renew_leases(OVERDUE) == 1

    assert Photo.objects.get().expires_at == LATER + LEASE
    assert PhotoLease.objects.get().confirmed_at == LATER


def test_what_was_not_found_again_ends(original, mast, found_at):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    found_at(NOW)

    assert renew_leases(OVERDUE) == 0

    assert Photo.objects.get().expires_at == NOW + LEASE


def test_all_are_renewed_at_once_as_soon_as_one_has_to_be(original, mast, found_at):
    photos_for(original, story(mast("a")), LEASED, now=NOW)
    photos_for(original, story(mast("a"), mast("b")), LEASED, now=LATER)
    found_at(OVERDUE)

    assert renew_leases(OVERDUE) == 2

    assert {each.expires_at for each in Photo.objects.all()} == {OVERDUE + LEASE}


def test_before_that_nothing_is_written(
    original, mast, found_at, django_assert_num_queries
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    found_at(LATER)

    with django_assert_num_queries(1):
        renew_leases(OVERDUE - timedelta(seconds=1))

    assert Photo.objects.get().expires_at == NOW + LEASE


def test_however_many_they_are_few_statements_end_the_pages_that_are_kept(
    original, mast, found_at
):
    photos_for(original, story(*map(mast, "abcde")), LEASED, now=NOW)
    found_at(LATER)

    with CaptureQueriesContext(connection) as asked:
        renew_leases(OVERDUE)

    assert len([each for each in asked if changes_content(each["sql"])]) == 1


def test_what_had_lapsed_is_shown_again(original, mast, found_at):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    much_later = NOW + 2 * LEASE
    found_at(much_later)

    renew_leases(much_later)

    assert Photo.objects.get().may_be_shown(much_later)


def test_a_kept_picture_gets_no_end_by_that(original, mast, found_at):
    photos_for(original, story(lead=mast()), KEPT, now=NOW)
    found_at(LATER)

    assert renew_leases(OVERDUE) == 0

    assert Photo.objects.get().expires_at is None


def test_a_disk_that_is_away_ends_nothing_else_and_the_rest_is_done_later(
    original, mast, monkeypatch
):
    photos_for(original, story(mast("a"), mast("b")), LEASED, now=NOW)
    for each in Photo.objects.all():
        each.get_rendition("width-100")

    def fails(rendition):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(PhotoRendition, "delete_with_file", fails)
        end_leases(original, because="Upstream deleted the story.", now=NOW)
    assert not Photo.objects.filter(revoked_at=None).exists()
    assert PhotoLease.objects.count() == 2

    end_leases(original, because="Upstream deleted the story.", now=LATER)

    assert not PhotoRendition.objects.exists()
    assert not PhotoLease.objects.exists()


# --- the desk ---


@pytest.fixture
def revoked(original, mast):
    """A picture of theirs that the desk has revoked."""
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    ada = User.objects.create_user("ada@kgnd.example", "along the ground")
    kept = Photo.objects.get()
    revoke(kept, by=ada, reason="The family asked us.", now=NOW)
    return kept


@pytest.mark.parametrize("file", ["mast-800x450.jpg", "another-800x450.jpg"])
def test_what_the_desk_revoked_stays_away(network, original, mast, revoked, file):
    found = photos_for(original, story(lead=mast(file=file)), LEASED, now=LATER)

    assert found.photos == {"photo-1": revoked}
    assert found.photos["photo-1"].why_withheld(LATER) is Withholding.REVOKED
    assert len(network.asked_for("/pictures")) == 1


def test_and_after_upstream_took_it_back_and_showed_it_again(original, mast, revoked):
    end_leases(original, because="Upstream deleted the story.", now=NOW)

    found = photos_for(original, story(lead=mast()), LEASED, now=LATER)

    assert found.photos == {"photo-1": revoked}
    assert revoked.revoked_reason == "The family asked us."


# --- what is made of it ---


def waiting():
    """Name the pictures that wait for the darkroom."""
    tasks = DBTaskResult.objects.filter(
        task_path="groundwave.delivery.darkroom.develop"
    )
    return [each.args_kwargs["args"][0] for each in tasks]


def test_what_pages_show_is_made_of_a_picture_that_came(
    original, mast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        photos_for(original, story(lead=mast()), LEASED, now=NOW)

    assert waiting() == [Photo.objects.get().pk]


def test_and_made_again_only_of_one_whose_lease_had_run_out(
    original, mast, found_at, django_capture_on_commit_callbacks
):
    photos_for(original, story(lead=mast()), LEASED, now=NOW)
    found_at(OVERDUE)
    with django_capture_on_commit_callbacks(execute=True):
        renew_leases(OVERDUE)
    assert waiting() == []

    found_at(LATER + 2 * LEASE)
    with django_capture_on_commit_callbacks(execute=True):
        renew_leases(LATER + 2 * LEASE)

    assert waiting() == [Photo.objects.get().pk]
    assert Photo.objects.get().may_be_shown(LATER + 2 * LEASE)


def test_two_originals_have_each_their_own(network, original, mast):
    theirs = story(lead=mast())
    other = Original.objects.create(
        connection=original.connection, upstream_id="far-2", arrived_at=NOW
    )
    photos_for(original, theirs, LEASED, now=NOW)
    photos_for(other, replace(theirs, id="far-2"), LEASED, now=NOW)

    end_leases(original, because="Upstream deleted the story.", now=LATER)

    assert PhotoLease.objects.get().original == other
    assert Photo.objects.showable(LATER).count() == 1


@pytest.mark.parametrize("policy", [LEASED, KEPT])
def test_it_is_not_offered_for_other_stories(client, original, mast, policy):
    ours = keep_photo("A mast of ours")
    photos_for(original, story(lead=mast()), policy, now=NOW)
    client.force_login(User.objects.create_superuser("ada@kgnd.example", "the ground"))

    offered = client.get(reverse("wagtailimages_chooser:choose_results"))

    assert [each.pk for each in offered.context["results"]] == [ours.pk]


def test_where_an_editor_has_put_it_all_the_same_it_goes_as_well(
    client, original, mast, news, django_capture_on_commit_callbacks
):
    taken = photos_for(original, story(lead=mast()), LEASED, now=NOW).photos["photo-1"]
    developed(Photo.objects.get())
    page = Story(title="A ferry of ours", slug="ours", lead_photo=taken)
    news.add_child(instance=page)
    assert "<picture" in client.get(page.url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        end_leases(original, because="Upstream deleted the story.", now=LATER)

    shown = client.get(page.url)
    assert shown.status_code == 200
    assert "<picture" not in shown.content.decode()
