"""The peer: Icecast as Debian ships it, with its limits raised out of the way."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.server import HOST, Server, free_port, process


PROGRAM = "icecast2"
MISSING = (
    "Icecast could not be measured: there is no icecast2 on this machine; "
    "install it (Debian: apt install icecast2) and run this again."
)

# Queue and burst are those of the shipped configuration; only warnings are
# logged; nothing is asked of the network.
_CONFIGURATION = """\
<icecast>
  <location>bench</location>
  <admin>bench@localhost</admin>
  <hostname>localhost</hostname>
  <limits>
    <clients>100000</clients>
    <sources>10</sources>
    <queue-size>524288</queue-size>
    <client-timeout>30</client-timeout>
    <header-timeout>15</header-timeout>
    <source-timeout>10</source-timeout>
    <burst-on-connect>1</burst-on-connect>
    <burst-size>65535</burst-size>
  </limits>
  <authentication>
    <source-password>{password}</source-password>
    <admin-user>admin</admin-user>
    <admin-password>{admin}</admin-password>
  </authentication>
  <listen-socket>
    <port>{port}</port>
    <bind-address>{host}</bind-address>
  </listen-socket>
  <fileserve>0</fileserve>
  <paths>
    <basedir>{folder}</basedir>
    <logdir>{folder}</logdir>
    <webroot>/usr/share/icecast2/web</webroot>
    <adminroot>/usr/share/icecast2/admin</adminroot>
  </paths>
  <logging>
    <accesslog>access.log</accesslog>
    <errorlog>error.log</errorlog>
    <loglevel>2</loglevel>
  </logging>
</icecast>
"""


@asynccontextmanager
async def icecast(folder: Path) -> AsyncIterator[Server]:
    """
    Run Icecast with *folder* for its configuration and logs.

    Raises:
        Unmeasurable: it is not installed, or did not come up.
    """
    name = await version()
    port, password = free_port(), secrets.token_hex(20)
    configuration = folder / "icecast.xml"
    configuration.write_text(
        _CONFIGURATION.format(
            host=HOST,
            port=port,
            password=password,
            admin=secrets.token_hex(20),
            folder=folder,
        )
    )
    user = _unprivileged(folder)
    log = folder / "icecast.log"
    command = (PROGRAM, "-c", str(configuration))
    async with process(command, port=port, log=log, user=user) as pid:
        yield Server(name, pid, port, "/bench.mp3", "/bench.mp3", password, log)


async def version() -> str:
    """
    Return Icecast's own name for itself, like ``Icecast 2.4.4``.

    Raises:
        Unmeasurable: it is not installed.
    """
    try:
        asked = await asyncio.create_subprocess_exec(
            PROGRAM, "-v", stdout=asyncio.subprocess.PIPE
        )
    except FileNotFoundError:
        raise Unmeasurable(MISSING) from None
    answer, _ = await asked.communicate()
    return answer.decode().strip() or "Icecast"


def _unprivileged(folder: Path) -> str | None:
    """Give *folder* to nobody where we are root: Icecast refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, "nobody", "nogroup")
    return "nobody"
