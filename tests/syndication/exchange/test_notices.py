"""Partners are told when one of our stories changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from wagtail.images.models import Filter

from equipment.photos import keep_photo
from groundwave.syndication.exchange import notices
from groundwave.syndication.exchange.notices import (
    GIVEN_UP_AFTER,
    note_change,
    note_recent,
    send_due,
)
from groundwave.syndication.exchange.patience import LONGEST, pause_after
from groundwave.syndication.exchange.shelf import document_id
from groundwave.syndication.exchange.signing import HEADER, is_signed
from groundwave.syndication.models import Connection, Notice, Original, Partner
from groundwave.syndication.out.pictures import CROPS


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
CREATED, UPDATED, DELETED = Notice.Event


def said(asked):
    return json.loads(asked.body)


def test_a_partner_hears_of_a_story(story, partner, other):
    note_change(story, CREATED, now=NOW)

    assert send_due(NOW) == 1
    (asked,) = other.heard
    assert (asked.method, asked.path) == ("POST", "/network/notices/here")
    assert said(asked) == {
        "event": "document.created",
        "id": f"gw-{story.translation_key}",
        "at": "2026-11-01T18:30:00Z",
    }
    assert is_signed(asked.headers[HEADER.lower()], asked.body, partner.secret, now=NOW)


def test_what_was_heard_is_not_said_again(story, partner, other):
    note_change(story, CREATED, now=NOW)
    send_due(NOW)

    assert send_due(LATER) == 0
    assert len(other.heard) == 1
    assert not Notice.objects.exists()


def test_of_two_changes_the_later_one_is_told(story, partner, other):
    note_change(story, UPDATED, now=NOW)
    note_change(story, DELETED, now=LATER)
    send_due(LATER)

    assert [said(each)["event"] for each in other.heard] == ["document.deleted"]


def test_a_change_while_it_is_being_told_is_told_as_well(story, partner, other):
    shared = _shared_connection()

    def changes_again():
        shared(lambda: note_change(story, DELETED, now=LATER))
        other.meanwhile = lambda: None

    note_change(story, UPDATED, now=NOW)
    other.meanwhile = changes_again
    send_due(NOW)
    send_due(LATER)

    assert [said(each)["event"] for each in other.heard] == [UPDATED, DELETED]


def _shared_connection():
    """Return what does something in another thread, on the test's own connection."""
    from django.db import connections

    mine = connections["default"]
    mine.inc_thread_sharing()

    def do(something):
        connections["default"] = mine
        something()

    return do


def test_each_partner_is_told_with_its_own_secret(story, partner, other):
    second = Partner.objects.create(name="Islands", notices_to=f"{other.url}/islands")
    note_change(story, UPDATED, now=NOW)

    assert send_due(NOW) == 2
    signed = {each.path: each for each in other.heard}
    asked = signed["/islands"]
    assert is_signed(asked.headers[HEADER.lower()], asked.body, second.secret, now=NOW)


def test_of_what_nobody_may_read_any_more_nothing_is_noted(story, partner, other):
    Partner.objects.update(is_active=False)
    note_change(story, UPDATED, now=NOW)

    assert not Notice.objects.exists()


def test_who_gave_no_address_asks_by_itself(story, partner, other):
    Partner.objects.update(notices_to="")
    note_change(story, UPDATED, now=NOW)
    send_due(NOW)

    assert not other.heard
    assert not Notice.objects.exists()


def test_who_may_read_no_more_is_told_no_more(story, partner, other):
    note_change(story, UPDATED, now=NOW)
    Partner.objects.update(is_active=False)

    assert send_due(NOW) == 0
    assert not other.heard


def test_a_story_from_elsewhere_is_not_ours_to_tell_of(story, partner, news):
    connection = Connection.objects.create(name="Longwave", section=news, origin="L")
    Original.objects.create(
        connection=connection, upstream_id="1", story=story, arrived_at=NOW
    )
    note_change(story, UPDATED, now=NOW)

    assert not Notice.objects.exists()


def test_whoever_does_not_hear_is_told_again_after_a_pause(story, partner, other):
    other.answers = HTTPStatus.SERVICE_UNAVAILABLE
    note_change(story, UPDATED, now=NOW)

    assert send_due(NOW) == 0
    (notice,) = Notice.objects.all()
    assert notice.due_at == NOW + pause_after(0)
    assert "503" in notice.trouble

    assert send_due(NOW + pause_after(0)) == 0
    notice.refresh_from_db()
    assert notice.due_at == NOW + pause_after(0) + pause_after(1)

    other.answers = HTTPStatus.ACCEPTED
    assert send_due(notice.due_at) == 1


def test_pauses_double_up_to_a_quarter_of_an_hour():
    assert pause_after(1) == 2 * pause_after(0)
    assert pause_after(4) == 2 * pause_after(3)
    assert pause_after(50) == LONGEST


def test_who_does_not_hear_one_is_not_kept_busy_with_the_others(
    story, partner, other, news
):
    second = news.add_child(instance=type(story)(title="The bell", slug="bell"))
    other.answers = HTTPStatus.SERVICE_UNAVAILABLE
    for each in (story, second):
        note_change(each, UPDATED, now=NOW)
    send_due(NOW)

    assert len(other.heard) == 1
    assert not Notice.objects.due(NOW).exists()


def test_after_an_hour_it_is_given_up_and_said_so(story, partner, other):
    other.answers = HTTPStatus.NOT_FOUND
    note_change(story, UPDATED, now=NOW)
    send_due(NOW + GIVEN_UP_AFTER)

    (notice,) = Notice.objects.all()
    assert notice.due_at is None
    assert "404" in notice.trouble
    assert "Far Shore Radio was not told within an hour" in notice.trouble


def test_the_next_change_is_told_as_if_nothing_had_been(story, partner, other):
    other.answers = HTTPStatus.NOT_FOUND
    note_change(story, UPDATED, now=NOW)
    send_due(NOW + GIVEN_UP_AFTER)

    other.answers = HTTPStatus.ACCEPTED
    much_later = NOW + timedelta(days=1)
    note_change(story, UPDATED, now=much_later)

    assert send_due(much_later) == 1


def test_what_does_not_go_at_once_goes_the_next_time(story, partner, other):
    for number in range(12):
        Notice.objects.create(
            partner=partner,
            document_id=f"gw-{number}",
            event=UPDATED,
            at=NOW,
            due_at=NOW,
        )

    assert [send_due(NOW), send_due(NOW), send_due(NOW)] == [10, 2, 0]


def test_a_redirect_is_not_followed(story, partner, other):
    other.answers = HTTPStatus.TEMPORARY_REDIRECT
    note_change(story, UPDATED, now=NOW)

    assert send_due(NOW) == 0
    assert len(other.heard) == 1


def test_a_private_network_is_not_told(story, partner, other, settings):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset()
    note_change(story, UPDATED, now=NOW)

    assert send_due(NOW) == 0
    assert not other.heard
    assert Notice.objects.get().trouble


def test_a_new_partner_is_told_of_the_last_day(story, partner, other, news):
    old = news.add_child(instance=type(story)(title="The bell", slug="bell"))
    for each, hours in ((story, 23), (old, 25)):
        at = NOW - timedelta(hours=hours)
        type(story).objects.filter(pk=each.pk).update(last_published_at=at)
    note_recent(partner, now=NOW)
    send_due(NOW)

    assert [said(each)["id"] for each in other.heard] == [document_id(story)]


def test_what_its_document_shows_of_its_photo_is_made_for_it(story, partner, other):
    photo = keep_photo("The ferry", width=2000, height=2000)
    type(story).objects.filter(pk=story.pk).update(lead_photo=photo)
    note_change(story, UPDATED, now=NOW)
    send_due(NOW)

    assert len(other.heard) == 1
    assert photo.find_existing_renditions(Filter(spec=CROPS["image-square"]))


def test_one_that_breaks_our_program_keeps_no_other(
    story, partner, other, news, monkeypatch
):
    second = news.add_child(instance=type(story)(title="The bell", slug="bell"))
    note_change(story, UPDATED, now=NOW)
    note_change(second, UPDATED, now=LATER)
    real = notices.make_crops

    def breaks(each, *, now):
        if each.pk == story.pk:
            raise ZeroDivisionError
        return real(each, now=now)

    monkeypatch.setattr(notices, "make_crops", breaks)

    with pytest.raises(ZeroDivisionError):
        send_due(LATER)
    assert send_due(LATER) == 1

    (left,) = Notice.objects.all()
    assert left.document_id == document_id(story)
    assert left.due_at == LATER + pause_after(0)
    assert "We broke off" in left.trouble


def test_one_that_breaks_our_program_is_given_up_after_an_hour(
    story, partner, other, monkeypatch
):
    note_change(story, UPDATED, now=NOW)

    def breaks(each, *, now):
        raise ZeroDivisionError

    monkeypatch.setattr(notices, "make_crops", breaks)
    with pytest.raises(ZeroDivisionError):
        send_due(NOW + GIVEN_UP_AFTER)

    assert Notice.objects.get().due_at is None


def test_what_another_worker_says_is_not_said_by_us(story, partner, other):
    note_change(story, UPDATED, now=NOW)
    seen, claimed = Notice.objects.get(), Notice.objects.get()
    assert notices._hold(claimed, NOW)

    assert not notices._hold(seen, NOW)
