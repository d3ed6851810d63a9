"""Asking for one page as fast as it is answered: ``wrk``, and what it says."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.page_servers import Served
from groundwave.project.bench.server import HOST
from groundwave.project.bench.vitals import Vitals


PROGRAM = "wrk"
MISSING = (
    "Pages could not be asked for: there is no wrk on this machine; install it "
    "(Debian: apt install wrk) and run this again."
)
# Made before it begins. More than are answered before a server may have forgotten one.
UNLIKE = 200_000
_UNLIKE_LUA = f"""\
local asked, at = {{}}, 0
function init()
  for n = 1, {UNLIKE} do
    wrk.headers["Cookie"] = "_ga=GA1.2." .. n
    asked[n] = wrk.format("GET")
  end
end
function request()
  at = at % {UNLIKE} + 1
  return asked[at]
end
"""
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Asked(msgspec.Struct, frozen=True):
    """
    How the page is asked for.

    Attributes:
        encoding: what is taken.
        is_unlike: no two requests that follow each other within seconds are the same.
    """

    encoding: str
    is_unlike: bool = False

    @property
    def name(self) -> str:
        return f"{self.encoding}, all unlike" if self.is_unlike else self.encoding


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """
    What one server stood up to.

    Attributes:
        encoding: as it was asked for, in words.
        each_second: requests answered in a second.
        p99_ms: 99 of 100 were answered within.
        bytes: of one answer's body, as it travelled.
        failed: answers that were none, or not 200.
        server_us: microseconds of the server's CPU for one answer.
        server_share, driver_share: CPU used meanwhile, of one core.
    """

    server: str
    encoding: str
    each_second: float
    p99_ms: float
    bytes: int
    failed: int
    server_us: float
    server_share: float
    driver_share: float

    @property
    def each_cpu_second(self) -> float:
        """How many requests a second of the server's CPU answers."""
        return 1e6 / self.server_us


def driver_cores() -> str:
    """Return the cores that no server is on; the servers' where there is but one."""
    count = os.cpu_count() or 1
    return f"1-{count - 1}" if count > 1 else "0"


async def load(
    served: Served, asked: Asked, *, connections: int, seconds: float, size: int
) -> Load:
    """
    Ask *served* for its page over *connections* that are kept, for *seconds*.

    Raises:
        Unmeasurable: there is no wrk, or it said nothing.
    """
    with _script(asked) as script:
        command = (
            *("taskset", "-c", driver_cores(), PROGRAM, "--latency", "-t1"),
            *(f"-c{connections}", f"-d{seconds:.0f}s", *script),
            *("-H", f"Accept-Encoding: {asked.encoding}"),
            f"http://{HOST}:{served.port}{served.path}",
        )
        return await _loaded(served, asked, command, seconds=seconds, size=size)


async def _loaded(
    served: Served, asked: Asked, command: Sequence[str], *, seconds: float, size: int
) -> Load:
    before = Vitals.of(served.pid)
    text, driver = await asyncio.to_thread(_run, command)
    after = Vitals.of(served.pid)
    used = (after.cpu + after.children_cpu) - (before.cpu + before.children_cpu)
    answered = int(_number(r"(\d+) requests in", text))
    return Load(
        server=served.name,
        encoding=asked.name,
        each_second=_number(r"Requests/sec:\s+([\d.]+)", text),
        p99_ms=p99_ms(text),
        bytes=size,
        failed=failures(text),
        server_us=1e6 * used / max(1, answered),
        server_share=used / seconds,
        driver_share=driver / seconds,
    )


def p99_ms(text: str) -> float:
    """Return the latency of 99 in 100, in milliseconds, from what wrk printed."""
    found = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", text)
    if not found:
        raise Unmeasurable("wrk did not say how long answers took.")
    return float(found[1]) * _MILLISECONDS[found[2]]


def failures(text: str) -> int:
    """Return how many answers were none, or not 200, from what wrk printed."""
    sockets = re.search(r"Socket errors: (.+)", text)
    counts = re.findall(r"\d+", sockets[1]) if sockets else []
    others = re.findall(r"Non-2xx or 3xx responses: (\d+)", text)
    return sum(map(int, [*counts, *others]))


@contextmanager
def _script(asked: Asked) -> Iterator[tuple[str, ...]]:
    if not asked.is_unlike:
        yield ()
        return
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(_UNLIKE_LUA)
        file.flush()
        yield ("-s", file.name)


def _run(command: Sequence[str]) -> tuple[str, float]:
    """Run *command*; return what it printed, and the seconds of CPU it used."""
    try:
        started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    except FileNotFoundError:
        raise Unmeasurable(MISSING) from None
    with started.stdout or open(os.devnull) as output:  # noqa: PTH123
        text = output.read()
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise Unmeasurable(MISSING)
    return text, used.ru_utime + used.ru_stime


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if not found:
        raise Unmeasurable(f"wrk did not say what was expected of it: {text[-200:]}")
    return float(found[1])
