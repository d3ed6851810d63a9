from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from equipment.browsers import visitor
from equipment.daytime import daytime_zone
from equipment.on_air import OnAir
from equipment.sites import Site
from equipment.transmitters import Page, Transmitter, kgnd as kgnd_line, running
from equipment.visits import Visit
from groundwave.patchbay.messages import StationLine
from groundwave.stations.actions import open_station
from groundwave.stations.models import Station


Made = TypeVar("Made")
Use = Callable[[Made], Made]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def use(stack: ExitStack) -> Use:
    """Start a piece of equipment, and close it when the journey is over."""

    def use(made: Made) -> Made:
        stack.callback(made.close)  # type: ignore[attr-defined]
        start = getattr(made, "start", None)
        if start:
            start()
        return made

    return use


@pytest.fixture
def kgnd(kgnd: Station) -> Station:
    """The station, where it is day: what is planned around now is all of one date."""
    kgnd.timezone = kgnd.licensee.timezone = daytime_zone(timezone.now())
    kgnd.licensee.save()
    kgnd.save()
    return kgnd


@pytest.fixture
def zone(kgnd: Station) -> ZoneInfo:
    """Its time zone."""
    return ZoneInfo(kgnd.timezone)


@pytest.fixture
def line() -> StationLine:
    """What the transmitter is told of the station."""
    return kgnd_line()


@pytest.fixture
def transmitter(tmp_path: Path, line: StationLine) -> Iterator[Transmitter]:
    with running(tmp_path, line) as transmitter:
        yield transmitter


@pytest.fixture
def page(transmitter: Transmitter, use: Use) -> Page:
    return use(Page(transmitter))


@pytest.fixture(scope="module")
def station_on_air(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnAir]:
    """One station on the air for all journeys of a module."""
    with closing(OnAir(tmp_path_factory.mktemp("kgnd"))) as station:
        station.start()
        yield station


@pytest.fixture
def air(station_on_air: OnAir) -> OnAir:
    """It, as every journey wants to find it."""
    station_on_air.put_right()
    return station_on_air


@pytest.fixture
def site(kgnd, settings, air: OnAir, use) -> Site:
    """The site of that station, and of KGND Jazz beside it."""
    open_station(kgnd.licensee, slug="jazz", name="KGND Jazz", timezone="UTC")
    settings.GROUNDWAVE_AIR_URL = air.url
    settings.ROOT_URLCONF = "equipment.troubled_urls"
    return use(Site())


@pytest.fixture
def visit(site: Site, air: OnAir) -> Iterator[Visit]:
    """Somebody opens the front page; nothing that they do is against our policy."""
    with visitor() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        visit = Visit(page, site, air)
        visit.tell_schedule()
        visit.open()
        yield visit
    assert not [each for each in said if "Content Security Policy" in each]
