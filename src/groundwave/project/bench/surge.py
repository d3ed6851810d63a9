"""
A surge: everybody is there, and an editor publishes one update after the other.

The whole station runs as ``groundwave up`` runs it. Listeners are on the air, pages are
open, and the story is asked for as fast as the site answers, all at the same time.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from groundwave.project.bench.driver import listening
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.fanout import SPARE_FILES
from groundwave.project.bench.helper import Helper, helper
from groundwave.project.bench.orders import Heard, Order, Spread
from groundwave.project.bench.page_load import MISSING, PROGRAM, Asked, Load, load
from groundwave.project.bench.page_servers import Served, fetched
from groundwave.project.bench.server import HOST, allow_files, free_port
from groundwave.project.bench.stage import source_addresses
from groundwave.project.bench.surge_orders import (
    OpenPages,
    PagesOpen,
    PagesTold,
    Published,
    Written,
)
from groundwave.project.bench.verdict import Line, Result
from groundwave.project.bench.watch import Watch
from groundwave.project.bench.whole_station import whole_station


P99_SECONDS = 1.0
ARRIVALS_PER_SECOND = 250
CONNECTIONS = 64
# From the start of `groundwave up` on an empty folder to a tape to tune in to.
START_SECONDS = 45.0
ADMISSION_SECONDS = 120.0
# After the last update, for whoever is slow to be told.
LAST_SECONDS = 5.0


class Plan(msgspec.Struct, frozen=True):
    """How many there are, how long it lasts, and how often something is published."""

    listeners: int
    pages: int
    seconds: float
    updates: int

    @property
    def takes(self) -> float:
        """About how many seconds it takes."""
        return START_SECONDS + self.arriving + self.seconds + LAST_SECONDS

    @property
    def arriving(self) -> float:
        """Over how many seconds listeners and then pages come."""
        return (self.listeners + self.pages) / ARRIVALS_PER_SECOND


class Knowing(msgspec.Struct, frozen=True, kw_only=True):
    """
    How one update came to the pages, in seconds from the editor's press.

    Attributes:
        publishing: until the editor's verb was done.
        waits: until pages knew; those that never did count as waiting for ever.
    """

    number: int
    publishing: float
    waits: Spread


class SurgeResult(Result, frozen=True, kw_only=True):
    """What everybody went through."""

    plan: Plan
    updates: tuple[Knowing, ...]
    waits: Spread
    lost_pages: int
    heard: Heard
    load: Load
    pages_share: float
    listeners_share: float


async def run(plan: Plan, watch: Watch) -> SurgeResult:
    """
    Carry out *plan*.

    Raises:
        Unmeasurable: the station did not come up, or a part of the bench failed.
    """
    if shutil.which(PROGRAM) is None:
        raise Unmeasurable(MISSING)
    allow_files(plan.listeners + plan.pages + SPARE_FILES)
    air_port, site_port = free_port(count=2), free_port()
    watch.say("Groundwave: starting, with some seconds on the tape")
    with tempfile.TemporaryDirectory(prefix="groundwave-bench-") as name:
        folder = Path(name)
        async with whole_station(
            folder,
            site_port=site_port,
            air_port=air_port,
            air_url=f"http://{HOST}:{air_port}",
        ) as station:
            watch.passed(START_SECONDS)
            served = Served("Groundwave", station.pid, site_port, "/")
            return await _surge(plan, watch, folder, station.mount, served, air_port)


async def _surge(
    plan: Plan, watch: Watch, folder: Path, mount: str, served: Served, air_port: int
) -> SurgeResult:
    addresses = source_addresses()
    lasting = plan.arriving + plan.seconds + LAST_SECONDS
    order = Order(
        host=HOST,
        port=air_port,
        path=mount,
        listeners=plan.listeners,
        source_address=next(addresses),
        spread_seconds=plan.listeners / ARRIVALS_PER_SECOND,
        admission_seconds=plan.arriving + ADMISSION_SECONDS,
        hold_seconds=lasting,
    )
    pages = OpenPages(
        host=HOST,
        port=air_port,
        path="/events",
        pages=plan.pages,
        source_address=next(addresses),
        spread_seconds=plan.pages / ARRIVALS_PER_SECOND,
        hold_seconds=plan.seconds + LAST_SECONDS,
    )
    variables = {"GROUNDWAVE_DATA": str(folder / "data")}
    async with (
        helper("editor", folder, variables) as editor,
        listening(order, watch.tuning_in) as listeners,
        helper("pages", folder) as readers,
    ):
        path = (await editor.hear(Written)).path
        story = Served(served.name, served.pid, served.port, path)
        await listeners.tuned_in()
        watch.say("Pages are opened")
        readers.say(pages)
        await readers.hear(PagesOpen)
        watch.passed(plan.arriving)
        asking = asyncio.create_task(_asked(plan, story))
        published = await _publish(plan, editor, watch)
        watch.say("Everybody leaves")
        told = await readers.hear(PagesTold)
        return sum_up(plan, published, told, await listeners.heard(), await asking)


async def _asked(plan: Plan, story: Served) -> Load:
    """Ask for the story at full speed for as long as updates are published."""
    asked = Asked("gzip", is_unlike=True)
    _, body = await asyncio.to_thread(fetched, story, asked.encoding)
    return await load(
        story,
        asked,
        connections=CONNECTIONS,
        seconds=plan.seconds,
        size=len(body),
    )


async def _publish(plan: Plan, editor: Helper, watch: Watch) -> list[Published]:
    began = time.monotonic()
    published = []
    for number in range(plan.updates):
        due = began + (number + 0.5) * plan.seconds / plan.updates
        await watch.wait(due - time.monotonic(), f"{number} updates are published")
        editor.say("go")
        published.append(await editor.hear(Published))
    await watch.wait(began + plan.seconds - time.monotonic(), "All are published")
    return published


def sum_up(
    plan: Plan,
    published: Sequence[Published],
    told: PagesTold,
    heard: Heard,
    loaded: Load,
) -> SurgeResult:
    """Hold what everybody went through against the lines."""
    every = {one.number: waits_of(plan, one, told) for one in published}
    waits = Spread.over([wait for each in every.values() for wait in each])
    shares = told.cpu / told.wall, heard.hold_cpu / heard.hold_wall
    return SurgeResult(
        bench="surge",
        plan=plan,
        updates=tuple(
            Knowing(
                number=one.number,
                publishing=one.done - one.began,
                waits=Spread.over(every[one.number]),
            )
            for one in published
        ),
        waits=waits,
        lost_pages=told.lost,
        heard=heard,
        load=loaded,
        pages_share=shares[0],
        listeners_share=shares[1],
        lines=(
            Line.draw(
                f"from an editor's press until 99 in 100 of {plan.pages} pages know",
                limit=P99_SECONDS,
                unit="s",
                measured=waits.p99,
            ),
            Line.draw(
                "pages whose line ended, or that were not told of an update",
                limit=0,
                unit="",
                measured=told.lost + sum(each.count(None) for each in every.values()),
            ),
            Line.draw(
                "listeners refused, dropped, or gone silent for a moment",
                limit=0,
                unit="",
                measured=heard.lost + heard.ears_with_gaps,
            ),
            Line.draw(
                "answers of the site that failed",
                limit=0,
                unit="",
                measured=loaded.failed,
            ),
            Line.for_driver(max(shares)),
        ),
    )


def waits_of(plan: Plan, one: Published, told: PagesTold) -> list[float | None]:
    """Return how long each page waited for an update; None where it never came."""
    waits: list[float | None] = [
        at - one.began for at in told.told_at.get(one.number, ())
    ]
    return waits + [None] * (plan.pages - len(waits))
