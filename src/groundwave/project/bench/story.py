"""
How many readers one core serves with a page: ours, nginx with the same bytes as a file.

The servers take turns on one core, the driver has the others. What the site does
without its edition stands beside them: every page made for every reader.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

import msgspec

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.page_load import Asked, Load, load
from groundwave.project.bench.page_servers import (
    Served,
    fetched,
    nginx,
    prepare,
    site,
)
from groundwave.project.bench.verdict import Line, Result
from groundwave.project.bench.watch import Watch


RATIO = 0.75
PREPARE_SECONDS = 45.0
WARM_SECONDS = 2.0
# nginx as Debian ships it has no brotli; ours is measured with it all the same.
COMPARED = (Asked("identity"), Asked("gzip"), Asked("gzip", is_unlike=True))
OURS_ALONE = (Asked("br"),)
MEGABYTES = 64


# The driver needs about as much for an answer as the servers do, and may be what sets
# the pace for both. What a server's own CPU does for each answer it does not touch.
_COUNTS: dict[str, Callable[[Load], float]] = {
    "answers in a second": lambda load: load.each_second,
    "answers in a second of its CPU": lambda load: load.each_cpu_second,
}


class Plan(msgspec.Struct, frozen=True):
    """Which page, asked for over how many connections, how long, how many times."""

    path: str
    connections: int
    seconds: float
    rounds: int

    @property
    def takes(self) -> float:
        """About how many seconds it takes."""
        loads = self.rounds * (2 * len(COMPARED) + len(OURS_ALONE)) + 1
        return PREPARE_SECONDS + loads * (self.seconds + WARM_SECONDS)


class StoryResult(Result, frozen=True, kw_only=True):
    """What each server stood up to, load by load."""

    plan: Plan
    loads: tuple[Load, ...]


async def run(plan: Plan, watch: Watch) -> StoryResult:
    """
    Carry out *plan*.

    Raises:
        Unmeasurable: not even our own side could be measured.
    """
    with tempfile.TemporaryDirectory(prefix="groundwave-bench-") as name:
        folder = Path(name)
        watch.say("Making the demo station's site")
        await prepare(folder)
        watch.passed(PREPARE_SECONDS)
        loads: list[Load] = []
        unmeasured: list[str] = []
        async with site(folder, plan.path, megabytes=MEGABYTES) as ours:
            body = _the_page(ours)
            try:
                async with nginx(folder, body) as theirs:
                    for _ in range(plan.rounds):
                        for served in (ours, theirs):
                            loads += [
                                await _loaded(plan, served, asked, watch)
                                for asked in COMPARED
                            ]
            except Unmeasurable as reason:
                unmeasured.append(f"nginx: {reason} (Debian: apt install nginx)")
            for asked in OURS_ALONE:
                loads.append(await _loaded(plan, ours, asked, watch))
        async with site(folder, plan.path, megabytes=0) as alone:
            loads.append(await _loaded(plan, alone, Asked("gzip"), watch))
    return sum_up(plan, loads, unmeasured)


def _the_page(served: Served) -> bytes:
    status, body = fetched(served)
    if status != 200:
        raise Unmeasurable(
            f"{served.path} is answered with {status}; name a page of the demo's with "
            "--path."
        )
    return body


async def _loaded(plan: Plan, served: Served, asked: Asked, watch: Watch) -> Load:
    watch.say(f"{served.name}, {asked.name}")
    _, body = fetched(served, asked.encoding)
    found = await load(
        served,
        asked,
        connections=plan.connections,
        seconds=plan.seconds,
        size=len(body),
    )
    watch.passed(plan.seconds + WARM_SECONDS)
    return found


def sum_up(plan: Plan, loads: Sequence[Load], unmeasured: Sequence[str]) -> StoryResult:
    """Hold ours against nginx; the median of the rounds counts."""
    return StoryResult(
        bench="story",
        plan=plan,
        loads=tuple(loads),
        unmeasured=tuple(unmeasured),
        lines=tuple(_lines(loads)),
    )


def _lines(loads: Sequence[Load]) -> Iterator[Line]:
    for asked in COMPARED:
        for what, count in _COUNTS.items():
            yield Line.at_least(
                f"{what}, {asked.name}",
                limit=RATIO,
                unit="of nginx's",
                measured=ratio(loads, asked.name, count),
            )
    yield Line.draw(
        "answers of ours that failed",
        limit=0,
        unit="",
        measured=sum(each.failed for each in loads if each.server == "Groundwave"),
    )


def ratio(
    loads: Sequence[Load], name: str, count: Callable[[Load], float]
) -> float | None:
    """Return our *count* over nginx's, medians of both; None if one was not measured."""
    ours, theirs = (
        [
            count(load)
            for load in loads
            if (load.server, load.encoding) == (server, name)
        ]
        for server in ("Groundwave", "nginx")
    )
    return median(ours) / median(theirs) if ours and theirs else None
