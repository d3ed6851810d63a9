"""``python -m groundwave.transmitter``: on the air until SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sys

import structlog
import uvloop

from groundwave.patchbay.environment import Environment, EnvironmentUnusable
from groundwave.patchbay.errors import PatchbayError
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.logs import configure_logs


log = structlog.get_logger()

OPEN_MAX = 10_240


def main() -> int:
    """Run the transmitter; return the exit status."""
    configure_logs()
    try:
        environment = Environment.read(os.environ)
    except EnvironmentUnusable as error:
        log.error("environment_unusable", reason=str(error))
        return 2
    _raise_descriptor_limit()
    return uvloop.run(_run(environment))


async def _run(environment: Environment) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    transmitter = Transmitter(environment)
    try:
        await transmitter.open()
    except (OSError, PatchbayError) as error:
        log.error("transmitter_not_started", reason=str(error))
        return 1
    await stop.wait()
    await transmitter.close()
    return 0


def _raise_descriptor_limit() -> None:
    """Every listener is a descriptor: take as many as the system lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS says that there is no limit, and refuses more than its OPEN_MAX.
    for limit in (most, OPEN_MAX):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
            return


if __name__ == "__main__":
    sys.exit(main())
