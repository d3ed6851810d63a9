"""What the player is made of: small, and each part where the others look for it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from groundwave.delivery import policy
from groundwave.delivery.context import _words
from groundwave.delivery.scripts import lean


STATIC = Path(policy.__file__).parent / "static"
PLAYER = STATIC / "groundwave/player"
TEMPLATES = Path(policy.__file__).parent / "templates/groundwave/parts"
# The line is at 45,000. Names that change with the contents, which these files have once
# they are served, and the scripts of a page's own take two thousand.
BEFORE_PLAY_BYTES = 43_000
IMPORTED = re.compile(r"""(?:from|^import) ["'](\.[^"']+)["']""", re.MULTILINE)


def needed_by(module: Path) -> set[Path]:
    """The modules that come with this one before anything is pressed."""
    found = {module}
    for name in IMPORTED.findall(module.read_text()):
        imported = (module.parent / name).resolve()
        found |= {imported} if "vendor" in imported.parts else needed_by(imported)
    return found


def served(module: Path) -> bytes:
    script = module.read_bytes()
    return script if "vendor" in module.parts else lean(script)


def test_a_page_fetches_little_before_somebody_presses_play():
    modules = needed_by(PLAYER / "main.js")

    sizes = {m.name: len(gzip.compress(served(m), 9)) for m in modules}

    assert "turbo.min.js" in sizes
    assert "hls-carrier.js" not in sizes
    assert "mount-carrier.js" in sizes  # what everything falls back on
    assert "recordings.js" not in sizes
    assert "bar-place.js" not in sizes
    assert sum(sizes.values()) < BEFORE_PLAY_BYTES, sizes


def test_a_page_asks_at_once_for_every_module_that_it_needs():
    listed = re.findall(
        r'static "([^"]+)"', (TEMPLATES / "player_modules.html").read_text()
    )

    needed = needed_by(PLAYER / "main.js") - {PLAYER / "main.js"}

    assert {STATIC / name for name in listed} == needed


def test_every_part_that_the_bar_speaks_to_is_in_its_template():
    template = (TEMPLATES / "bar.html").read_text()

    spoken_to = {
        name
        for script in PLAYER.glob("bar*.js")
        for name in re.findall(r'\bpart\("([^"]+)"\)', script.read_text())
    }

    assert {"label", "scrubber", "sleep-left"} <= spoken_to
    assert spoken_to <= set(re.findall(r'data-part="([^"]+)"', template))


def test_every_part_of_the_queue_that_is_filled_in_is_in_the_bar():
    script, template = (
        (PLAYER / "recordings-shown.js").read_text(),
        (TEMPLATES / "bar.html").read_text(),
    )

    parts = set(re.findall(r'data-part="([^"]+)"', script))
    acts = set(re.findall(r'data-queued="([^"$]+)"', script))

    assert parts <= set(re.findall(r'data-part="([^"]+)"', template))
    assert acts <= set(re.findall(r'data-queued="([^"]+)"', template))


def test_every_word_that_a_script_says_is_told_to_it():
    scripts = "".join(each.read_text() for each in PLAYER.parent.rglob("*.js"))
    noted = re.findall(r'"((?:un)?queued|moved_up|missing\w*)"', scripts)
    noted += re.findall(r'\bsay\("(\w+)"\)', scripts)
    said = re.findall(r"\bwords\.(\w+)", scripts)

    assert {"queued", "copied"} <= set(noted)
    assert {*noted, *said} <= set(_words())


def test_what_is_fetched_later_is_asked_for_again_if_it_did_not_come():
    """A browser may take a module that it could not have once for missing."""
    askers = [
        each.name
        for each in PLAYER.parent.rglob("*.js")
        if "import(" in each.read_text()
    ]

    assert askers == ["fetched.js"]


def test_no_module_needs_one_that_needs_it():
    """Each is renamed for its contents, the names of others among them."""
    lazily = re.compile(
        r'(?:from|new URL\(|^import) ?["\'](\.[^"\']+)["\']', re.MULTILINE
    )

    def follow(module: Path, way: tuple[Path, ...]) -> None:
        assert module not in way, [each.name for each in (*way, module)]
        if "vendor" not in module.parts:
            for name in lazily.findall(module.read_text()):
                follow((module.parent / name).resolve(), (*way, module))

    for module in PLAYER.glob("*.js"):
        follow(module, ())
