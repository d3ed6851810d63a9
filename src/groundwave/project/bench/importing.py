"""
How fast stories come in from a network, and whether that stays so as the archive grows.

A made-up network answers from a process of its own; the importer, another one, asks it with
the rounds that the worker runs. Nobody else does this with so much as stands on a story's
page, so that it is held against itself: the same import among no stories and among many.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from groundwave.project.bench.helper import Helper, helper
from groundwave.project.bench.import_orders import (
    Doing,
    Done,
    Import,
    Open,
    Round,
    Serve,
)
from groundwave.project.bench.page_servers import prepare, variables
from groundwave.project.bench.server import HOST
from groundwave.project.bench.verdict import Line, Result
from groundwave.project.bench.watch import Watch


FLAT_QUERIES = 1.05
FLAT_PACE = 0.8
PREPARE_SECONDS = 30.0
# Guesses for the bar: of a story that is imported and changed, and of one that is copied.
STORY_SECONDS = 0.5
COPY_SECONDS = 0.01
# What the network has changed within a day is asked for, of both versions.
LASTED = timedelta(hours=21)


class Plan(msgspec.Struct, frozen=True):
    """How many stories to import each time, the last time among how many others."""

    documents: int
    stories: int

    @property
    def archives(self) -> tuple[int, ...]:
        """How many stories are there before each import, at least."""
        return 0, self.stories // 10, self.stories

    @property
    def takes(self) -> float:
        """About how many seconds it takes."""
        rounds = len(self.archives) * self.documents * STORY_SECONDS
        return PREPARE_SECONDS + rounds + self.stories * COPY_SECONDS


class ImportResult(Result, frozen=True, kw_only=True):
    """What each round took, and what the archive was when it began."""

    plan: Plan
    rounds: tuple[Round, ...]


async def run(plan: Plan, watch: Watch) -> ImportResult:
    """
    Carry out *plan*.

    Raises:
        Unmeasurable: a part of the bench failed; the message has its last words.
    """
    with tempfile.TemporaryDirectory(prefix="groundwave-bench-") as name:
        folder = Path(name)
        watch.say("Making an empty site")
        await prepare(folder, "--no-demo")
        watch.passed(PREPARE_SECONDS)
        async with helper("far_service", folder) as network:
            now = datetime.now(UTC)  # noqa: TID251 -- the edge: a bench begins
            network.say(Serve(plan.documents, now - LASTED))
            port = (await network.hear(Open)).port
            allowed = {"GROUNDWAVE_OUTBOUND_ALLOW": f"{HOST}:{port}"}
            async with helper("importer", folder, variables(folder) | allowed) as ours:
                ours.say(
                    Import(
                        origin=f"http://{HOST}:{port}",
                        documents=plan.documents,
                        archives=plan.archives,
                    )
                )
                return sum_up(plan, await _heard(plan, ours, watch))


async def _heard(plan: Plan, importer: Helper, watch: Watch) -> list[Round]:
    """Return all its rounds, and show meanwhile what it does."""
    rounds: list[Round] = []
    shown = time.monotonic()
    while True:
        match await importer.hear(Doing, Round, Done):
            case Doing(text, done, total):
                watch.say(f"{text}: {done} of {total}")
                watch.passed(-shown + (shown := time.monotonic()))
            case Round() as found:
                rounds.append(found)
            case _:
                return rounds


def sum_up(plan: Plan, rounds: Sequence[Round]) -> ImportResult:
    """Hold the import among many stories against that among none."""
    return ImportResult(
        bench="import", plan=plan, rounds=tuple(rounds), lines=tuple(_lines(rounds))
    )


_KINDS = {"new": "new stories", "changed": "changed stories"}


def _lines(rounds: Sequence[Round]) -> Iterator[Line]:
    for kind, name in _KINDS.items():
        yield Line.draw(
            f"queries for one of the {name}, among the most stories",
            limit=FLAT_QUERIES,
            unit="of those among none",
            measured=_growth(rounds, kind, lambda each: each.queries),
        )
        yield Line.at_least(
            f"{name} a second, among the most stories",
            limit=FLAT_PACE,
            unit="of those among none",
            measured=_growth(rounds, kind, lambda each: each.each_second),
        )
    yield Line.draw(
        "stories that readers do not have as they are upstream",
        limit=0,
        unit="",
        measured=sum(each.documents - each.live for each in rounds) if rounds else None,
    )


def _growth(
    rounds: Sequence[Round], kind: str, figure: Callable[[Round], float]
) -> float | None:
    """Return the *figure* of the last round of that *kind* over the first's."""
    found = [figure(each) for each in rounds if each.kind == kind]
    return found[-1] / found[0] if len(found) > 1 and found[0] else None
