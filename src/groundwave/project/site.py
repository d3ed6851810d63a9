"""``python -m groundwave.project.site``: the front, and the pages behind it, until SIGTERM."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate

import uvloop

from groundwave.delivery.edition.counter import counter
from groundwave.delivery.front.front import Front
from groundwave.delivery.front.house import our_house
from groundwave.delivery.front.port import opened, serve
from groundwave.delivery.front.site import Site
from groundwave.patchbay.descriptors import raise_descriptor_limit
from groundwave.patchbay.environment import Environment, EnvironmentUnusable
from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.socketpath import address_of
from groundwave.project.up import programs
from groundwave.project.up.keeper import Keeper, Kept


MEGABYTE = 1024 * 1024
STOP_SECONDS = 4.0


def main() -> int:
    """Serve the site; return the exit status."""
    raise_descriptor_limit()
    try:
        environment = Environment.read(os.environ)
        room = _room(os.environ)
        with _pages(environment) as address:
            uvloop.run(_serve(environment, address, room))
    except (EnvironmentUnusable, PatchbayError, _PortUnusable) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


class _PortUnusable(Exception):
    """The port cannot be had; the message says what to do."""


def _room(variables: Mapping[str, str]) -> int:
    """
    Return how many bytes finished pages may take.

    Raises:
        EnvironmentUnusable: what is set is no number.
    """
    value = variables.get("GROUNDWAVE_EDITION_MEGABYTES", "64")
    if not value.isdecimal():
        raise EnvironmentUnusable(
            f"GROUNDWAVE_EDITION_MEGABYTES is {value!r}; set it to a whole number of "
            "megabytes, or to 0."
        )
    # Who changes templates wants to see it.
    return 0 if variables.get("GROUNDWAVE_DEBUG") == "True" else int(value) * MEGABYTE


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


async def _serve(environment: Environment, address: str, room: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    here = counter(environment.data)
    front = Front(
        Site(address),
        house=our_house(is_behind_tls=environment.is_behind_tls),
        room=room,
        edition=lambda: here.number,
        clock=time.monotonic,
        date=lambda: formatdate(usegmt=True),
    )
    try:
        server = await opened(front, host=environment.bind, port=environment.site_port)
    except OSError as trouble:
        raise _PortUnusable(
            f"The site cannot be served at port {environment.site_port} "
            f"({trouble.strerror}); stop what is there, or set GROUNDWAVE_SITE_PORT."
        ) from trouble
    await serve(front, server, stop)


def _say(program: programs.Program, line: str) -> None:
    sys.stderr.write(f"{program.name}: {line}\n")


if __name__ == "__main__":
    sys.exit(main())
