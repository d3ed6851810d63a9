"""Three processes of the site on one database: what is written in one is served by all."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from equipment.migrated import put_database
from equipment.transmitters import eventually


pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

WRITES = 25
WRITER = """
import sys
import django
django.setup()
from groundwave.delivery.edition import advancing
from groundwave.stations.models import Licensee
if "dies" in sys.argv:
    import os, signal
    advancing._tell_this_machine = lambda _: os.kill(os.getpid(), signal.SIGKILL)
Licensee.objects.get_or_create(pk=1, defaults={"name": "Number 0"})
print("ready", flush=True)
for line in sys.stdin:
    Licensee.objects.update(name=f"Number {line.strip()}")
    print("written", flush=True)
"""


class Town:
    """The processes, and the variables that they share."""

    def __init__(self, data: Path, stack: ExitStack) -> None:
        self._stack = stack
        self.variables = os.environ | {
            "GROUNDWAVE_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "groundwave.project.settings",
        }
        put_database(data)
        collect = ["manage", "collectstatic", "--noinput", "-v0"]
        command = [sys.executable, "-m", "groundwave", *collect]
        subprocess.run(command, env=self.variables, check=True)
        self.sites = [self._site() for _ in range(3)]
        for url in self.sites:
            eventually(lambda url=url: _is_up(url), seconds=60)

    def writer(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITER, *words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        writer = self._start(command, self.variables, text=True, **pipes)
        assert writer.stdout.readline() == "ready\n"
        return writer

    def numbers(self) -> list[int]:
        return [shown(url) for url in self.sites]

    def _site(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        command = [sys.executable, "-P", "-m", "groundwave", "site"]
        self._start(command, self.variables | {"GROUNDWAVE_SITE_PORT": port})
        return f"http://127.0.0.1:{port}"

    def _start(self, command, variables, **more) -> subprocess.Popen[str]:
        process = subprocess.Popen(command, env=variables, **more)
        self._stack.callback(_end, process)
        return process


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with ExitStack() as stack:
        yield Town(tmp_path_factory.mktemp("town"), stack)


def test_what_was_written_is_served_by_all_from_the_answer_on(town: Town) -> None:
    writer = town.writer()
    written, stop, stale = [0], threading.Event(), []

    def read(url: str) -> None:
        while not stop.is_set():
            least = written[0]
            if (seen := shown(url)) < least:
                stale.append((seen, least))

    write(writer, 0)
    readers = [threading.Thread(target=read, args=[url]) for url in town.sites * 2]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, WRITES + 1):
            write(writer, number)
            written[0] = number
            assert town.numbers() == [number] * 3
    finally:
        stop.set()
        for reader in readers:
            reader.join(30)

    assert stale == []
    assert all(_figures(url)["hits"] > WRITES for url in town.sites)


def test_who_is_killed_between_a_commit_and_its_telling_leaves_the_others_right(
    town: Town,
) -> None:
    write(town.writer(), 1000)
    assert town.numbers() == [1000] * 3
    dying = town.writer("dies")
    dying.stdin.write("1001\n")
    dying.stdin.flush()
    dying.wait(30)

    assert dying.returncode < 0
    eventually(lambda: town.numbers() == [1001] * 3, seconds=10)
    # The one who died holds nothing: the next write is known at once again.
    write(town.writer(), 1002)
    assert town.numbers() == [1002] * 3


def write(writer: subprocess.Popen[str], number: int) -> None:
    writer.stdin.write(f"{number}\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "written\n"


def shown(url: str) -> int:
    with urlopen(f"{url}/", timeout=30) as answer:
        found = re.search(rb"Number (\d+)", answer.read())
    assert found
    return int(found[1])


def _figures(url: str) -> dict[str, int]:
    with urlopen(f"{url}/health", timeout=30) as answer:
        return json.load(answer)["edition"]


def _is_up(url: str) -> bool:
    try:
        with urlopen(f"{url}/health", timeout=30):
            return True
    except (URLError, ConnectionError):
        return False


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=30)
