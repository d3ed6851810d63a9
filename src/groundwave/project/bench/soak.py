"""
Does it stay the same? A public that comes and goes, and what the process holds.

The crowd is as large at the end as at the beginning, so what grows is kept by
mistake. The first quarter is left out: caches fill, pools grow, the live window
becomes as long as it will be.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from random import Random

import msgspec

from groundwave.patchbay.messages import Role
from groundwave.project.bench import crowd, plot, sound, sources
from groundwave.project.bench.crowd import Seat, Tally
from groundwave.project.bench.desk import take_sessions
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.ours import Plant, plant
from groundwave.project.bench.server import allow_files, last_words
from groundwave.project.bench.trend import Trend
from groundwave.project.bench.verdict import Line, Result
from groundwave.project.bench.vitals import Vitals
from groundwave.project.bench.watch import Watch


SAMPLE_SECONDS = 5.0
WARM_SHARE = 0.25
# Until there is tape enough for players of HLS, which are asked to wait before.
ON_TAPE_SECONDS = 25.0
# So that the live window is full before the warm-up of twenty minutes is over.
WINDOW_SECONDS = 120.0
ROLES = (Role.STUDIO, Role.MAIN, Role.BACKUP)
SPARE_FILES = 512

MEGABYTE = 1_000_000
# The memory that an allocator takes or gives back by chance, and no leak worth
# the name in the hundreds of sessions and dozens of sources of a soak.
MEMORY_GROWTH_MB = 3.0
# A share of the level: the crowd breathes.
FDS_GROWTH = 0.05


class Plan(msgspec.Struct, frozen=True):
    """For how long, with how many listeners; pages and HLS in proportion."""

    minutes: float
    listeners: int
    seed: int = 1

    @property
    def takes(self) -> float:
        """How many seconds it takes."""
        return self.minutes * 60


class Sample(msgspec.Struct, frozen=True):
    """The transmitter at one moment, seconds after the crowd was let in."""

    at: float
    vitals: Vitals


class SoakResult(Result, frozen=True, kw_only=True):
    """
    What grew.

    Attributes:
        trends: by what was sampled, after the warm-up; memory in bytes.
    """

    plan: Plan
    tally: Tally
    trends: dict[str, Trend]
    samples: tuple[Sample, ...]


async def run(plan: Plan, watch: Watch) -> SoakResult:
    """
    Carry out *plan*.

    Raises:
        Unmeasurable: the transmitter did not come up, or did not stay up.
    """
    allow_files(2 * plan.listeners + SPARE_FILES)
    loop = await sound.loop()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="groundwave-bench-") as folder:
        async with plant(
            Path(folder), roles=ROLES, window_seconds=WINDOW_SECONDS
        ) as running:
            samples = await _soak(plan, running, loop, tally, watch)
    return sum_up(plan, samples, tally)


def sum_up(plan: Plan, samples: Sequence[Sample], tally: Tally) -> SoakResult:
    """Fit the trends and hold them against the lines."""
    trends = {name: _trend(samples, name) for name in _SAMPLED}
    return SoakResult(
        bench="soak",
        plan=plan,
        tally=tally,
        trends=trends,
        samples=tuple(samples),
        lines=(
            Line.draw(
                "resident memory of the transmitter grew by",
                limit=MEMORY_GROWTH_MB,
                unit="MB",
                measured=trends["rss"].growth / MEGABYTE,
            ),
            Line.draw(
                "its open files grew by",
                limit=FDS_GROWTH,
                unit="of their number",
                measured=trends["fds"].growth / max(1.0, trends["fds"].level),
            ),
            Line.draw(
                "its threads and children grew by",
                limit=1,
                unit="",
                measured=trends["threads"].growth + trends["children"].growth,
            ),
            Line.draw(
                "listeners and pages cut off or turned away",
                limit=0,
                unit="",
                measured=tally.cut_off + tally.refused,
            ),
            Line.draw(
                "the longest silence any listener heard",
                limit=0,
                unit="s",
                measured=tally.longest_silence,
            ),
        ),
    )


def figure(result: SoakResult) -> str:
    """Return the plot of memory and open files over time, as an SVG."""
    at = [sample.at for sample in result.samples]
    memory, fds = (result.trends[name] for name in ("rss", "fds"))
    return plot.draw(
        f"The transmitter over {result.plan.minutes:g} minutes of coming and going",
        at,
        [
            plot.Curve(
                "resident memory, MB",
                [sample.vitals.rss / MEGABYTE for sample in result.samples],
                Trend(*(part / MEGABYTE for part in msgspec.structs.astuple(memory))),
            ),
            plot.Curve(
                "open files", [sample.vitals.fds for sample in result.samples], fds
            ),
        ],
        warm=_warm(result.samples),
    )


_SAMPLED = ("rss", "children_rss", "fds", "threads", "children")


def _trend(samples: Sequence[Sample], name: str) -> Trend:
    warm = _warm(samples)
    measured = [sample for sample in samples if sample.at >= warm]
    return Trend.through(
        [sample.at for sample in measured],
        [getattr(sample.vitals, name) for sample in measured],
    )


def _warm(samples: Sequence[Sample]) -> float:
    return samples[-1].at * WARM_SHARE if samples else 0.0


async def _soak(
    plan: Plan, running: Plant, loop: Sequence[bytes], tally: Tally, watch: Watch
) -> list[Sample]:
    seats = _seats(plan, running, tally)
    tasks = [asyncio.create_task(part) for part in _encoders(running, loop, seats)]
    tasks.append(asyncio.create_task(take_sessions(running, tally)))
    try:
        await watch.wait(
            ON_TAPE_SECONDS, f"{running.server.name}: going on the air and on tape"
        )
        tasks += [asyncio.create_task(part) for part in _public(plan, seats)]
        return await _sample(plan, running, tally, tasks, watch)
    except Unmeasurable as reason:
        raise Unmeasurable(f"{reason} {last_words(running.server.log)}") from None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _seats(plan: Plan, running: Plant, tally: Tally) -> Iterator[Seat]:
    dice = Random(plan.seed)  # noqa: S311 - the same soak again, not a secret
    while True:
        own = Random(dice.random())  # noqa: S311
        yield Seat(running.server.port, own, tally)


def _encoders(
    running: Plant, loop: Sequence[bytes], seats: Iterator[Seat]
) -> Iterator[Coroutine[None, None, None]]:
    yield sources.stay_on_air(running, Role.BACKUP, loop)
    for role in (Role.STUDIO, Role.MAIN):
        yield sources.come_and_go(running, role, loop, next(seats))
        yield sources.change_titles(running, role, next(seats))


def _public(plan: Plan, seats: Iterator[Seat]) -> Iterator[Coroutine[None, None, None]]:
    for do, one_for_each in (
        (crowd.listen, 1),
        (crowd.doze, 50),
        (crowd.follow, 10),
        (crowd.read_page, 4),
        (crowd.pester, 50),
    ):
        for _ in range(max(1, plan.listeners // one_for_each)):
            yield do(next(seats))


async def _sample(
    plan: Plan,
    running: Plant,
    tally: Tally,
    tasks: Sequence[asyncio.Task[None]],
    watch: Watch,
) -> list[Sample]:
    samples: list[Sample] = []
    started = time.monotonic()
    while (at := time.monotonic() - started) < plan.takes:
        vitals = Vitals.of(running.server.pid)
        samples.append(Sample(at, vitals))
        _end_if_one_failed(tasks)
        await watch.wait(
            min(SAMPLE_SECONDS, plan.takes - at),
            f"{vitals.rss / MEGABYTE:.0f} MB, {vitals.fds} files, {tally.visits} visits",
        )
    return samples


def _end_if_one_failed(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Raise what ended one of *tasks*: each of them should go on until cancelled."""
    for task in tasks:
        if task.done():
            task.result()
