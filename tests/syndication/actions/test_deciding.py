"""Whose words stand in a carried story, and whether it follows."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageLogEntry, Workflow

from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.people.models import User
from groundwave.syndication.actions.deciding import (
    attach,
    decide,
    detach,
    take_theirs,
)
from groundwave.syndication.actions.leaving import take_down
from groundwave.syndication.errors import (
    AlreadyDecided,
    AlreadyDetached,
    NotChangeable,
    NotDetached,
)
from groundwave.syndication.incoming import Text
from syndication.carried import (
    FERRY,
    LATER,
    NOW,
    REPAIR,
    come,
    longwave,
    publish_ours,
    the_original,
)


pytestmark = pytest.mark.django_db

TWICE = Text(id="text-1", html="<p>The ferry runs twice a day.</p>")
TODAY = Text(id="text-3", html="<p>It is the only one.</p>")


@pytest.fixture
def ida(db):
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    return editor


@pytest.fixture
def connection(news):
    return longwave(news)


def ours():
    return Story.objects.get(original__isnull=False)


def passages():
    return [str(each.value) for each in ours().body]


def publish(page):
    page.begin_another_change()
    page.change_kind = "typo"
    page.save_revision().publish()


def dispute(connection):
    """Have the first passage changed on both sides; return which that is."""
    come(connection)
    publish_ours()
    come(connection, TWICE, REPAIR, now=LATER)
    return the_original().conflicts[0]["asset"]


def test_theirs_stands_when_it_is_taken_and_follows_from_then_on(connection, ida):
    asset = dispute(connection)

    assert decide(the_original(), asset, takes_theirs=True, by=ida, now=NOW)

    assert passages()[0] == TWICE.html
    assert ours().live
    thrice = Text(id="text-1", html="<p>The ferry runs three times a day.</p>")
    come(connection, thrice, REPAIR, now=LATER)
    assert passages()[0] == thrice.html
    assert the_original().conflicts == []


def test_ours_that_is_kept_stays_until_upstream_says_something_else_again(
    connection, ida
):
    asset = dispute(connection)

    assert not decide(the_original(), asset, takes_theirs=False, by=ida, now=NOW)

    come(connection, TWICE, REPAIR, TODAY, now=LATER)
    assert the_original().conflicts == []
    assert "bay's ferry" in passages()[0]
    thrice = Text(id="text-1", html="<p>The ferry runs three times a day.</p>")
    come(connection, thrice, REPAIR, TODAY, now=LATER)
    assert [each["asset"] for each in the_original().conflicts] == [asset]


def test_what_upstream_took_out_goes_when_theirs_is_taken(connection, ida):
    come(connection)
    publish_ours()
    come(connection, REPAIR, now=LATER)
    (conflict,) = the_original().conflicts
    assert conflict["theirs"] is None

    decide(the_original(), conflict["asset"], takes_theirs=True, by=ida, now=NOW)

    assert passages() == [REPAIR.html]


def test_what_was_taken_out_here_comes_back_where_it_stood(connection, ida):
    come(connection, TODAY, FERRY, REPAIR)
    page = ours()
    del page.body[1]
    page.body.insert(1, ("text", "<p>Our own angle.</p>"))
    publish(page)
    come(connection, TODAY, TWICE, REPAIR, now=LATER)
    (conflict,) = the_original().conflicts

    decide(the_original(), conflict["asset"], takes_theirs=True, by=ida, now=NOW)

    assert passages() == [
        TODAY.html,
        TWICE.html,
        "<p>Our own angle.</p>",
        REPAIR.html,
    ]


def test_a_field_follows_again_when_theirs_is_taken(connection, ida):
    come(connection, dek="Says Longwave.")
    page = ours()
    page.dek = "Says KGND."
    publish(page)
    come(connection, dek="Says Longwave now.", now=LATER)
    assert ours().dek == "Says KGND."

    assert take_theirs(the_original(), "dek", by=ida)
    assert ours().dek == "Says Longwave now."
    assert the_original().overrides == []

    come(connection, dek="And again.", now=LATER)
    assert ours().dek == "And again."


def test_readers_are_told_nothing_by_it_that_the_origin_has_not_told(connection, ida):
    asset = dispute(connection)
    told = StoryUpdate.objects.count()

    decide(the_original(), asset, takes_theirs=True, by=ida, now=NOW)

    assert StoryUpdate.objects.count() == told


def test_it_is_written_in_the_storys_history_who_decided(connection, ida):
    asset = dispute(connection)

    decide(the_original(), asset, takes_theirs=True, by=ida, now=NOW)

    entry = PageLogEntry.objects.get(action="syndication.take_theirs")
    assert (entry.user, entry.data["block"]) == (ida, asset)


def test_what_came_says_that_it_is_decided(connection, ida):
    asset = dispute(connection)
    decide(the_original(), asset, takes_theirs=False, by=ida, now=NOW)
    last = the_original().outcomes.order_by("-pk").first()
    assert last.what == "updated"
    assert "has decided" in last.said[0]


def test_who_comes_second_decides_nothing(connection, ida):
    asset = dispute(connection)
    seen = the_original()
    decide(the_original(), asset, takes_theirs=False, by=ida, now=NOW)

    with pytest.raises(AlreadyDecided):
        decide(seen, asset, takes_theirs=True, by=ida, now=NOW)

    assert "bay's ferry" in passages()[0]


def test_a_story_that_is_reviewed_is_left_to_its_review(connection, ida):
    asset = dispute(connection)
    page = ours()
    page.dek = "Under review."
    page.save_revision()
    Workflow.objects.first().start(page, ida)

    with pytest.raises(NotChangeable):
        decide(the_original(), asset, takes_theirs=True, by=ida, now=NOW)

    assert len(the_original().conflicts) == 1


def test_a_story_that_somebody_locked_is_left_alone(connection, ida, odetta):
    asset = dispute(connection)
    Story.objects.update(locked=True, locked_by=odetta, locked_at=NOW)

    with pytest.raises(NotChangeable, match="locked"):
        decide(the_original(), asset, takes_theirs=True, by=ida, now=NOW)

    assert len(the_original().conflicts) == 1


def test_a_detached_story_stays_as_it_is_but_for_a_takedown(connection, ida):
    come(connection)
    detach(the_original(), by=ida, reason="We wrote it anew.", now=NOW)

    come(connection, TWICE, REPAIR, now=LATER)
    assert passages()[0] == FERRY.html
    take_down(the_original(), because="It is gone upstream.", now=LATER)

    assert not ours().live


def test_what_a_detached_story_missed_comes_when_it_follows_again(connection, ida):
    come(connection)
    detach(the_original(), by=ida, reason="For a day.", now=NOW)
    come(connection, TWICE, REPAIR, now=LATER)

    attach(the_original(), by=ida, now=LATER)

    assert the_original().check_due_at == LATER
    come(connection, TWICE, REPAIR, now=LATER)
    assert passages()[0] == TWICE.html
    assert the_original().conflicts == []


def test_it_is_detached_once_and_follows_once(connection, ida):
    come(connection)
    with pytest.raises(NotDetached):
        attach(the_original(), by=ida, now=NOW)

    detach(the_original(), by=ida, reason="Ours now.", now=NOW)
    with pytest.raises(AlreadyDetached):
        detach(the_original(), by=ida, reason="Again.", now=LATER)

    kept = the_original()
    assert (kept.detached_by, kept.detached_reason) == (ida, "Ours now.")
    actions = PageLogEntry.objects.filter(action__startswith="syndication.")
    assert [each.action for each in actions] == ["syndication.detach"]
