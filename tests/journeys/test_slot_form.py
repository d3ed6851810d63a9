"""A slot filled in by hand: what it clashes with is said before it is saved."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from equipment.browsers import visitor
from equipment.sites import Site
from groundwave.programming.actions import plan_slot
from groundwave.programming.models import Show, Slot


pytestmark = [pytest.mark.journey, pytest.mark.django_db]

AXE = Path(__file__).parents[1] / "vendor/axe-core/axe.min.js"
VIOLATIONS = """
    async () => {
        const { violations } = await axe.run({ include: [".slot-preview"] });
        return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    }
"""


@pytest.fixture
def week(kgnd):
    """Jazz, every morning from ten to twelve; News has no place yet."""
    kgnd.timezone = "America/Denver"  # where the clocks are changed
    kgnd.save()
    now = timezone.now()
    plan_slot(
        kgnd,
        show=Show.objects.create(title="Jazz", slug="jazz"),
        starts_on=now.date() - timedelta(days=30),
        begins=time(10),
        minutes=120,
        rule="FREQ=DAILY",
        now=now,
    )
    Show.objects.create(title="News", slug="news")


@pytest.fixture
def page(week, client, ines, settings):
    ines.groups.set([Group.objects.get(name="Editor")])
    client.force_login(ines)
    cookie = settings.SESSION_COOKIE_NAME
    session = client.cookies[cookie].value
    site = Site()
    with visitor() as browser:
        browser.add_cookies([{"name": cookie, "value": session, "url": site.url}])
        page = browser.new_page()
        page.goto(f"{site.url}/admin/slots/new/")
        page.site = site
        yield page
    site.close()


def test_a_clash_is_said_while_the_slot_is_filled_in(page):
    said = page.locator(".slot-preview")
    expect(said).to_contain_text("Fill in the show")

    page.locator("#id_show").select_option("News")
    page.locator("#id_begins").fill("11:00")
    page.locator("#id_minutes").fill("30")
    page.get_by_label("Tuesday").check()

    expect(said).to_contain_text(
        "11:00 to 11:30: Jazz and News are both planned. News would be heard"
    )
    page.locator("#id_begins").fill("12:00")
    expect(said).to_contain_text("None within nine weeks.")
    expect(said).to_contain_text("News is not on then.")

    page.evaluate(AXE.read_text())
    assert page.evaluate(VIOLATIONS) == []

    page.get_by_role("button", name="Create").click()
    expect(page.locator("body")).to_contain_text("News")
    rules = page.site.ask(lambda: list(Slot.objects.values_list("rule", flat=True)))
    assert rules == ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU"]
