"""``python -m groundwave.transmitter``: on the air until SIGTERM."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import structlog
import uvloop

from groundwave.patchbay.descriptors import raise_descriptor_limit
from groundwave.patchbay.environment import Environment, EnvironmentUnusable
from groundwave.patchbay.errors import PatchbayError
from groundwave.transmitter.daemon import Transmitter
from groundwave.transmitter.logs import configure_logs


log = structlog.get_logger()


def main() -> int:
    """Run the transmitter; return the exit status."""
    configure_logs()
    try:
        environment = Environment.read(os.environ)
    except EnvironmentUnusable as error:
        log.error("environment_unusable", reason=str(error))
        return 2
    raise_descriptor_limit()
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


if __name__ == "__main__":
    sys.exit(main())
