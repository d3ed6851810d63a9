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

        visit.page.screenshot(path=f"/tmp/gw/HD/told-{scheme}.png")
        told.get_by_role("button", name="Show the new version").click()
        expect(told).to_contain_text("marked in one place")
        visit.page.evaluate("() => scrollTo(0, 300)")
        visit.page.screenshot(path=f"/tmp/gw/HD/shown-{scheme}.png")
        visit.page.set_viewport_size({"width": 375, "height": 700})
        visit.page.screenshot(path=f"/tmp/gw/HD/phone-{scheme}.png")
