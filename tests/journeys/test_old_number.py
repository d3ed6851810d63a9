"""A figure put into a story, a newer one, and one step that mends the story."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from equipment.browsers import visitor
from equipment.sites import Site
from groundwave.newsroom.figures.pinned import pinned_in
from groundwave.newsroom.models import ChangeKind, Story
from newsroom.ledger import Ledger


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(120)]

IS_HANDED_OVER = """
    () => [...document.querySelectorAll("input[name^=body]")].some(
        (input) => input.value.includes("are missing.") && input.value.includes("FIGURE")
    )
"""


@pytest.fixture
def ledger(db):
    ledger = Ledger()
    ledger.figure(32, qualifier="at_least", high=None)
    return ledger


@pytest.fixture
def page(ledger, story, client, ines, settings):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    story.event = ledger.event
    story.body = [("text", "<p>The search goes on.</p>")]
    story.begin_another_change()
    story.change_kind = ChangeKind.TYPO
    story.save_revision().publish()
    cookie = settings.SESSION_COOKIE_NAME
    session = client.cookies[cookie].value
    site = Site()
    with visitor() as browser:
        browser.add_cookies([{"name": cookie, "value": session, "url": site.url}])
        page = browser.new_page()
        page.site = site
        yield page
    site.close()


def test_from_the_editor_to_one_step(page, ledger, story):
    put_a_figure_there(page, story)
    words = "At least 32, according to Tamarack County"
    text = page.site.ask(lambda: newest(story.pk).body[0].value.source)
    (pin,) = pinned_in(text)
    assert pin.words == words
    assert text.endswith("</a> are missing.</p>")

    page.site.ask(lambda: publish(story.pk))
    page.goto(page.site.url + story.url)
    page.get_by_role("link", name=words).click()
    expect(page.get_by_role("row", name="Tamarack County")).to_contain_text(
        "at least 32"
    )

    add_a_newer_one(page, ledger)
    page.get_by_role("link", name="See where, and replace").click()
    expect(page.locator("ins")).to_have_text(
        "At least 41, according to Tamarack County"
    )
    page.get_by_role("button", name="Replace, and publish").click()
    expect(page.locator("body")).to_contain_text("Readers have the new version.")

    page.goto(page.site.url + story.url)
    expect(page.locator("article")).to_contain_text(
        "At least 41, according to Tamarack County are missing."
    )
    expect(page.locator("#updates ~ ol")).to_contain_text(
        "Tamarack County now says: at least 41"
    )


def put_a_figure_there(page, story):
    page.goto(f"{page.site.url}/admin/pages/{story.pk}/edit/")
    editor = page.locator(".Draftail-Editor [contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" /Figure")
    page.get_by_role("option", name="Figure, with who says so").click()
    page.get_by_role("button", name="at least 32, according to").click()
    expect(editor).to_contain_text("At least 32, according to Tamarack County")
    expect(editor).to_be_focused()
    page.keyboard.type(" are missing.")
    # The editor hands over what was typed a moment later.
    page.wait_for_function(IS_HANDED_OVER)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")


def add_a_newer_one(page, ledger):
    page.goto(f"{page.site.url}/admin/events/figures/{ledger.event.pk}/")
    page.get_by_label("Who says so", exact=True).fill("Tamarack County")
    page.get_by_label("How sure", exact=True).select_option("at least")
    page.get_by_label("How many", exact=True).fill("41")
    page.get_by_role("button", name="Add this figure").click()
    expect(page.locator(".gw-figures__standing")).to_contain_text("stands in 1 place")


def newest(pk):
    return Story.objects.get(pk=pk).get_latest_revision_as_object()


def publish(pk):
    draft = newest(pk)
    draft.begin_another_change()
    draft.change_kind = ChangeKind.UPDATE
    draft.save_revision().publish()
