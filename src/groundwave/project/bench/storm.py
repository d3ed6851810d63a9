"""
Everybody tunes in at once: when has each of them heard a second of sound?

The clock runs from the first connect call of all, and the last listener counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from groundwave.project.bench import sound
from groundwave.project.bench.driver import listening
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.fanout import PEERS, SPARE_FILES
from groundwave.project.bench.orders import Heard, Order
from groundwave.project.bench.server import HOST, Server, allow_files
from groundwave.project.bench.stage import (
    WARM_SECONDS,
    Peer,
    Snapshot,
    Usage,
    on_air,
    source_addresses,
)
from groundwave.project.bench.verdict import DRIVER_SHARE, Line, Result, late_encoder
from groundwave.project.bench.watch import Watch


WITHIN_SECONDS = 2.0
MEMORY_MB = 150
MEGABYTE = 1_000_000
# Who has heard nothing by then is not waited for any longer.
ADMISSION_SECONDS = 120.0


class Plan(msgspec.Struct, frozen=True):
    """
    How many at once, and for how long they are watched afterwards.

    ``alone`` leaves Icecast out: no line depends on it here.
    """

    listeners: int
    hold_seconds: float
    alone: bool = False

    @property
    def takes(self) -> float:
        """About how many seconds it takes, if nobody waits in vain."""
        return len(self.peers) * (WARM_SECONDS + self.hold_seconds)

    @property
    def peers(self) -> tuple[tuple[str, Peer], ...]:
        """Who has to weather it."""
        return PEERS[:1] if self.alone else PEERS


class Surge(msgspec.Struct, frozen=True, kw_only=True):
    """
    How one server took it.

    Attributes:
        side: ``ours`` or ``icecast``.
        waited: seconds until the last listener had heard a second of sound, or
            until the bench gave up.
        driver_share: the driver's CPU while listeners tuned in, of a core.
        usage: everyone's CPU, from the first call to the end.
        rss: resident memory with all listeners aboard, in bytes.
    """

    side: str
    server: str
    waited: float
    rss: int
    peak_rss: int
    children_rss: int
    driver_share: float
    usage: Usage
    encoder_late: float = 0.0
    heard: Heard


class StormResult(Result, frozen=True, kw_only=True):
    """How the servers took it."""

    plan: Plan
    surges: tuple[Surge, ...]


async def run(plan: Plan, watch: Watch) -> StormResult:
    """Let the storm loose on each server in turn."""
    allow_files(plan.listeners + SPARE_FILES)
    loop = await sound.loop()
    surges: list[Surge] = []
    unmeasured: list[str] = []
    for (side, peer), address in zip(plan.peers, source_addresses(), strict=False):
        try:
            async with on_air(peer, loop, watch) as (server, pace):
                order = _order(plan, server, address)
                surge = await _surge(plan, order, side, server, watch)
            surges.append(msgspec.structs.replace(surge, encoder_late=pace.late))
        except Unmeasurable as reason:
            unmeasured.append(str(reason))
    return sum_up(plan, surges, unmeasured)


def sum_up(
    plan: Plan, surges: Sequence[Surge], unmeasured: Sequence[str]
) -> StormResult:
    """Hold what we took against the lines; Icecast's figures stand beside them."""
    ours = next((surge for surge in surges if surge.side == "ours"), None)
    return StormResult(
        bench="storm",
        plan=plan,
        surges=tuple(surges),
        unmeasured=(*unmeasured, *_doubts(ours, surges)),
        lines=(
            Line.draw(
                f"until each of {plan.listeners} has heard a second of sound",
                limit=WITHIN_SECONDS,
                unit="s",
                measured=ours.heard.all_within if ours else None,
            ),
            Line.draw(
                "refused, dropped, or gone silent for a moment",
                limit=0,
                unit="listeners",
                measured=ours.heard.lost + ours.heard.ears_with_gaps if ours else None,
            ),
            Line.draw(
                f"the transmitter's resident memory at {plan.listeners} listeners",
                limit=MEMORY_MB,
                unit="MB",
                measured=ours.peak_rss / MEGABYTE if ours else None,
            ),
        ),
    )


def _doubts(ours: Surge | None, surges: Sequence[Surge]) -> Iterator[str]:
    for surge in surges:
        yield from late_encoder(surge.server, surge.encoder_late)
    # As busy as it can be, the driver may have been the brake.
    if ours and ours.driver_share >= DRIVER_SHARE:
        yield (
            f"The listener driver used {ours.driver_share:.0%} of a core while our "
            "listeners tuned in: the server may be faster than can be measured here."
        )


def _order(plan: Plan, server: Server, address: str) -> Order:
    return Order(
        host=HOST,
        port=server.port,
        path=server.listen_path,
        listeners=plan.listeners,
        source_address=address,
        admission_seconds=ADMISSION_SECONDS,
        hold_seconds=plan.hold_seconds,
    )


async def _surge(
    plan: Plan, order: Order, side: str, server: Server, watch: Watch
) -> Surge:
    watch.say(f"{server.name}: here they come")
    async with listening(order, watch.tuning_in) as driver:
        before = Snapshot.take(server.pid, driver.pid)
        tuned_in = await driver.tuned_in()
        # The last figures are taken with everyone still aboard.
        aboard = max(0.0, plan.hold_seconds - 1.0)
        await watch.wait(aboard, f"{server.name}: does anyone drop out?")
        after = Snapshot.take(server.pid, driver.pid)
        heard = await driver.heard()
    return Surge(
        side=side,
        server=server.name,
        waited=tuned_in.waited,
        rss=after.server.rss,
        peak_rss=after.server.peak_rss,
        children_rss=after.server.children_rss,
        driver_share=heard.admission_cpu / heard.admission_wall,
        usage=Usage.between(before, after),
        heard=heard,
    )
