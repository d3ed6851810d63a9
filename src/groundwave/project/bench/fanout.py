"""
What does one more listener cost? Ours and Icecast's, by turns.

The servers alternate, so that whatever else the machine does falls on both. The
ratio compares one process with one process; our codec children do work that
Icecast has no counterpart for (HLS renditions), and are a figure of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

import msgspec

from groundwave.project.bench import sound
from groundwave.project.bench.driver import listening
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.icecast import icecast
from groundwave.project.bench.orders import Heard, Order
from groundwave.project.bench.ours import transmitter
from groundwave.project.bench.server import HOST, Server, allow_files
from groundwave.project.bench.stage import (
    WARM_SECONDS,
    Peer,
    Snapshot,
    Usage,
    changing_titles,
    on_air,
    source_addresses,
)
from groundwave.project.bench.verdict import Line, Result, late_encoder
from groundwave.project.bench.watch import Watch


RATIO = 0.40
# Listeners tune in over as long as this many a second need; no storm.
TUNE_INS_PER_SECOND = 250
ADMISSION_SECONDS = 120.0
# From the last tune-in to the first figure, and from the last figure to the end.
SETTLE_SECONDS = 5.0
SPARE_FILES = 256
PEERS: tuple[tuple[str, Peer], ...] = (("ours", transmitter), ("icecast", icecast))


class Plan(msgspec.Struct, frozen=True):
    """How many listeners, for how many seconds, how many times."""

    listeners: int
    seconds: float
    rounds: int
    icy: tuple[bool, ...] = (False, True)

    def __iter__(self) -> Iterator[tuple[bool, str, Peer]]:
        for icy in self.icy:
            for _ in range(self.rounds):
                for side, peer in PEERS:
                    yield icy, side, peer

    @property
    def takes(self) -> float:
        """About how many seconds it takes."""
        return len(list(self)) * (WARM_SECONDS + SETTLE_SECONDS + self.seconds)


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """
    One server, measured once.

    Attributes:
        side: ``ours`` or ``icecast``.
        cpu_us: microseconds of the server process's CPU for one listener to hear
            one second.
        children_cpu_us: the same of its children.
    """

    side: str
    server: str
    icy: bool
    cpu_us: float
    children_cpu_us: float
    rss: int
    peak_rss: int
    children_rss: int
    usage: Usage
    encoder_late: float
    heard: Heard


class Ratio(msgspec.Struct, frozen=True):
    """Our CPU per listener over Icecast's; the mean, and round by round."""

    icy: bool
    mean: float | None
    each: tuple[float, ...]

    @classmethod
    def of(cls, rounds: Sequence[Round], *, icy: bool) -> Ratio:
        """Compare those of *rounds* with or without *icy* titles."""
        ours, theirs = (
            [r.cpu_us for r in rounds if r.side == side and r.icy == icy]
            for side, _ in PEERS
        )
        if not ours or not any(theirs):
            return cls(icy, None, ())
        each = tuple(a / b for a, b in zip(ours, theirs, strict=False))
        return cls(icy, fmean(ours) / fmean(theirs), each)


class FanoutResult(Result, frozen=True, kw_only=True):
    """What one more listener costs."""

    plan: Plan
    rounds: tuple[Round, ...]
    ratios: tuple[Ratio, ...]


async def run(plan: Plan, watch: Watch) -> FanoutResult:
    """
    Carry out *plan*.

    Raises:
        Unmeasurable: not even our own side could be measured.
    """
    allow_files(plan.listeners + SPARE_FILES)
    loop = await sound.loop()
    addresses = source_addresses()
    rounds: list[Round] = []
    unmeasured: dict[str, str] = {}
    for icy, side, peer in plan:
        if side in unmeasured:
            continue
        try:
            async with on_air(peer, loop, watch) as (server, pace):
                order = _order(plan, server, next(addresses), icy=icy)
                before, after, heard = await _listen(plan, order, server, watch)
        except Unmeasurable as reason:
            unmeasured[side] = str(reason)
            continue
        usage = Usage.between(before, after)
        per_listener = 1_000_000 / max(1, heard.heard)
        rounds.append(
            Round(
                side=side,
                server=server.name,
                icy=icy,
                cpu_us=usage.server * per_listener,
                children_cpu_us=usage.children * per_listener,
                rss=after.server.rss,
                peak_rss=after.server.peak_rss,
                children_rss=after.server.children_rss,
                usage=usage,
                encoder_late=pace.late,
                heard=heard,
            )
        )
    return sum_up(plan, rounds, tuple(unmeasured.values()))


def sum_up(
    plan: Plan, rounds: Sequence[Round], unmeasured: tuple[str, ...]
) -> FanoutResult:
    """Compare the *rounds* and hold them against the lines."""
    ratios = tuple(Ratio.of(rounds, icy=icy) for icy in plan.icy)
    ours = [r for r in rounds if r.side == "ours"]
    return FanoutResult(
        bench="fanout",
        plan=plan,
        rounds=tuple(rounds),
        ratios=ratios,
        unmeasured=(*unmeasured, *_doubts(rounds)),
        lines=(
            *(_ratio_line(ratio) for ratio in ratios),
            Line.draw(
                "our listeners refused, dropped, or gone silent for a moment",
                limit=0,
                unit="listeners",
                measured=sum(r.heard.lost + r.heard.ears_with_gaps for r in ours)
                if ours
                else None,
            ),
            Line.for_driver(max((r.usage.driver for r in rounds), default=0.0)),
        ),
    )


def _doubts(rounds: Sequence[Round]) -> Iterator[str]:
    for one in rounds:
        yield from late_encoder(one.server, one.encoder_late)


def _ratio_line(ratio: Ratio) -> Line:
    return Line.draw(
        f"CPU per listener, {'with' if ratio.icy else 'without'} titles",
        limit=RATIO,
        unit="x Icecast's",
        measured=ratio.mean,
    )


def _order(plan: Plan, server: Server, address: str, *, icy: bool) -> Order:
    spread = plan.listeners / TUNE_INS_PER_SECOND
    return Order(
        host=HOST,
        port=server.port,
        path=server.listen_path,
        listeners=plan.listeners,
        source_address=address,
        spread_seconds=spread,
        admission_seconds=spread + ADMISSION_SECONDS,
        hold_seconds=2 * SETTLE_SECONDS + plan.seconds,
        icy=icy,
    )


async def _listen(
    plan: Plan, order: Order, server: Server, watch: Watch
) -> tuple[Snapshot, Snapshot, Heard]:
    async with listening(order, watch.tuning_in) as driver:
        await driver.tuned_in()
        await watch.wait(SETTLE_SECONDS, f"{server.name}: settling")
        before = Snapshot.take(server.pid, driver.pid)
        async with changing_titles(server):
            await watch.wait(plan.seconds, f"{server.name}: measuring")
        after = Snapshot.take(server.pid, driver.pid)
        watch.say(f"{server.name}: listeners leave")
        return before, after, await driver.heard()
