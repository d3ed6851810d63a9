"""``python -m groundwave.project.site``: the front, and the pages behind it, until SIGTERM."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate

import uvloop

from groundwave.delivery.edition.counter import counter
from groundwave.delivery.front.front import Front
from groundwave.delivery.front.house import our_house
from groundwave.delivery.front.serving import opened, serve
from groundwave.delivery.front.site import Site
from groundwave.patchbay.descriptors import raise_descriptor_limit
from groundwave.patchbay.environment import Environment, EnvironmentUnusable
from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.socketpath import address_of
from groundwave.project.up import programs
from groundwave.project.up.keeper import Keeper, Kept


MEGABYTE = 1024 * 1024
STOP_SECONDS = 8.0


def main() -> int:
    """Serve the site; return the exit status."""
    try:
        environment = Environment.read(os.environ)
        with _pages(environment) as address:
            raise_descriptor_limit()
            uvloop.run(_serve(environment, address))
    except (EnvironmentUnusable, PatchbayError) as trouble:
        return _failed(str(trouble))
    except OSError as trouble:
        return _failed(
            f"The site cannot be served at port {environment.site_port} "
            f"({trouble.strerror}); stop what is there, or set GROUNDWAVE_SITE_PORT."
        )
    return 0


@contextmanager
def _pages(environment: Environment) -> Iterator[str]:
    """Keep the pages running for the block; yield the address of their socket."""
    path = environment.pages_socket
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The pages' process holds one end, and ends when nobody holds the other.
    leash, hand = os.pipe()
    with address_of(path) as address:
        address = address.replace("/proc/self/", f"/proc/{os.getpid()}/")
        variables = programs.variables(environment)
        keeper = Keeper(programs.pages(address), Kept(variables, leash, _say))
        keeper.start()
        try:
            yield address
        finally:
            keeper.end()
            if not keeper.wait(STOP_SECONDS):
                keeper.kill()
            path.unlink(missing_ok=True)
            os.close(hand)
            os.close(leash)


async def _serve(environment: Environment, address: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    here = counter(environment.data)
    front = Front(
        Site(address),
        house=our_house(is_behind_tls=environment.is_behind_tls),
        room=environment.edition_megabytes * MEGABYTE,
        edition=lambda: here.number,
        clock=time.monotonic,
        date=lambda: formatdate(usegmt=True),
    )
    server = await opened(front, host=environment.bind, port=environment.site_port)
    await serve(front, server, stop)


def _say(program: programs.Program, line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
