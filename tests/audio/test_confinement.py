from __future__ import annotations

import subprocess
import sys

import pytest


CONFINED = "from groundwave.audio.confinement import confine, private_stdout; confine()"


def confined(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"{CONFINED}\n{program}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_a_codec_cannot_write_to_a_file(tmp_path):
    run = confined(f"import pathlib; pathlib.{tmp_path / 'x'!r}.write_text('gotcha')")

    assert "File too large" in run.stderr
    assert (tmp_path / "x").read_text() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_a_codec_cannot_take_the_machines_memory():
    run = confined("bytearray(2 * 1024 ** 3)")

    assert "MemoryError" in run.stderr


def test_what_a_library_prints_does_not_garble_the_messages():
    run = confined(
        "import os\n"
        "messages = private_stdout()\n"
        "print('a warning', flush=True)\n"
        "os.write(messages, b'a message')"
    )

    assert run.stdout == "a message"
    assert run.stderr == "a warning\n"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone offers it")
def test_a_codec_dies_with_a_parent_that_is_killed():
    """Even a hung one, which would not see its pipe close."""
    grandchild = (
        "from groundwave.audio.confinement import confine; confine();"
        "import os, time; os.write(1, b'x'); time.sleep(600)"
    )
    parent = (
        "import os, signal, subprocess, sys;"
        f"child = subprocess.Popen([sys.executable, '-c', {grandchild!r}],"
        " stdout=subprocess.PIPE);"
        "child.stdout.read(1); os.kill(os.getpid(), signal.SIGKILL)"
    )
    # The grandchild holds standard error open: this returns once it, too, is gone.
    run = subprocess.run(
        [sys.executable, "-c", parent], stderr=subprocess.PIPE, timeout=20, check=False
    )

    assert run.returncode == -9
