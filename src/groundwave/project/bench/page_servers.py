"""Who serves a page: the site as it ships, nginx with the same bytes, the site alone."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.server import HOST, free_port, last_words, process


# The servers' core; the driver has the others.
CORE = "0"
PREPARE_SECONDS = 180.0
ANSWER_SECONDS = 20.0

# One process, as ours is. What its own guides advise for files: no access log, sendfile,
# open files remembered, compressed beforehand; connections are kept as long as ours.
_NGINX = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=100;
  default_type text/html;
  charset utf-8;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen {host}:{port};
    root {folder}/www;
    location / {{ gzip_static on; add_header Vary Accept-Encoding; }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A page that is served: where, by which process."""

    name: str
    pid: int
    port: int
    path: str


async def prepare(folder: Path, *options: str) -> None:
    """
    Make the site in *folder* as ``groundwave up`` does, with its demo unless *options* say.

    Raises:
        Unmeasurable: it could not be made.
    """
    log = folder / "preparing.log"
    with log.open("wb") as output:
        made = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "groundwave.project.up.preparing", *options),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **variables(folder)},
        )
    try:
        async with asyncio.timeout(PREPARE_SECONDS):
            status = await made.wait()
    except TimeoutError:
        made.kill()
        status = await made.wait()
    if status:
        raise Unmeasurable(f"The site could not be made. {last_words(log)}")


@asynccontextmanager
async def site(folder: Path, path: str, *, megabytes: int) -> AsyncIterator[Served]:
    """
    Run ``groundwave site`` on what was prepared; *megabytes* of it keep pages.

    Raises:
        Unmeasurable: it did not come up.
    """
    port = free_port()
    more = {
        "GROUNDWAVE_SITE_PORT": str(port),
        "GROUNDWAVE_EDITION_MEGABYTES": str(megabytes),
    }
    command = ("taskset", "-c", CORE, sys.executable, "-P", "-m", "groundwave", "site")
    async with process(
        command,
        port=port,
        log=folder / f"site-{megabytes}.log",
        environment=variables(folder) | more,
        patience=60,
    ) as pid:
        name = "Groundwave" if megabytes else "Groundwave without it"
        yield Served(name, pid, port, path)


@asynccontextmanager
async def nginx(folder: Path, body: bytes) -> AsyncIterator[Served]:
    """
    Run nginx with *body* as a file, and the same compressed beside it.

    Raises:
        Unmeasurable: it is not installed, or did not come up.
    """
    www, port = folder / "www", free_port()
    www.mkdir()
    (www / "page.html").write_bytes(body)
    (www / "page.html.gz").write_bytes(gzip.compress(body, 6, mtime=0))
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(folder=folder, host=HOST, port=port))
    # Its workers are nobody's, and look into a folder that may be ours alone.
    user = ("-g", "user root;") if os.geteuid() == 0 else ()
    command = ("taskset", "-c", CORE, "nginx", "-c", str(configuration), *user)
    async with process(command, port=port, log=folder / "nginx.out") as pid:
        yield Served("nginx", pid, port, "/page.html")


def fetched(served: Served, encoding: str = "identity") -> tuple[int, bytes]:
    """Ask once; return status and bytes as they travelled."""
    connection = http.client.HTTPConnection(HOST, served.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", served.path, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def variables(folder: Path) -> dict[str, str]:
    """Return the environment of what runs on the site in *folder*."""
    return {
        "GROUNDWAVE_DATA": str(folder / "data"),
        "GROUNDWAVE_BIND": HOST,
        "GROUNDWAVE_AIR_PORT": "8000",
    }
