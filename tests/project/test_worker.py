from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from equipment.migrated import put_database


@pytest.mark.journey
def test_the_worker_attends_to_tasks_and_patchbay_and_ends_when_asked(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "groundwave.project.settings",
        "GROUNDWAVE_DATA": str(tmp_path),
    }
    put_database(tmp_path)

    with subprocess.Popen(
        [sys.executable, "-m", "django", "worker"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        said = ""
        begun = ["patchbay_waits", "sessions_forgotten", "Starting worker"]
        while not all(each in said for each in begun):
            said += worker.stderr.readline()
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=20)

    assert worker.returncode == 0
