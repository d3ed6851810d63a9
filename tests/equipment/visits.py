"""Somebody's visit: a page of the site in a browser, and the station that it plays."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Locator, Page, expect

from equipment.browsers import Sound
from equipment.on_air import PIECES, OnAir
from equipment.sites import Site
from groundwave.delivery.schedule_news import schedule_news
from groundwave.programming.actions import pre_empt
from groundwave.programming.models import Show
from groundwave.stations.models import Station


# A tone that is measured is this near to what it is.
NEAR_HERTZ = 20


@dataclass
class Visit:
    page: Page
    site: Site
    air: OnAir

    @property
    def sound(self) -> Sound:
        return Sound(self.page)

    @property
    def bar(self) -> Locator:
        return self.page.locator("groundwave-player")

    def part(self, name: str) -> Locator:
        return self.bar.locator(f"[data-part={name}]")

    def button(self, name: str) -> Locator:
        return self.bar.get_by_role("button", name=name, exact=True)

    @property
    def behind(self) -> int:
        """Seconds behind live; 0 if live."""
        return int(self.bar.get_attribute("data-behind") or 0)

    @property
    def tone(self) -> str:
        """The title of what is really heard, by its tone."""
        hertz = self.sound.hertz
        near = (piece for piece in PIECES if abs(piece.hertz - hertz) < NEAR_HERTZ)
        return next((piece.title for piece in near), f"nothing we know, {hertz:.0f} Hz")

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site.url + path)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def play(self) -> None:
        self.page.locator(".play:visible, .player__toggle:visible").first.click()
        self.sound.begins()

    def is_playing(self, *, within: float = 15) -> None:
        """Wait until the player says so, and there is sound: both in that time."""
        deadline = time.monotonic() + within
        expect(self.bar).to_have_attribute(
            "data-state", "playing", timeout=within * 1000
        )
        self.sound.goes_on(within=deadline - time.monotonic())

    def plan(self, began: datetime, *shows: tuple[str, float]) -> None:
        """Plan shows one after the other, so many minutes each, and tell open pages."""
        self.site.ask(lambda: plan(began, shows))
        self.tell_schedule()

    def tell_schedule(self) -> None:
        """Say what is planned, as a site does that has found its transmitter."""
        for news in self.site.ask(
            lambda: [
                schedule_news(station, now=timezone.now())
                for station in Station.objects.all()
            ]
        ):
            self.air.tell(news)


def plan(began: datetime, shows: Sequence[tuple[str, float]]) -> None:
    station = Station.objects.get(slug="kgnd")
    starts_at = began.replace(microsecond=0)
    for title, minutes in shows:
        show, _ = Show.objects.get_or_create(title=title, slug=slugify(title))
        ends_at = starts_at + timedelta(minutes=minutes)
        # What was planned for the past was planned before it.
        pre_empt(station, show=show, starts_at=starts_at, ends_at=ends_at, now=began)
        starts_at = ends_at
