"""The front of a site whose pages die behind it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from equipment.migrated import put_database
from equipment.transmitters import eventually, free_port_pair


pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]


class Alone:
    """``groundwave site`` on a database of its own."""

    def __init__(self, data):
        put_database(data)
        self.data, self.port = data, free_port_pair()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "groundwave", "site"],
            env=os.environ
            | {"GROUNDWAVE_DATA": str(data), "GROUNDWAVE_SITE_PORT": str(self.port)},
        )

    def status(self, path):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", path)
            return line.getresponse().status
        except OSError:
            return None
        finally:
            line.close()

    @property
    def pages(self):
        """The process that makes pages, in its first generation."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(pid) for pid in listed.stdout.split()]

    def kill(self):
        self._process.kill()
        self._process.wait(20)

    def close(self):
        self._process.terminate()
        return self._process.wait(20)


@pytest.fixture
def alone(tmp_path):
    alone = Alone(tmp_path / "data")
    eventually(lambda: alone.status("/health") == 200, seconds=60)
    yield alone
    alone.close()


def test_pages_that_were_killed_come_back_and_who_asks_meanwhile_waits(alone):
    assert alone.status("/robots.txt") == 200
    (before,) = alone.pages

    os.kill(before, signal.SIGKILL)

    assert alone.status("/robots.txt") == 200, "what is kept is there all the time"
    eventually(lambda: alone.status("/health") == 200, seconds=30)
    assert alone.pages != [before]


def test_a_front_that_was_killed_leaves_nothing_behind(alone):
    (pages,) = alone.pages
    alone.kill()

    eventually(lambda: not Path(f"/proc/{pages}").exists(), seconds=20)
    again = Alone(alone.data)
    eventually(lambda: again.status("/health") == 200, seconds=60)
    assert again.close() == 0
    assert not list((alone.data / "run").glob("pages-*.sock"))
