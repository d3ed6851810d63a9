"""The site as several processes on one machine, each on a port of its own."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from equipment.migrated import ROOT, put_database
from equipment.transmitters import free_port_pair
from groundwave.patchbay.environment import Environment
from groundwave.project.up.programs import (
    PREPARATION,
    SITE,
    WORKER,
    Program,
    variables,
)
from groundwave.project.up.readiness import Door, until_open


class SiteProcesses:
    """
    That many of them on the folder *data*, with what the module *written* puts there.

    Their pages look for the transmitter at *air_port*; without one there is none. All
    of them have the variables *told* in their environment.
    """

    def __init__(
        self,
        data: Path,
        *,
        count: int,
        written: str,
        air_port: int | None = None,
        has_worker: bool = False,
        told: Mapping[str, str] | None = None,
    ) -> None:
        self._has_worker, self._told = has_worker, dict(told or {})
        self.ports = [free_port_pair() for _ in range(count)]
        self._environments = [
            Environment(
                data=data,
                bind="127.0.0.1",
                site_port=port,
                air_port=air_port or port + 1,
            )
            for port in self.ports
        ]
        self._written, self.said = written, ""
        self._stack = ExitStack()

    def start(self) -> None:
        put_database(self._environments[0].data)
        self._do([*PREPARATION.command, "--no-demo"])
        self.said = self._do([sys.executable, "-m", self._written])
        for each in self._environments:
            self._begin(SITE, each)
        if self._has_worker:
            self._begin(WORKER, self._environments[0])
        doors = [Door("site", "127.0.0.1", port) for port in self.ports]
        assert until_open(doors, threading.Event(), lambda door: None)

    def close(self) -> None:
        self._stack.close()

    def status(self, port: int, path: str) -> int:
        return self.answer(port, path)[0]

    def answer(self, port: int, path: str) -> tuple[int, str]:
        """Ask as nobody in particular; return the status and the page."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def _do(self, command: list[str]) -> str:
        facts = variables(self._environments[0]) | _OURS | self._told
        done = subprocess.run(
            command, env=facts, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _begin(self, program: Program, environment: Environment) -> None:
        process = subprocess.Popen(
            program.command,
            env=variables(environment) | self._told,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(process.wait, 20)
        self._stack.callback(process.terminate)


_OURS = {
    "DJANGO_SETTINGS_MODULE": "groundwave.project.settings",
    "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in ("src", "tests")),
}
