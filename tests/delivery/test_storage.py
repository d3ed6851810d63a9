from __future__ import annotations

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from groundwave.delivery import policy
from groundwave.delivery.storage import StaticStorage


STATIC = Path(policy.__file__).parent / "static"


def stored(names: list[str], location: Path) -> dict[str, Path]:
    """What becomes of the player's scripts with these names."""
    return collected([f"groundwave/player/{name}" for name in names], location)


def collected(files: list[str], location: Path) -> dict[str, Path]:
    ours = FileSystemStorage(STATIC)
    storage = StaticStorage(location=location, base_url="/static/")
    for name in files:
        with ours.open(name) as file:
            storage.save(name, file)
    done = list(storage.post_process({name: (ours, name) for name in files}))
    assert not [each for _, _, each in done if isinstance(each, Exception)]
    return {Path(each).name: location / storage.stored_name(each) for each in files}


def test_scripts_keep_their_code_under_the_names_of_their_contents(tmp_path):
    scripts = stored(["clock.js", "mount-carrier.js"], tmp_path)

    for name, path in scripts.items():
        assert "export " in path.read_text(), name
    clock = scripts["clock.js"].name
    assert f"./{clock}" in scripts["mount-carrier.js"].read_text()


def test_a_script_that_is_fetched_later_is_asked_for_by_the_name_of_its_contents(
    tmp_path,
):
    later = ["titles-asked.js", "answers.js"]

    scripts = stored(["titles.js", "fetched.js", *later], tmp_path)

    asked = scripts["titles-asked.js"].name
    assert asked != "titles-asked.js"
    assert f'new URL("./{asked}", import.meta.url)' in scripts["titles.js"].read_text()


def test_a_page_has_one_style_sheet_with_all_that_it_imports(tmp_path):
    ours = STATIC / "groundwave"
    imports = re.findall(r'@import "(.+)";', (ours / "pages.css").read_text())
    fonts = [f"groundwave/fonts/{each.name}" for each in (ours / "fonts").iterdir()]
    names = ["pages.css", *imports]  # the worst order: none is there yet

    sheets = collected([f"groundwave/{name}" for name in names] + fonts, tmp_path)

    served = sheets["pages.css"].read_text()
    assert "@import" not in served
    assert imports
    for name in imports:
        assert sheets[name].read_text() in served
