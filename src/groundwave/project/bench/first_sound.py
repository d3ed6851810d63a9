"""
From the tap on Play to the first sound, on a line as a household has it.

Ours is the whole station, with its player; the peer is Icecast, with a page that has
nothing but an audio element. Our own mount stands on that page as well, so that like is
beside like. All are behind the same line, in the same browser, and each visit begins
with an empty cache.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from groundwave.project.bench import sound
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.icecast import icecast
from groundwave.project.bench.ours import transmitter
from groundwave.project.bench.plain_page import plain_page
from groundwave.project.bench.server import HOST, free_port
from groundwave.project.bench.shaping import Shape, ShapedLine
from groundwave.project.bench.stage import WARM_SECONDS, Peer, on_air
from groundwave.project.bench.verdict import Line, Result
from groundwave.project.bench.visits import Visit, browser, visit
from groundwave.project.bench.watch import Watch
from groundwave.project.bench.whole_station import whole_station


if TYPE_CHECKING:
    from playwright.async_api import Browser


WITHIN_SECONDS = 1.5
# JavaScript that a page may fetch before somebody presses Play.
SCRIPT_KB = 45
# From the start of `groundwave up` on an empty folder to a tape to tune in to.
START_SECONDS = 45.0
VISIT_SECONDS = 4.0

# The name of a server, and where its page is.
Found = tuple[str, str]
Site = Callable[[ShapedLine, Watch], AbstractAsyncContextManager[Found]]


class Plan(msgspec.Struct, frozen=True):
    """How many visits to each, over what line; ``alone`` leaves Icecast out."""

    visits: int
    shape: Shape
    alone: bool = False

    @property
    def takes(self) -> float:
        """About how many seconds it takes."""
        starts = START_SECONDS + (len(self.sides) - 1) * WARM_SECONDS
        return starts + len(self.sides) * self.visits * VISIT_SECONDS

    @property
    def sides(self) -> tuple[tuple[str, Site], ...]:
        """Who is visited."""
        return OURS if self.alone else (*OURS, ICECAST)


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One server's visits; ``median`` and ``worst`` are None if any heard nothing."""

    side: str
    server: str
    median: float | None
    worst: float | None
    scripts_before: int
    scripts_after: int
    visits: tuple[Visit, ...]

    @classmethod
    def of(cls, side: str, server: str, visits: Sequence[Visit]) -> Side:
        """Sum *visits* up; the scripts are those of the visit that had most."""
        waits = [each.seconds for each in visits if each.seconds is not None]
        heard = bool(waits) and len(waits) == len(visits)
        return cls(
            side=side,
            server=server,
            median=median(waits) if heard else None,
            worst=max(waits) if heard else None,
            scripts_before=max((each.scripts_before for each in visits), default=0),
            scripts_after=max((each.scripts_after for each in visits), default=0),
            visits=tuple(visits),
        )


class FirstSoundResult(Result, frozen=True, kw_only=True):
    """How long people wait."""

    plan: Plan
    sides: tuple[Side, ...]


async def run(plan: Plan, watch: Watch) -> FirstSoundResult:
    """
    Carry out *plan*.

    Raises:
        Unmeasurable: there is no browser.
    """
    sides: list[Side] = []
    unmeasured: list[str] = []
    async with browser() as visitors:
        for name, site in plan.sides:
            try:
                sides.append(await _visited(plan, name, site, visitors, watch))
            except Unmeasurable as reason:
                unmeasured.append(str(reason))
    return sum_up(plan, sides, unmeasured)


def sum_up(
    plan: Plan, sides: Sequence[Side], unmeasured: Sequence[str]
) -> FirstSoundResult:
    """Hold ours against the lines; Icecast's figures stand beside them."""
    ours = next((side for side in sides if side.side == "ours"), None)
    return FirstSoundResult(
        bench="first-sound",
        plan=plan,
        sides=tuple(sides),
        unmeasured=tuple(unmeasured),
        lines=tuple(_lines(plan, ours)),
    )


def _lines(plan: Plan, ours: Side | None) -> Iterator[Line]:
    for what, figure in (("half of", "median"), ("each of", "worst")):
        yield Line.draw(
            f"from the tap to the first sound, {what} {plan.visits} visits",
            limit=WITHIN_SECONDS,
            unit="s",
            measured=getattr(ours, figure, None),
        )
    yield Line.draw(
        "JavaScript that is fetched before the tap, compressed",
        limit=SCRIPT_KB,
        unit="kB",
        measured=ours.scripts_before / 1000 if ours else None,
    )


async def _visited(
    plan: Plan, name: str, site: Site, visitors: Browser, watch: Watch
) -> Side:
    line = ShapedLine(plan.shape)
    async with site(line, watch) as (server, url):
        visits: list[Visit] = []
        for number in range(1, plan.visits + 1):
            watch.say(f"{server}: visit {number} of {plan.visits}")
            visits.append(await visit(visitors, url))
            watch.passed(VISIT_SECONDS)
    return Side.of(name, server, visits)


@asynccontextmanager
async def _ours(line: ShapedLine, watch: Watch) -> AsyncIterator[Found]:
    air_port, site_port = free_port(count=2), free_port()
    watch.say("Groundwave: starting, with some seconds on the tape")
    with tempfile.TemporaryDirectory(prefix="groundwave-bench-") as folder:
        async with (
            line.to(air_port) as air,
            line.to(site_port) as site,
            whole_station(
                Path(folder),
                site_port=site_port,
                air_port=air_port,
                air_url=f"http://{HOST}:{air}",
            ),
        ):
            watch.passed(START_SECONDS)
            yield "Groundwave", f"http://{HOST}:{site}/"


def _with_a_plain_page(peer: Peer) -> Site:
    """Return the way to a server whose mount stands on a page of its own."""

    @asynccontextmanager
    async def site(line: ShapedLine, watch: Watch) -> AsyncIterator[Found]:
        async with (
            on_air(peer, await sound.loop(), watch) as (server, _),
            line.to(server.port) as air,
            plain_page(f"http://{HOST}:{air}{server.listen_path}") as page,
            line.to(page) as site,
        ):
            yield f"{server.name}, plain page", f"http://{HOST}:{site}/"

    return site


OURS: tuple[tuple[str, Site], ...] = (
    ("ours", _ours),
    ("mount", _with_a_plain_page(transmitter)),
)
ICECAST: tuple[str, Site] = ("icecast", _with_a_plain_page(icecast))
