"""What a source says now, put where its older figure stands: as a whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Workflow

from groundwave.newsroom.actions.replacing import Answer, replace_figures
from groundwave.newsroom.errors import NotPublishable, ReplacementRefused
from groundwave.newsroom.figure_places import figures_of, places_of
from groundwave.newsroom.figures.pinned import element
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import ChangeKind
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db

UPDATE = Answer(ChangeKind.UPDATE, "Tamarack County now says at least 41.")


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def old(ledger):
    return ledger.figure(32, qualifier="at_least", high=None)


@pytest.fixture
def new(ledger, old):
    return ledger.figure(41, qualifier="at_least", high=None, supersedes=old)


@pytest.fixture
def editor(ines):
    ines.groups.set([Group.objects.get(name="Editor")])
    return type(ines).objects.get(pk=ines.pk)


@pytest.fixture
def told(story, ledger, old):
    """The ferry's story, with a figure in its text; the headline has it as a number."""
    story.title = "32 missing in Marrow Bay"
    story.event = ledger.event
    story.body = [
        ("text", f"<p>{element(str(old.uid), 'At least 32')} are missing.</p>"),
        ("quote", {"quote": "I counted 32.", "speaker": "Captain", "context": ""}),
    ]
    story.begin_another_change()
    story.change_kind = ChangeKind.TYPO
    story.save_revision().publish()
    story.refresh_from_db()
    return story


def write_draft(story, by, **facts):
    draft = story.get_latest_revision_as_object()
    draft.begin_another_change()
    for name, value in facts.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by)
    story.refresh_from_db()
    return revision


def replace(ledger, story, by, *, answer=UPDATE, which=lambda place: place.is_certain):
    chosen = {
        each.key
        for each in places_of(ledger.event)
        if each.story == story and which(each)
    }
    assert chosen
    done = replace_figures(
        story, chosen, figures_of(ledger.event), answer=answer, by=by
    )
    story.refresh_from_db()
    return done


def test_a_figure_stands_nowhere_outdated_before_there_is_a_newer_one(ledger, told):
    assert places_of(ledger.event) == []


def test_every_place_is_found_and_only_what_was_put_there_is_certain(ledger, told, new):
    places = places_of(ledger.event)

    assert [(each.passage.label, each.found.words) for each in places] == [
        ("headline", "32"),
        ("text", "At least 32"),
        ("quotation", "32"),
    ]
    assert [each.is_certain for each in places] == [False, True, False]
    assert [each.can_be_replaced for each in places] == [True, True, False]


def test_captions_and_what_others_show_of_a_story_are_looked_at(ledger, told, new):
    told.seo_title = told.search_description = told.dek = "32 are missing."
    told.lead_caption = told.lead_alt = "32 life vests"
    told.save()

    assert {each.passage.label for each in places_of(ledger.event)} >= {
        "dek",
        "caption",
        "what is to be seen on it",
        "title tag",
        "meta description",
    }


def test_readers_have_the_new_figure_and_are_told(ledger, told, new, editor):
    done = replace(ledger, told, editor)

    assert str(done) == "1 place is replaced. Readers have the new version."
    assert f"{element(str(new.uid), 'At least 41')} are missing" in str(
        told.body.raw_data
    )
    assert told.title == "32 missing in Marrow Bay"
    update = told.updates.get()
    assert (update.kind, update.text, update.by) == ("update", UPDATE.text, editor)
    assert told.live
    assert not told.has_unpublished_changes


def test_other_places_are_replaced_if_somebody_chose_them(ledger, told, new, editor):
    replace(ledger, told, editor, which=lambda place: place.can_be_replaced)

    assert told.title == "41 missing in Marrow Bay"
    assert "I counted 32." in told.plain_text
    assert [each.passage.is_quotation for each in places_of(ledger.event)] == [True]


def test_prose_does_not_change_by_itself(ledger, told, new):
    assert "At least 32" in told.plain_text


def test_somebody_elses_draft_is_neither_published_nor_lost(
    ledger, told, new, editor, odetta
):
    write_draft(told, odetta, dek="Not for readers yet.", slugline="FERRY-2")

    done = replace(ledger, told, editor)

    assert "The draft of Odetta is kept, and not published." in str(done)
    assert told.dek == "The search goes on."
    assert "At least 41" in told.plain_text
    draft = told.get_latest_revision_as_object()
    assert (draft.dek, draft.slugline) == ("Not for readers yet.", "FERRY-2")
    assert "At least 41" in draft.plain_text
    assert told.has_unpublished_changes


def test_the_drafts_own_answer_is_its_own(ledger, told, new, editor, odetta):
    write_draft(
        told, odetta, change_kind=ChangeKind.CORRECTION, change_text="It was a barge."
    )

    replace(ledger, told, editor)

    draft = told.get_latest_revision_as_object()
    assert (draft.change_kind, draft.change_text) == ("correction", "It was a barge.")
    told.get_latest_revision().publish()
    assert [each.kind for each in told.updates.all()] == ["correction", "update"]


def test_only_the_draft_is_replaced_if_only_that_was_chosen(
    ledger, told, new, editor, odetta
):
    write_draft(told, odetta, dek="At least 32 are missing.")

    done = replace(
        ledger, told, editor, which=lambda place: place.passage.label == "dek"
    )

    assert "Readers have" not in str(done)
    assert told.get_latest_revision_as_object().dek == "At least 41 are missing."
    assert "At least 32" in told.plain_text
    assert not told.updates.exists()


def test_a_story_that_nobody_has_published_gets_another_draft(
    ledger, old, new, news, editor
):
    from groundwave.newsroom.models import Story

    story = news.add_child(
        instance=Story(
            title="The ferry",
            slug="the-ferry",
            event=ledger.event,
            body=[("text", f"<p>{element(str(old.uid), 'at least 32')}</p>")],
            live=False,
        )
    )
    story.save_revision(user=editor)

    replace(ledger, story, editor)

    assert not story.live
    assert "at least 41" in story.get_latest_revision_as_object().plain_text


def test_after_our_mistake_what_was_said_before_takes_its_place(
    ledger, told, old, new, editor
):
    replace(ledger, told, editor)
    ledger.judge(new, Status.RETRACTED)

    replace(ledger, told, editor, answer=Answer(ChangeKind.CORRECTION, "It was 32."))

    assert "At least 32" in told.plain_text
    assert told.updates.first().kind == "correction"


def test_what_is_chosen_is_still_there_or_nothing_is_done(ledger, told, new, editor):
    chosen = {each.key for each in places_of(ledger.event)}
    told.title = "Another headline"
    told.save()

    with pytest.raises(ReplacementRefused, match="changed it meanwhile"):
        replace_figures(
            told, chosen, figures_of(ledger.event), answer=UPDATE, by=editor
        )

    told.refresh_from_db()
    assert "At least 32" in told.plain_text


def test_what_may_not_be_published_stays_as_it_is(ledger, told, new, editor, odetta):
    write_draft(told, odetta, dek="Not yet.")
    told.embargo_until = timezone.now() + timedelta(days=1)
    told.save()
    before = told.revisions.count()

    with pytest.raises(NotPublishable, match="embargo"):
        replace(ledger, told, editor)

    told.refresh_from_db()
    assert "At least 32" in told.plain_text
    assert told.revisions.count() == before


def test_a_quotation_is_never_replaced(ledger, told, new, editor):
    with pytest.raises(ReplacementRefused, match="write it yourself"):
        replace(ledger, told, editor, which=lambda place: place.passage.is_quotation)


def test_who_may_not_publish_replaces_nothing(ledger, told, new, odetta):
    with pytest.raises(ReplacementRefused, match="Ask an editor"):
        replace(ledger, told, odetta)


def test_a_locked_story_waits_for_whoever_locked_it(ledger, told, new, editor, odetta):
    told.locked, told.locked_by, told.locked_at = True, odetta, timezone.now()
    told.save()

    with pytest.raises(ReplacementRefused, match="It is locked"):
        replace(ledger, told, editor)


def test_what_is_scheduled_stays_scheduled(ledger, told, new, editor, odetta):
    draft = write_draft(
        told,
        odetta,
        go_live_at=timezone.now() + timedelta(hours=1),
        change_kind=ChangeKind.TYPO,
    )
    draft.publish()

    with pytest.raises(ReplacementRefused, match="scheduled"):
        replace(ledger, told, editor)

    draft.refresh_from_db()
    assert draft.approved_go_live_at


def test_a_review_goes_on(ledger, told, new, editor, odetta):
    write_draft(told, odetta, dek="Please read this.")
    Workflow.objects.first().start(told, odetta)

    with pytest.raises(ReplacementRefused, match=r"being reviewed|is locked"):
        replace(ledger, told, editor)

    assert told.workflow_in_progress
