"""The week grid in a real browser: by pointer, by keyboard, and drawn over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from equipment.browsers import visitor
from equipment.sites import Site
from groundwave.programming.actions import (
    cancel_airing,
    plan_slot,
    pre_empt,
    remove_slot,
)
from groundwave.programming.models import Airing, Show, Slot


pytestmark = [pytest.mark.journey, pytest.mark.django_db]

AXE = Path(__file__).parents[1] / "vendor/axe-core/axe.min.js"
# What is ours; the rest of the page is Wagtail's.
VIOLATIONS = """
    async (include) => {
        const { violations } = await axe.run({ include: [include] });
        return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    }
"""
Times = list[tuple[str, str]]
DAY = timedelta(days=1)


def on(day: date, wall: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), zone)


@pytest.fixture
def monday(zone: ZoneInfo) -> date:
    """The next week's; a week begins on Sunday."""
    today = timezone.now().astimezone(zone).date()
    return today + timedelta(days=8 - today.isoweekday() % 7)


@pytest.fixture
def week(kgnd, monday: date) -> None:
    """Morning Light from ten to twelve on weekdays, Valley News on Tuesday at five."""
    now = timezone.now()
    for title, begins, minutes, days in [
        ("Morning Light", "10:00", 120, "MO,TU,WE,TH,FR"),
        ("Valley News", "17:00", 30, "TU"),
        ("Night Owl", "23:00", 180, "FR,SA"),
    ]:
        show = Show.objects.create(title=title, slug=title.lower().replace(" ", "-"))
        plan_slot(
            kgnd,
            show=show,
            starts_on=monday - timedelta(days=28),
            begins=time.fromisoformat(begins),
            minutes=minutes,
            rule=f"FREQ=WEEKLY;BYDAY={days}",
            now=now,
        )
    Show.objects.create(title="The Mayor Speaks", slug="mayor")


@pytest.fixture
def server(use) -> Site:
    return use(Site())


@pytest.fixture
def page(client, ines, week, monday: date, server: Site) -> Iterator[Page]:
    planning = Permission.objects.filter(content_type__app_label="programming")
    ines.user_permissions.add(*planning)
    client.force_login(ines)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    size = {"width": 1400, "height": 1000}
    with visitor(viewport=size, has_touch=True) as context:
        context.add_cookies([{**session, "url": server.url}])
        page = context.new_page()
        failed: list[str] = []
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{server.url}/admin/week/kgnd/?date={monday}")
        yield page
    assert failed == []


@pytest.fixture
def airings(server: Site, zone: ZoneInfo) -> Callable[[str, date], Times]:
    """Tell from when to when a show is planned on a date, by the station's clock."""

    def airings(title: str, day: date) -> Times:
        first = on(day, "00:00", zone)
        planned = Airing.objects.standing().filter(show__title=title)
        found = planned.between(first, first + timedelta(days=1))
        return server.ask(
            lambda: [(clock(each.starts_at), clock(each.ends_at)) for each in found]
        )

    def clock(at: datetime) -> str:
        return f"{at.astimezone(zone):%H:%M}"

    return airings


def block(page: Page, title: str, day: date) -> Locator:
    column = page.locator(f"[data-date='{day}']")
    return column.locator(".gw-block", has_text=title).first


def drag(
    page: Page, start: tuple[float, float], *, days: int = 0, minutes: int = 0
) -> None:
    box = page.locator("[data-date]").first.bounding_box()
    assert box
    length = page.locator("[data-week]").evaluate(
        "(week) => Number(week.style.getPropertyValue('--length'))"
    )
    x = start[0] + days * box["width"]
    y = start[1] + minutes * box["height"] / length
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((x + start[0]) / 2, (y + start[1]) / 2)
    page.mouse.move(x, y)
    page.mouse.up()


def middle(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def said(page: Page) -> Locator:
    return page.locator("[data-week-status]")


def test_an_airing_is_dragged_to_another_day_and_time(
    page: Page, monday: date, airings
):
    wednesday = monday + timedelta(days=2)
    start = middle(block(page, "Valley News", monday + timedelta(days=1)))

    drag(page, start, days=1, minutes=60)
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Date", exact=True)).to_have_value(str(wednesday))
    expect(form.get_by_label("Begins at")).to_have_value("18:00")
    form.get_by_label("Only this date").check()
    form.get_by_role("button", name="Save").click()

    expect(said(page)).to_contain_text("Valley News now airs")
    expect(block(page, "Valley News", wednesday)).to_contain_text("18:00")
    assert airings("Valley News", wednesday) == [("18:00", "18:30")]
    assert airings("Valley News", monday + timedelta(days=1)) == []
    assert airings("Valley News", monday + timedelta(days=8)) == [("17:00", "17:30")]


def test_the_lower_edge_makes_it_longer_on_this_and_the_following_dates(
    page: Page, monday: date, airings
):
    tuesday = monday + timedelta(days=1)
    news = block(page, "Valley News", tuesday)
    x, _y = middle(news)
    box = news.bounding_box()
    assert box

    drag(page, (x, box["y"] + box["height"] - 3), minutes=30)
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Minutes")).to_have_value("60")
    form.get_by_label("This and the following dates").check()
    form.get_by_role("button", name="Save").click()

    expect(said(page)).to_contain_text("from Tuesday")
    assert airings("Valley News", tuesday) == [("17:00", "18:00")]
    assert airings("Valley News", tuesday + timedelta(days=7)) == [("17:00", "18:00")]


def test_a_speech_is_drawn_over_a_show_which_goes_on_after_it(
    page: Page, monday: date, airings
):
    x, y = middle(block(page, "Morning Light", monday))  # at eleven

    page.get_by_role("button", name="Draw over what is there").click()
    drag(page, (x, y + 2), minutes=15)
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Begins at")).to_have_value("11:00")
    expect(form.get_by_label("Minutes")).to_have_value("30")
    expect(form).to_contain_text("which goes on at 11:30")
    form.get_by_label("Show", exact=True).select_option("The Mayor Speaks")
    form.get_by_role("button", name="Plan it").click()

    expect(said(page)).to_contain_text("The Mayor Speaks airs once")
    heard = page.locator(
        f"[data-date='{monday}'] .gw-block[data-kind]:not(.gw-block--default)"
    )
    expect(heard).to_have_count(3)
    expect(heard.nth(1)).to_contain_text("The Mayor Speaks")
    expect(heard.nth(2)).to_contain_text("goes on")
    assert airings("The Mayor Speaks", monday) == [("11:00", "11:30")]
    assert airings("Morning Light", monday) == [("10:00", "12:00")]


def test_with_the_keyboard_it_is_moved_announced_and_put_back(
    page: Page, monday: date, airings
):
    tuesday = monday + timedelta(days=1)
    news = block(page, "Valley News", tuesday)
    news.focus()

    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowDown"):
        news.press(key)
    expect(said(page)).to_contain_text("17:30 to 18:15")
    expect(said(page)).to_contain_text("Wednesday")
    news.press("Escape")
    expect(said(page)).to_contain_text("Put back")
    expect(page.locator(".gw-ghost")).to_have_count(0)

    news.press("ArrowUp")
    news.press("Enter")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Begins at")).to_have_value("16:45")
    form.get_by_label("Minutes").press("Enter")

    expect(said(page)).to_contain_text("Valley News now airs")
    assert airings("Valley News", tuesday) == [("16:45", "17:15")]
    expect(block(page, "Valley News", tuesday)).to_be_focused()


def test_what_the_site_refuses_is_said_in_the_form(page: Page, monday: date, airings):
    block(page, "Valley News", monday + timedelta(days=1)).click()
    form = page.get_by_role("dialog")
    form.get_by_label("Date", exact=True).fill("2020-01-07")
    form.get_by_role("button", name="Save").click()

    expect(form).to_contain_text("That time is over. Choose one that is to come.")
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    assert airings("Valley News", monday + timedelta(days=1)) == [("17:00", "17:30")]


def test_with_the_site_away_nothing_is_lost_and_that_is_said(
    page: Page, monday: date, airings
):
    tuesday = monday + timedelta(days=1)
    block(page, "Valley News", tuesday).click()
    form = page.get_by_role("dialog")
    form.get_by_label("Begins at").fill("18:00")

    page.context.set_offline(True)
    form.get_by_role("button", name="Save").click()
    expect(said(page)).to_contain_text("The site does not answer. Nothing was changed")
    expect(form.get_by_label("Begins at")).to_have_value("18:00")
    page.context.set_offline(False)
    form.get_by_role("button", name="Save").click()

    expect(said(page)).to_contain_text("Valley News now airs")
    assert airings("Valley News", tuesday) == [("18:00", "18:30")]


def test_what_somebody_else_took_away_is_gone_from_the_grid(
    page: Page, monday: date, server: Site
):
    news = block(page, "Valley News", monday + timedelta(days=1))
    expect(news).to_be_visible()
    server.ask(
        lambda: remove_slot(
            Slot.objects.get(show__title="Valley News"), now=timezone.now()
        )
    )

    news.click()
    expect(said(page)).to_contain_text("It is not planned any more.")
    expect(news).to_have_count(0)


def test_a_copy_is_let_go_with_ctrl_held(page: Page, monday: date, airings):
    tuesday, wednesday = monday + timedelta(days=1), monday + timedelta(days=2)
    start = middle(block(page, "Valley News", tuesday))

    page.keyboard.down("Control")
    drag(page, start, days=1, minutes=-120)
    page.keyboard.up("Control")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Begins at")).to_have_value("15:00")
    form.get_by_label("Once").check()
    form.get_by_role("button", name="Plan it").click()

    expect(said(page)).to_contain_text("Valley News airs once")
    assert airings("Valley News", wednesday) == [("15:00", "15:30")]
    assert airings("Valley News", tuesday) == [("17:00", "17:30")]


def test_without_a_script_every_airing_is_a_link_to_its_form(
    page: Page, monday: date, airings
):
    tuesday = monday + timedelta(days=1)
    browser = page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    paper = plain.new_page()
    paper.goto(page.url)

    block(paper, "Valley News", tuesday).click()
    paper.get_by_label("Begins at").fill("18:00")
    paper.get_by_role("button", name="Save").click()

    expect(paper.locator("body")).to_contain_text("Valley News now airs Tuesday")
    assert airings("Valley News", tuesday) == [("18:00", "18:30")]
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_grid_and_in_its_forms(
    page: Page, monday: date, zone: ZoneInfo, server: Site, scheme: str
):
    def fill() -> None:
        now = timezone.now()
        mayor, owl = Show.objects.get(slug="mayor"), Show.objects.get(slug="night-owl")
        station = Airing.objects.all()[0].station
        at = on(monday, "11:00", zone), on(monday, "11:30", zone)
        pre_empt(station, show=mayor, starts_at=at[0], ends_at=at[1], now=now)
        facts = {"starts_on": monday, "rule": "FREQ=WEEKLY", "now": now}
        plan_slot(station, show=owl, begins=time(9), minutes=90, **facts)
        plan_slot(station, show=owl, begins=time(20), minutes=15, **facts)
        friday = Airing.objects.get(show__slug="morning-light", date=monday + 4 * DAY)
        cancel_airing(friday, now=now)

    server.ask(fill)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.reload()
    page.add_script_tag(path=AXE)

    assert page.evaluate(VIOLATIONS, "[data-week-page]") == []
    block(page, "Morning Light", monday).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(VIOLATIONS, "[data-week-dialog]") == []


# --- by finger ---


class Finger:
    """Touches the page as a hand does: the browser makes what it makes of it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._browser = page.context.new_cdp_session(page)

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        said = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        self._browser.send("Input.dispatchTouchEvent", said)

    def put(self, at: tuple[float, float]) -> None:
        self._touch("touchStart", at)

    def move(self, to: tuple[float, float]) -> None:
        self._touch("touchMove", to)

    def lift(self) -> None:
        self._touch("touchEnd")


def test_a_finger_that_stays_picks_up_and_drags(page: Page, monday: date, airings):
    wednesday = monday + timedelta(days=2)
    x, y = middle(block(page, "Valley News", monday + timedelta(days=1)))
    column = page.locator("[data-date]").first.bounding_box()
    assert column
    finger = Finger(page)

    finger.put((x, y))
    expect(page.locator(".gw-ghost")).to_be_visible()
    for part in (0.3, 0.6, 1):
        finger.move((x + part * column["width"], y))
    expect(page.locator(".gw-ghost")).to_contain_text("Wednesday")
    finger.lift()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Date", exact=True)).to_have_value(str(wednesday))
    form.get_by_role("button", name="Save").click()

    expect(said(page)).to_contain_text("Valley News now airs")
    assert airings("Valley News", wednesday) == [("17:00", "17:30")]


def test_a_finger_that_goes_on_scrolls(page: Page, monday: date):
    grid = page.locator("[data-week]")
    x, y = middle(block(page, "Valley News", monday + timedelta(days=1)))
    before = grid.evaluate("(grid) => grid.scrollTop")
    finger = Finger(page)

    finger.put((x, y))
    for down in range(20, 200, 20):
        finger.move((x, y - down))
    finger.lift()

    page.wait_for_function(
        "([grid, before]) => grid.scrollTop > before + 50",
        arg=[grid.element_handle(), before],
    )
    expect(page.locator(".gw-ghost")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_cancelled_is_opened_where_it_is_drawn_and_put_back(
    page: Page, monday: date, airings
):
    tuesday = monday + timedelta(days=1)
    block(page, "Valley News", tuesday).click()
    page.get_by_role("button", name="Cancel this date").click()
    expect(said(page)).to_contain_text("is cancelled")
    struck = page.locator(f"[data-date='{tuesday}'] .gw-block--cancelled")
    expect(struck).to_contain_text("cancelled")
    assert airings("Valley News", tuesday) == []

    struck.click()
    page.get_by_role("button", name="Put back as the slot says").click()

    expect(struck).to_have_count(0)
    assert airings("Valley News", tuesday) == [("17:00", "17:30")]
