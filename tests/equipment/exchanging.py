"""A whole Groundwave on a folder of its own, that others on this machine can reach."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from equipment.migrated import ROOT, put_database
from equipment.transmitters import free_port_pair
from groundwave.patchbay.environment import Environment
from groundwave.project.up.programs import (
    PREPARATION,
    SITE,
    TRANSMITTER,
    WORKER,
    Program,
    variables,
)
from groundwave.project.up.readiness import Door, until_open


class WholeStation:
    """
    The station *name*: its site, its worker, its transmitter, and somebody at its desk.

    Attributes:
        port: the transmitter's.
        url: of its site.
    """

    def __init__(self, data: Path, name: str, zone: str) -> None:
        site_port = free_port_pair()
        self.port, self.url = site_port + 1, f"http://127.0.0.1:{site_port}"
        self._name, self._zone = name, zone
        self._environment = Environment(
            data=data, bind="127.0.0.1", site_port=site_port, air_port=self.port
        )
        self._variables = variables(self._environment) | {
            "GROUNDWAVE_SITE_URL": self.url,
            "GROUNDWAVE_OUTBOUND_ALLOW": "127.0.0.1",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        }
        self._stack = ExitStack()
        self._programs: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        put_database(self._environment.data)
        log = (self._environment.data / "log").open("w")
        self._log = self._stack.enter_context(log)
        subprocess.run(
            [*PREPARATION.command, "--no-demo"],
            env=self._variables,
            stdout=self._log,
            stderr=self._log,
            timeout=120,
            check=True,
        )
        self._desk = self._sit_down()
        self.do("open_site", self._name, self._zone)
        for program in (TRANSMITTER, SITE, WORKER):
            self._begin(program)
        doors = [
            Door("site", "127.0.0.1", self._environment.site_port),
            Door("transmitter", "127.0.0.1", self.port),
        ]
        assert until_open(doors, threading.Event(), lambda door: None)

    def close(self) -> None:
        # All at once: each takes its time.
        for each in self._programs:
            each.terminate()
        for each in self._programs:
            each.wait(30)
        self._stack.close()

    def do(self, verb: str, *arguments: Any) -> Any:
        """Have something done at its desk (``station_desk``); return what came of it."""
        assert self._desk.stdin
        assert self._desk.stdout
        self._desk.stdin.write(f"{json.dumps([verb, *arguments])}\n")
        self._desk.stdin.flush()
        said = self._desk.stdout.readline()
        assert said, (self._environment.data / "log").read_text()[-3000:]
        return json.loads(said)

    def get(self, path: str) -> tuple[int, str]:
        """Ask its site as nobody in particular; return the status and the page."""
        line = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=20)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def _sit_down(self) -> subprocess.Popen[str]:
        desk = subprocess.Popen(
            [sys.executable, "-m", "equipment.station_desk"],
            env=self._variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._stack.enter_context(desk)
        return desk

    def _begin(self, program: Program) -> None:
        self._programs.append(
            subprocess.Popen(
                program.command, env=self._variables, stdout=self._log, stderr=self._log
            )
        )
