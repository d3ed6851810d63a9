"""A story from upstream becomes one of ours, and stays what it should be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Reader
from django.utils import timezone

from equipment.network.faults import Unavailable
from equipment.network.server import Network
from groundwave.newsroom.actions.killing import kill
from groundwave.newsroom.models import Byline, Story, StoryUpdate, Topic
from groundwave.pages.models import HomePage, SectionPage
from groundwave.people.models import Person
from groundwave.syndication.actions import arriving
from groundwave.syndication.actions.arriving import take_over
from groundwave.syndication.actions.holding import publish_held
from groundwave.syndication.actions.leaving import take_down
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.carrying.pictures import photos_for
from groundwave.syndication.incoming import (
    Author,
    Brand,
    Collection,
    Cut,
    Heading,
    Incoming,
    Remark,
    Text,
)
from groundwave.syndication.models import (
    Arrival,
    CategoryRule,
    Connection,
    Original,
    What,
)
from groundwave.wire.http.host import read_host
from syndication.stories import photo, sound, story


NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
YESTERDAY = NOW - timedelta(days=1)
FIRST = Text(id="text-1", html="<p>The ferry runs again.</p>")
SECOND = Text(id="text-2", html="<p>It had been <b>repaired</b>.</p>")

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> SectionPage:
    made: SectionPage = HomePage.objects.get().add_child(
        instance=SectionPage(title="Nation", slug="nation")
    )
    return made


@pytest.fixture
def connection(section: SectionPage) -> Connection:
    return Connection.objects.create(
        name="Longwave, national",
        upstream="cds",
        address="https://content.far-shore.example",
        section=section,
        arrival=Arrival.PUBLISH,
        origin="Longwave",
        origin_url="https://longwave.example/",
    )


def arrived(incoming: Incoming) -> Arrived:
    raw = repr(incoming).encode()
    return Arrived(incoming, raw, hashlib.sha256(raw).hexdigest())


def come(connection: Connection, *blocks: Any, now: datetime = NOW, **facts: Any):
    said = {"published_at": YESTERDAY, "canonical": "https://longwave.example/ferry"}
    return take_over(connection, arrived(story(*blocks, **(said | facts))), now=now)


def ours() -> Story:
    found: Story = Story.objects.get(original__upstream_id="far-1")
    return found


def written(page: Story, at: int, html: str) -> None:
    """Let an editor write something else into a block, and save it as the editor does."""
    raw = json.loads(json.dumps(list(page.body.get_prep_value())))
    raw[at]["value"] = html
    page.body = json.dumps(raw)


def texts(page: Story) -> list[str]:
    return [str(block.value) for block in page.body]


def test_a_new_story_is_published_where_and_as_its_policy_says(connection, section):
    topic = Topic.objects.create(name="The bay", slug="bay")
    CategoryRule.objects.create(connection=connection, collection="1001", topic=topic)
    outcome = come(
        connection,
        FIRST,
        Heading(id="head-1", words="At last", level=2),
        SECOND,
        authors=(Author("Una Farrow"),),
        dek="After a year.",
        brands=(Brand("Longwave Network", "https://longwave.example/"),),
        collections=(Collection("1001", ("topic",)),),
    )
    page = ours()
    assert outcome.what == What.PUBLISHED
    assert (page.live, page.title, page.dek) == (
        True,
        "Ferry runs again",
        "After a year.",
    )
    assert page.get_parent().specific == section
    assert [each.name for each in page.bylines.all()] == ["Una Farrow"]
    assert list(page.topics.all()) == [topic]
    assert texts(page) == [
        "<p>The ferry runs again.</p>",
        "<h2>At last</h2>",
        "<p>It had been <b>repaired</b>.</p>",
    ]
    assert page.first_published_at == YESTERDAY
    line = page.original.copyright_line
    assert (line["year"], line["home"]) == (2026, "https://longwave.example/")
    assert line["brands"] == [
        {"name": "Longwave Network", "url": "https://longwave.example/"}
    ]


def test_the_same_version_twice_is_one(connection):
    come(connection, FIRST)
    before = ours().latest_revision_id
    assert come(connection, FIRST) is None
    assert ours().latest_revision_id == before


def test_a_draft_is_kept_as_one_and_is_updated_as_one(connection):
    connection.arrival = Arrival.DRAFT
    connection.save()
    assert come(connection, FIRST).what == What.DRAFTED
    assert not ours().live
    assert come(connection, FIRST, SECOND).what == What.UPDATED
    page = ours()
    assert not page.live
    assert len(page.get_latest_revision_as_object().body) == 2


def test_what_is_held_goes_live_when_its_hold_is_over(connection):
    connection.arrival, connection.hold_minutes = Arrival.HOLD, 30
    connection.save()
    assert come(connection, FIRST).what == What.HELD
    assert publish_held(NOW + timedelta(minutes=29)) == 0
    assert publish_held(NOW + timedelta(minutes=30)) == 1
    assert ours().live
    assert publish_held(NOW + timedelta(minutes=31)) == 0


def test_what_an_editor_works_on_is_not_published_by_itself(
    connection, django_user_model
):
    connection.arrival = Arrival.HOLD
    connection.save()
    come(connection, FIRST)
    editor = django_user_model.objects.create(email="ida@kgnd.example")
    draft = ours().get_latest_revision_as_object()
    draft.title = "Half a headl"
    draft.save_revision(user=editor)
    assert publish_held(NOW + timedelta(days=1)) == 0
    assert not ours().live
    last = ours().original.outcomes.first()
    assert last.what == What.REFUSED
    assert "Publish it when it is ready." in last.said[0]


def test_an_update_reaches_readers_and_the_page_is_never_a_draft(connection):
    come(connection, FIRST)
    corrected = Remark(id="c-1", html="<p>It is Tuesday.</p>", at=SOON)
    outcome = come(
        connection,
        Text(id="text-1", html="<p>The ferry runs on Tuesday.</p>"),
        SECOND,
        corrections=(corrected,),
        updated_at=SOON,
        now=SOON,
    )
    page = ours()
    assert (outcome.what, page.live, page.has_unpublished_changes) == (
        What.UPDATED,
        True,
        False,
    )
    assert texts(page)[0] == "<p>The ferry runs on Tuesday.</p>"
    told = {(each.kind, each.text, each.at) for each in page.told}
    assert told == {("correction", "It is Tuesday.", SOON), ("update", "", SOON)}
    assert page.updated_at == SOON
    assert page.original.outcomes.filter(what=What.UPDATED).count() == 1


def test_a_correction_is_told_once_and_an_amended_one_beside_it(connection):
    first = Remark(id="c-1", html="<p>Tuesday.</p>", at=NOW)
    come(connection, FIRST, corrections=(first,))
    come(connection, SECOND, corrections=(first,))
    assert StoryUpdate.objects.count() == 1
    come(connection, FIRST, corrections=(replace(first, html="<p>Wednesday.</p>"),))
    assert {each.text for each in StoryUpdate.objects.all()} == {
        "Tuesday.",
        "Wednesday.",
    }


def test_a_clock_a_day_ahead_tells_nothing_of_tomorrow(connection):
    now = timezone.now()
    tomorrow = now + timedelta(days=1)
    come(
        connection,
        FIRST,
        published_at=tomorrow,
        updated_at=tomorrow + timedelta(hours=1),
        corrections=(Remark(id="c-1", html="<p>So.</p>", at=tomorrow),),
        now=now,
    )
    assert all(each.at <= now for each in StoryUpdate.objects.all())
    assert ours().first_published_at < tomorrow


def test_what_was_written_here_is_kept_and_upstream_follows_around_it(connection):
    come(connection, FIRST, SECOND)
    page = ours()
    written(page, 0, '<p data-block-key="abcde">The ferry runs again, in fog.</p>')
    raw = json.loads(json.dumps(list(page.body.get_prep_value())))
    raw.insert(1, {"type": "text", "value": "<p>Ours.</p>", "id": "local-1"})
    page.body = json.dumps(raw)
    page.change_kind = "typo"
    page.save_revision().publish()
    outcome = come(connection, FIRST, Text(id="text-2", html="<p>Repaired twice.</p>"))
    assert outcome.what == What.UPDATED
    page = ours()
    assert [each.removesuffix("</p>").partition(">")[2] for each in texts(page)] == [
        "The ferry runs again, in fog.",
        "Ours.",
        "Repaired twice.",
    ]


def test_opening_and_saving_in_the_editor_is_no_change_of_ours(connection):
    come(connection, FIRST, SECOND)
    page = ours()
    written(page, 0, '<p data-block-key="k3y42">The ferry runs again.</p>')
    page.change_kind = "typo"
    page.save_revision().publish()
    come(connection, Text(id="text-1", html="<p>It runs.</p>"), SECOND)
    assert texts(ours())[0] == "<p>It runs.</p>"


def test_a_passage_that_both_changed_stays_ours_and_is_to_be_decided(connection):
    come(connection, FIRST)
    page = ours()
    written(page, 0, "<p>Ours.</p>")
    page.change_kind = "typo"
    page.save_revision().publish()
    outcome = come(connection, Text(id="text-1", html="<p>Theirs.</p>"))
    assert outcome.what == What.CONFLICT
    assert texts(ours()) == ["<p>Ours.</p>"]
    (conflict,) = ours().original.conflicts
    assert conflict["theirs"]["value"] == "<p>Theirs.</p>"
    assert conflict["ours"]["value"] == "<p>Ours.</p>"
    come(connection, Text(id="text-1", html="<p>Theirs.</p>"), SECOND)
    assert [each["asset"] for each in ours().original.conflicts] == [conflict["asset"]]
    come(connection, Text(id="text-1", html="<p>Ours.</p>"), SECOND)
    assert ours().original.conflicts == []


def test_a_headline_of_ours_stays_and_upstreams_is_told(connection):
    come(connection, FIRST)
    page = ours()
    page.title, page.change_kind = "Ferry at last", "typo"
    page.save_revision().publish()
    come(connection, SECOND, title="Ferry runs to both islands")
    assert ours().title == "Ferry at last"
    (override,) = ours().original.overrides
    assert (override["name"], override["theirs"]) == (
        "title",
        "Ferry runs to both islands",
    )


def test_a_draft_of_an_editor_is_brought_up_to_date_and_stays_a_draft(connection):
    come(connection, FIRST)
    draft = ours()
    draft.dek = "Being written"
    draft.save_revision()
    come(connection, Text(id="text-1", html="<p>New.</p>"))
    page = ours()
    newest = page.get_latest_revision_as_object()
    assert (page.dek, texts(page)) == ("", ["<p>New.</p>"])
    assert page.has_unpublished_changes
    assert (newest.dek, texts(newest)) == ("Being written", ["<p>New.</p>"])


def test_somebody_known_here_stays_in_the_byline(connection):
    una = Person.objects.create(name="Una Farrow", slug="una-farrow")
    come(connection, FIRST, authors=(Author("Una Farrow"),))
    page = ours()
    page.bylines.set([Byline(person=una)])
    page.change_kind = "typo"
    page.save_revision().publish()
    come(connection, SECOND, authors=(Author("Una Farrow"), Author("Sol Reed")))
    assert [(e.person, e.name) for e in ours().bylines.all()] == [
        (una, "Una Farrow"),
        (None, "Sol Reed"),
    ]


def test_a_restricted_story_is_never_kept(connection):
    outcome = come(connection, FIRST, restricted=True)
    assert outcome.what == What.SKIPPED
    assert not Story.objects.exists()
    assert bytes(Original.objects.get().raw) == b""


def test_one_that_is_restricted_later_is_gone_at_once(connection):
    come(connection, FIRST)
    url = ours().url
    assert Reader().get(url).status_code == 200
    assert come(connection, FIRST, restricted=True).what == What.GONE
    answer = Reader().get(url)
    assert answer.status_code == 410
    assert "has taken it back" in answer.content.decode()
    assert "ferry runs" not in answer.content.decode().casefold()


def test_taken_down_and_back_it_is_a_draft_with_what_upstream_says_now(connection):
    come(connection, FIRST)
    original = Original.objects.get()
    assert (
        take_down(original, because="Upstream deleted it.", now=NOW).what == What.GONE
    )
    assert take_down(original, because="Upstream deleted it.", now=NOW) is None
    come(connection, SECOND)
    page = ours()
    assert not page.live
    assert texts(page.get_latest_revision_as_object()) == [
        "<p>It had been <b>repaired</b>.</p>"
    ]
    assert Original.objects.get().gone_at is None


def test_a_copy_that_was_deleted_here_stays_so(connection):
    come(connection, FIRST)
    ours().delete()
    outcome = come(connection, SECOND)
    assert outcome.what == What.SKIPPED
    assert not Story.objects.exists()


def test_a_detached_story_stays_as_it_is_and_has_what_it_missed_afterwards(connection):
    come(connection, FIRST)
    Original.objects.update(detached_at=NOW, detached_reason="Rewritten here.")
    assert come(connection, SECOND).what == What.SKIPPED
    assert texts(ours()) == ["<p>The ferry runs again.</p>"]
    Original.objects.update(detached_at=None, detached_reason="", fingerprint="")
    come(connection, SECOND)
    assert texts(ours()) == ["<p>It had been <b>repaired</b>.</p>"]


def test_a_takedown_is_followed_when_detached(connection):
    come(connection, FIRST)
    Original.objects.update(detached_at=NOW, detached_reason="Rewritten here.")
    assert come(connection, FIRST, restricted=True).what == What.GONE


def test_an_update_that_may_not_be_published_leaves_readers_what_they_have(connection):
    come(connection, FIRST)
    page = ours()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.change_kind = "typo"
    page.save_revision().publish()  # schedules it
    outcome = come(connection, SECOND)
    assert outcome.what == What.REFUSED
    assert texts(ours()) == ["<p>The ferry runs again.</p>"]
    ours().revisions.update(approved_go_live_at=None)
    assert come(connection, SECOND) is not None
    assert texts(ours()) == ["<p>It had been <b>repaired</b>.</p>"]


def test_two_connections_may_have_a_story_of_the_same_name(connection, section):
    other = Connection.objects.create(
        name="Saltflat",
        upstream="cds",
        address="https://saltflat.example",
        section=section,
        origin="Saltflat",
        arrival=Arrival.PUBLISH,
    )
    come(connection, FIRST)
    come(other, SECOND)
    slugs = set(Story.objects.values_list("slug", flat=True))
    assert slugs == {"ferry-runs-again", "ferry-runs-again-2"}


def test_a_headline_of_emoji_alone_has_an_address(connection):
    come(connection, FIRST, title="🚢🚢🚢")
    assert ours().slug == "story"


def test_a_sound_that_may_only_be_played_is_a_block_and_no_file(connection):
    only = sound(is_downloadable=False, title="The foghorn")
    come(connection, FIRST, sound=only)
    (block,) = [e for e in ours().body if e.block_type == "sound_elsewhere"]
    assert (block.value["url"], block.value["may_download"]) == (only.url, False)


def test_what_may_not_be_shown_is_told_to_the_editor(connection):
    outcome = come(connection, FIRST, lead=photo(agency="Reuters"))
    assert ours().lead_photo is None
    assert any("Reuters" in sentence for sentence in outcome.said)


def test_a_version_that_says_nothing_new_is_no_outcome(connection):
    come(connection, FIRST)
    before = ours().latest_revision_id
    assert come(connection, FIRST, modified_at=SOON) is None
    assert ours().latest_revision_id == before
    assert ours().original.modified_at == SOON


def test_a_picture_that_was_away_comes_with_the_same_version(connection, settings):
    with Network() as network:
        host = read_host(network.url.removeprefix("http://"))
        settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset([host])
        mast = photo(
            cuts=(Cut(f"{network.url}/pictures/mast-800x450.jpg"),), caption="Our mast"
        )
        with network.suffering(Unavailable(times=9), at="/pictures"):
            come(connection, FIRST, lead=mast)
        assert ours().lead_photo is None
        assert come(connection, FIRST, lead=mast).what == What.UPDATED
        assert ours().lead_photo.credit == "Una Farrow / Far Shore Radio"
        assert come(connection, FIRST, lead=mast) is None


def scheduled(page: Story) -> None:
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.change_kind = "typo"
    page.save_revision().publish()


def sounds_in(page: Story) -> list[str]:
    return [e.value["url"] for e in page.body if e.block_type == "sound_elsewhere"]


def retitled(page: Story) -> None:
    raw = json.loads(json.dumps(list(page.body.get_prep_value())))
    raw[0]["value"]["title"] = "Our own title"
    page.body = json.dumps(raw)
    page.change_kind = "typo"
    page.save_revision().publish()


@pytest.mark.parametrize("after", [[], [sound(restricted=True)]], ids=["gone", "shut"])
def test_a_sound_that_is_withdrawn_is_gone_whatever_was_written_here(connection, after):
    come(connection, sound(), FIRST)
    retitled(ours())
    outcome = come(connection, *after, FIRST)
    assert outcome.what == What.UPDATED
    assert sounds_in(ours()) == []
    assert ours().original.conflicts == []


def test_it_is_gone_from_a_detached_story_and_nothing_else_is(connection):
    come(connection, sound(), FIRST)
    Original.objects.update(detached_at=NOW, detached_reason="Rewritten here.")
    outcome = come(connection, sound(restricted=True), SECOND)
    assert "has withdrawn a part of it" in outcome.said[0]
    assert texts(ours()) == ["<p>The ferry runs again.</p>"]


def test_it_is_gone_although_another_version_was_scheduled(connection):
    come(connection, sound(), FIRST)
    scheduled(ours())
    outcome = come(connection, FIRST)
    assert sounds_in(ours()) == []
    assert any("the schedule is canceled" in sentence for sentence in outcome.said)
    page = ours()
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert sounds_in(page.get_latest_revision_as_object()) == []


def test_it_is_gone_where_somebody_put_it_a_second_time(connection):
    come(connection, sound(), FIRST)
    page = ours()
    raw = json.loads(json.dumps(list(page.body.get_prep_value())))
    page.body = json.dumps([*raw, {**raw[0], "id": "copied-here"}])
    page.change_kind = "typo"
    page.save_revision().publish()
    come(connection, FIRST)
    assert sounds_in(ours()) == []


def test_a_restricted_passage_is_gone_although_it_was_changed_here(connection):
    come(connection, FIRST, SECOND)
    page = ours()
    written(page, 0, "<p>Ours.</p>")
    page.change_kind = "typo"
    page.save_revision().publish()
    come(connection, replace(FIRST, restricted=True), SECOND)
    assert texts(ours()) == ["<p>It had been <b>repaired</b>.</p>"]


def test_what_was_held_is_published_as_upstream_has_it_by_then(connection):
    connection.arrival, connection.hold_minutes = Arrival.HOLD, 30
    connection.save()
    come(connection, FIRST, sound())
    come(connection, SECOND, title="Ferry runs on Tuesday", now=SOON)
    assert publish_held(NOW + timedelta(minutes=30)) == 1
    page = ours()
    assert (page.live, page.title) == (True, "Ferry runs on Tuesday")
    assert texts(page) == ["<p>It had been <b>repaired</b>.</p>"]


def test_an_editors_kill_stays_when_upstream_has_it_again(
    connection, django_user_model
):
    come(connection, FIRST)
    editor = django_user_model.objects.create(email="ida@kgnd.example")
    kill(ours(), by=editor, reason="The court forbids it.", now=NOW)
    take_down(Original.objects.get(), because="Upstream deleted it.", now=SOON)
    come(connection, SECOND, now=SOON)
    assert ours().kill_in_force
    said = ours().original.outcomes.filter(what=What.BACK).get().said
    assert "revive it" in said[0]


def test_an_update_that_is_refused_tells_nobody_of_its_correction(connection):
    come(connection, FIRST)
    scheduled(ours())
    corrected = Remark(id="c-1", html="<p>Tuesday.</p>", at=NOW)
    assert come(connection, SECOND, corrections=(corrected,)).what == What.REFUSED
    assert ours().original.remarks == []


def test_an_older_version_never_lands_on_a_newer_one(connection, monkeypatch):
    come(connection, FIRST)
    newer = Text(id="text-1", html="<p>Newer.</p>")

    def slow(original, *facts, **more):
        monkeypatch.undo()
        come(connection, newer)  # while its pictures are fetched
        return photos_for(original, *facts, **more)

    monkeypatch.setattr(arriving, "photos_for", slow)
    assert come(connection, SECOND) is None
    assert texts(ours()) == ["<p>Newer.</p>"]


def test_a_summary_alone_is_kept_as_a_draft(connection):
    summary = replace(arrived(story(FIRST)), is_whole=False)
    assert take_over(connection, summary, now=NOW).what == What.DRAFTED
    assert not ours().live
