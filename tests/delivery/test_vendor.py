from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from groundwave.delivery import policy


VENDOR = Path(policy.__file__).parent / "static/vendor"
LIBRARIES = sorted(folder.name for folder in VENDOR.iterdir())
FOR_TESTS = Path(__file__).parents[1] / "vendor"


def said_of(library: str) -> dict[str, str]:
    lines = (VENDOR / library / "SOURCE.txt").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_as_it_was_fetched_and_says_where_it_comes_from(library):
    said = said_of(library)
    digest, name = said["sha256"].split()

    assert hashlib.sha256((VENDOR / library / name).read_bytes()).hexdigest() == digest
    assert said["version"] in (VENDOR / library / name).read_text()
    assert "Copyright" in (VENDOR / library / "LICENSE.txt").read_text()


@pytest.mark.parametrize("library", sorted(each.name for each in FOR_TESTS.iterdir()))
def test_what_the_tests_bring_along_is_as_it_was_fetched(library):
    source = (FOR_TESTS / library / "SOURCE.txt").read_text()
    files = re.findall(r"^(\S+)\n  from: .+\n  sha256: (\w+)$", source, re.MULTILINE)

    assert files
    for name, digest in files:
        content = (FOR_TESTS / library / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest


def test_the_style_that_turbo_brings_along_is_the_one_we_allow():
    code = (VENDOR / "turbo/turbo.min.js").read_text()
    (style,) = re.findall(r"`(\s*\.turbo-progress-bar \{.*?)`", code, re.DOTALL)
    milliseconds = re.search(r"animationDuration=(\d+)", code)
    style = re.sub(r"\$\{\w+\.animationDuration\}", milliseconds[1], style)
    style = re.sub(
        r"\$\{\w+\.animationDuration/2\}", str(int(milliseconds[1]) // 2), style
    )
    lines = style.removeprefix("\n").split("\n")
    indent = len(lines[0]) - len(lines[0].lstrip())
    text = "\n".join(line[indent:] for line in lines)

    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == policy.PROGRESS_BAR
