"""Publish, pressed while the desk keeps a draft: one story, and nobody else's version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, Request, Route, expect

from equipment.browsers import visitor
from equipment.newsdesk import Newsdesk
from equipment.sites import Site
from groundwave.newsroom.models import Story


# What is typed before the desk begins to watch, it takes for what was there.
WATCHES = """
    window.watches = new Promise((watches) => {
        document.addEventListener("w-unsaved:watch-edits", watches, {once: true});
    }).then(() => true);
    document.addEventListener("w-autosave:save", () => { window.keeps = true; });
"""
TICK_MS = 20

pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(120)]


def is_kept_by_itself(request: Request) -> bool:
    return (
        request.method == "POST" and request.headers.get("accept") == "application/json"
    )


class Draft:
    """What the desk keeps by itself is on its way for as long as a test wants."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[Route] = []
        page.evaluate("() => window.watches")
        page.route("**/admin/pages/**", self._take)

    def leaves(self) -> None:
        self._page.wait_for_function("() => window.keeps")

    def arrives(self) -> None:
        while not self._held:
            self._page.wait_for_timeout(TICK_MS)  # in which the browser is heard
        self._held[0].fallback()

    def _take(self, route: Route) -> None:
        if is_kept_by_itself(route.request) and not self._held:
            self._held.append(route)
        else:
            route.fallback()


@pytest.fixture
def site(story, ines, client) -> Iterator[Site]:
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    site = Site()
    yield site
    site.close()


@pytest.fixture
def desk(site, client, settings) -> Iterator[Newsdesk]:
    cookie = settings.SESSION_COOKIE_NAME
    session = client.cookies[cookie].value
    with visitor() as context:
        context.add_cookies([{"name": cookie, "value": session, "url": site.url}])
        context.add_init_script(WATCHES)
        yield Newsdesk(context, site.url)


def write(desk: Newsdesk, name: str, words: str) -> None:
    """Write it as people do, who take longer than the desk to look twice."""
    desk.field(name).fill("")
    desk.field(name).press_sequentially(words, delay=60)


def press_publish(desk: Newsdesk) -> None:
    desk.press("More actions")
    desk.press("Publish")


def test_a_story_published_at_its_first_autosave_is_there_once(
    desk: Newsdesk, site: Site, news
):
    desk.open(f"/admin/pages/add/newsroom/story/{news.pk}/")
    draft = Draft(desk.page)
    write(desk, "title", "Bridge opens")
    desk.page.keyboard.press("Tab")  # the address follows the headline then
    draft.leaves()

    press_publish(desk)
    draft.arrives()

    desk.is_told("has been published")
    (story,) = site.ask(lambda: list(Story.objects.filter(title="Bridge opens")))
    assert story.live


def test_an_own_draft_on_its_way_is_nobody_elses_version(
    desk: Newsdesk, site: Site, story
):
    desk.open(f"/admin/pages/{story.pk}/edit/")
    draft = Draft(desk.page)
    write(desk, "dek", "The search for 41 goes on.")
    draft.leaves()

    press_publish(desk)
    draft.arrives()

    desk.is_told("say whether it is an update")
    expect(desk.page.get_by_text("in another window")).to_have_count(0)
    desk.field("change_kind").select_option("typo")
    press_publish(desk)
    desk.is_told("has been published")
