"""A reader has a page open, and the newsroom has something to say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import pytest
from django.test import TestCase
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from wagtail.rich_text import RichText

from equipment import axe
from equipment.browsers import asleep, visitor
from equipment.visits import Visit
from groundwave.delivery.story_news import recent_story_news
from groundwave.newsroom.actions.banners import put_up_banner
from groundwave.newsroom.models import ChangeKind, Story
from groundwave.patchbay.messages import Announced
from groundwave.people.models import Person, User


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(120)]

Made = TypeVar("Made")
AT_ONCE_MS = 1_500
MISSING = 12  # the paragraph that says how many
READ = 20  # the one that is being read
NOTHING_BREAKS = Announced(
    event="banner", data='{"at": "2026-01-01T00:00:00.000Z", "banners": []}'
)
TOP = "(each) => each.getBoundingClientRect().top"


def paragraphs(missing: int, *more: str) -> str:
    told = [f"The search went on for hour number {n}." for n in range(40)]
    told[MISSING] = f"At least {missing} people are missing after the ferry sank."
    told[MISSING:MISSING] = more
    return "".join(f"<p>{each}</p>" for each in told)


@pytest.fixture
def newsroom(settings, air) -> None:
    """What the site tells goes to the transmitter that is on the air."""
    here = settings.GROUNDWAVE
    settings.GROUNDWAVE = here.__class__(
        data=air.transmitter.data,
        bind=here.bind,
        site_port=here.site_port,
        air_port=here.air_port,
    )


@pytest.fixture
def reader(newsroom, story, visit: Visit) -> Visit:
    """Somebody listens, and reads in the middle of the story."""
    act(visit, lambda: publish(story.pk, paragraphs(32), ChangeKind.TYPO))
    visit.air.tell(NOTHING_BREAKS)
    visit.air.tell(nothing_of(story))
    visit.open("/news/ferry-sinks/")
    visit.play()
    passage(visit).evaluate("(each) => each.scrollIntoView({block: 'center'})")
    visit.sound.watch()
    return visit


def nothing_of(story: Story) -> Announced:
    """What the transmitter knows of it from the test before, it need not say."""
    told = {"story": story.pk, "gone": None, "update": None, "post": None}
    return Announced(event="story", data=json.dumps(told), about=str(story.pk))


def act(visit: Visit, verb: Callable[[], Made]) -> Made:
    def committed() -> Made:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return verb()

    return visit.site.ask(committed)


def publish(pk: int, body: str, kind: ChangeKind, text: str = "") -> None:
    draft = Story.objects.get(pk=pk).get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", body)]
    draft.change_kind, draft.change_text = kind, text
    draft.save_revision().publish()


def correct(visit: Visit, story: Story, missing: int = 31, *more: str) -> None:
    sentence = "We had counted one person twice."
    body = paragraphs(missing, *more)
    act(visit, lambda: publish(story.pk, body, ChangeKind.CORRECTION, sentence))


def passage(visit: Visit, number: int = READ) -> Locator:
    return visit.page.get_by_text(f"hour number {number}.", exact=False)


def notice(page: Page) -> Locator:
    return page.get_by_role("complementary", name="This story has changed")


def marked(page: Page) -> Sequence[str]:
    return page.locator("article ins").all_text_contents()


def test_a_reader_is_told_of_a_correction_and_nothing_moves_until_they_ask(
    reader: Visit, story
):
    page = reader.page
    began = passage(reader).evaluate(TOP)

    correct(reader, story, 31, "The harbor master spoke at noon.", "Divers are there.")

    told = notice(page)
    expect(told).to_contain_text(
        "Correction: We had counted one person twice.", timeout=AT_ONCE_MS
    )
    expect(told).to_contain_text("Updated at")
    expect(
        page.get_by_role("status").filter(has_text="counted one person")
    ).to_have_count(1)
    expect(page.locator("article")).to_contain_text("At least 32 people")
    assert passage(reader).evaluate(TOP) == began

    told.get_by_role("button", name="Show the new version").press("Enter")

    expect(page.locator("article")).to_contain_text("31 people are missing")
    assert passage(reader).evaluate(TOP) == pytest.approx(began, abs=1)
    assert marked(page) == [
        "New: The harbor master spoke at noon.",
        "New: Divers are there.",
        "New: 31",
    ]
    expect(told).to_contain_text("marked in 3 places")
    done = told.get_by_role("button", name="Remove the marks")
    expect(done).to_be_focused()
    done.press("Enter")
    expect(told).to_have_count(0)
    assert marked(page) == []
    expect(page.locator("article")).to_contain_text("At least 31 people are missing")
    assert passage(reader).evaluate(TOP) == pytest.approx(began, abs=1)
    reader.sound.goes_on()
    assert reader.sound.faults == []


def test_a_page_of_another_story_is_left_in_peace(reader: Visit, story, news):
    other = act(
        reader,
        lambda: news.add_child(
            instance=Story(title="Bridge closed", slug="bridge", live=False)
        ),
    )
    act(reader, lambda: other.save_revision().publish())
    correct(reader, other)
    correct(reader, story)

    expect(notice(reader.page)).to_have_count(1)
    said = reader.page.get_by_role("status").get_by_text("Correction")
    expect(said).to_have_count(1)


def test_whoever_does_not_want_it_now_is_asked_again_when_there_is_more(
    reader: Visit, story
):
    page = reader.page
    correct(reader, story)
    expect(notice(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(notice(page)).to_have_count(0)
    expect(page.locator("article")).to_contain_text("At least 32 people")

    correct(reader, story, 30)

    expect(notice(page)).to_have_count(1)
    notice(page).get_by_role("button", name="Show the new version").click()
    expect(page.locator("article")).to_contain_text("30 people are missing")


def test_a_page_that_slept_through_two_changes_asks_once(reader: Visit, story):
    page = reader.page
    reader.button("Pause").click()
    with asleep(page.context):
        correct(reader, story)
        correct(reader, story, 30)
        reader.air.go_dark()
        reader.air.light_up()
        for news in reader.site.ask(lambda: [*recent_story_news(now=timezone.now())]):
            reader.air.tell(news)

    expect(notice(page)).to_have_count(1, timeout=20_000)
    notice(page).get_by_role("button", name="Show the new version").click()
    expect(page.locator("article")).to_contain_text("30 people are missing")
    expect(notice(page)).to_contain_text("marked in one place")


def post(reader: Visit, story: Story, words: str) -> None:
    """Ida writes an entry of a live blog."""

    def write() -> None:
        ida, _is_new = Person.objects.get_or_create(name="Ida Marsh", slug="ida")
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        draft.begin_another_change()
        text = RichText(f"<p>{words}</p>")
        draft.body.append(("post", {"at": timezone.now(), "text": text, "author": ida}))
        draft.save_revision().publish()

    act(reader, write)


def test_a_live_blog_offers_its_latest_post(reader: Visit, story):
    page = reader.page

    post(reader, story, "All 42 are ashore.")

    expect(notice(page)).to_contain_text(
        "New post: All 42 are ashore.", timeout=AT_ONCE_MS
    )
    notice(page).get_by_role("button", name="Show the new version").click()
    entry = page.locator("article.post")
    expect(entry).to_contain_text("All 42 are ashore.")
    expect(entry.get_by_role("link", name="Ida Marsh")).to_have_count(1)
    assert entry.get_attribute("id").startswith("post-")
    reader.sound.goes_on()
    assert reader.sound.faults == []


def test_what_comes_after_a_notice_that_was_sent_away_is_told_in_its_own_words(
    reader: Visit, story
):
    page = reader.page
    correct(reader, story)
    expect(notice(page)).to_contain_text("Correction: We had counted")
    page.keyboard.press("Escape")

    post(reader, story, "The fog lifts.")
    expect(notice(page)).to_contain_text("New post: The fog lifts.")
    expect(notice(page)).not_to_contain_text("We had counted")
    page.keyboard.press("Escape")

    post(reader, story, "Divers are there.")
    expect(notice(page)).to_contain_text("New post: Divers are there.")


def test_what_breaks_is_on_every_open_page_and_ends_by_itself(reader: Visit, story):
    page = reader.page
    began = passage(reader).evaluate(TOP)
    banner = page.get_by_role("complementary", name="Breaking news")
    by = act(reader, lambda: User.objects.create_user("ed@kgnd.example"))

    def put_up(text: str, **lasts: float) -> None:
        now = timezone.now()
        end = now + timedelta(**lasts)
        put_up_banner(text, begins_at=now, ends_at=end, by=by)

    act(reader, lambda: put_up("The dam has broken.", seconds=14))
    expect(banner).to_contain_text("The dam has broken.", timeout=AT_ONCE_MS)
    said = page.get_by_role("status").filter(has_text="The dam has broken.")
    expect(said).to_have_count(1)
    assert passage(reader).evaluate(TOP) == pytest.approx(began, abs=1)

    reader.follow("Schedule")
    expect(banner).to_contain_text("The dam has broken.")
    expect(banner).to_have_count(0, timeout=20_000)

    act(reader, lambda: put_up("Leave the valley now.", minutes=5))
    expect(banner).to_contain_text("Leave the valley now.", timeout=AT_ONCE_MS)
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_have_count(0)
    reader.follow("Shows")
    expect(page).to_have_url(re.compile("/shows/"))
    expect(banner).to_have_count(0)
    reader.sound.goes_on()
    assert reader.sound.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_page_is_told_keeps_nobody_out(newsroom, story, site, air, scheme):
    with visitor(color_scheme=scheme) as context:
        visit = Visit(context.new_page(), site, air)
        act(visit, lambda: publish(story.pk, paragraphs(32), ChangeKind.TYPO))
        air.tell(nothing_of(story))
        visit.open("/news/ferry-sinks/")
        by = act(visit, lambda: User.objects.create_user("ed@kgnd.example"))
        now = timezone.now()
        end = now + timedelta(minutes=5)
        act(
            visit,
            lambda: put_up_banner("Leave now.", begins_at=now, ends_at=end, by=by),
        )
        correct(visit, story)
        told = notice(visit.page)
        expect(told).to_be_visible()
        expect(visit.page.locator("aside.banner:visible")).to_have_count(1)

        assert axe.violations(visit.page) == []
        told.get_by_role("button", name="Show the new version").click()
        expect(told).to_contain_text("marked in one place")
        assert axe.violations(visit.page) == []
