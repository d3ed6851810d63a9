"""The player goes on playing whatever page comes."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Route, expect

from equipment.visits import Visit


pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.timeout(180)]

# Where a deploy puts its scripts and styles; those of before are gone then.
DEPLOYED = "/static-of-the-next/"


def test_the_sound_goes_on_whatever_page_comes(visit: Visit):
    visit.play()
    expect(visit.bar).to_have_attribute("data-kind", "hls")
    visit.sound.goes_on()
    visit.page.evaluate("() => (window.isTheSameDocument = true)")
    visit.sound.watch()
    clock, began = visit.sound.clock, time.monotonic()

    _pages(visit)
    _back_and_forth(visit)
    _a_search(visit)
    _trouble(visit)

    assert visit.page.evaluate("() => window.isTheSameDocument")
    visit.sound.goes_on()
    assert visit.sound.faults == []
    went_on = visit.sound.clock - clock
    assert went_on == pytest.approx(time.monotonic() - began, abs=2)


def _arrives(visit: Visit, path: str) -> None:
    expect(visit.page).to_have_url(re.compile(re.escape(path) + r"(\?|$)"))
    expect(visit.bar).to_be_visible()
    expect(visit.bar).to_have_attribute("data-state", "playing")
    visit.sound.goes_on(seconds=0.2)


def _pages(visit: Visit) -> None:
    for name, path in [
        ("Schedule", "/schedule/"),
        ("Shows", "/shows/"),
        ("People", "/people/"),
        ("Search", "/search/"),
        ("Listen", "/"),
        ("Schedule", "/schedule/"),
    ]:
        visit.follow(name)
        _arrives(visit, path)


def _back_and_forth(visit: Visit) -> None:
    visit.page.go_back()
    _arrives(visit, "/")
    visit.page.go_back()
    _arrives(visit, "/search/")
    visit.page.go_forward()
    _arrives(visit, "/")


def _a_search(visit: Visit) -> None:
    visit.follow("Search")
    _arrives(visit, "/search/")
    visit.page.get_by_role("searchbox").last.fill("jazz")
    visit.page.get_by_role("searchbox").last.press("Enter")
    expect(visit.page).to_have_url(re.compile("jazz"))
    _arrives(visit, "/search/")


def _trouble(visit: Visit) -> None:
    for name, path in [
        ("Nowhere", "/nowhere/at-all/"),
        ("A fault", "/fails/"),
        ("A proxy's page", "/proxy-says-no/"),
        ("A bare page", "/bare/"),
        ("Moved", "/people/"),
    ]:
        visit.page.evaluate("() => Turbo.visit('/signpost/')")
        _arrives(visit, "/signpost/")
        visit.follow(name)
        _arrives(visit, path)
    visit.page.evaluate("() => Turbo.visit('/signpost/')")
    _arrives(visit, "/signpost/")
    visit.page.get_by_label("Letter").fill("Dear station")
    visit.page.get_by_role("button", name="Send").click()
    _arrives(visit, "/shows/")


def test_a_deploy_is_not_heard_and_its_pages_have_a_bar_that_works(visit: Visit):
    visit.play()
    visit.sound.goes_on()
    visit.page.evaluate("() => (window.isTheSameDocument = true)")
    visit.sound.watch()
    _deploy(visit)

    for path in ("/schedule/", "/nowhere/at-all/", "/fails/", "/shows/"):
        visit.page.evaluate("(path) => Turbo.visit(path)", path)
        _arrives(visit, path)
        sheets = visit.page.locator(f'link[rel="stylesheet"][href^="{DEPLOYED}"]')
        expect(sheets.first).to_be_attached()

    assert visit.page.evaluate("() => window.isTheSameDocument")
    assert visit.sound.faults == []
    visit.button("Pause").click()
    expect(visit.bar).to_have_attribute("data-state", "paused")
    visit.button("Resume").click()
    visit.is_playing()


def _deploy(visit: Visit) -> None:
    """Pages name other addresses of their scripts and styles from now on."""

    def answer(route: Route) -> None:
        url = route.request.url
        if "/static/" in url:
            route.fulfill(status=404)
        elif DEPLOYED in url:
            route.fulfill(response=route.fetch(url=url.replace(DEPLOYED, "/static/")))
        else:
            page = route.fetch()
            body = page.text().replace('"/static/', f'"{DEPLOYED}')
            route.fulfill(response=page, body=body)

    visit.page.route(f"{visit.site.url}/**", answer)


def test_a_page_that_cannot_be_fetched_does_not_end_the_sound(visit: Visit):
    visit.play()
    visit.sound.watch()
    visit.page.route("**/shows/", lambda route: route.abort())

    visit.follow("Shows")

    expect(visit.bar).to_contain_text("That page could not be fetched")
    visit.sound.goes_on()
    assert visit.sound.faults == []
    assert visit.page.url == visit.site.url + "/"


def test_the_admin_gets_a_document_of_its_own(visit: Visit):
    visit.open("/signpost/")
    visit.page.evaluate("() => (window.isTheSameDocument = true)")

    visit.follow("To the admin")

    expect(visit.page).to_have_url(re.compile("/admin/login/"))
    assert not visit.page.evaluate("() => window.isTheSameDocument")
