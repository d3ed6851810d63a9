"""schema.org's words: what of a page's linked data is not in them, or not said so."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deno import find_deno_bin


VENDOR = Path(__file__).parents[1] / "vendor/schema-dts"
TYPES = {
    "imports": {
        "schema-dts": f"{VENDOR}/schema.d.ts",
        "schema-dts-lib": f"{VENDOR}/schema-dts-lib.d.ts",
    }
}
SAID = """
import type {{ Graph }} from "schema-dts";
export const said: Graph = {};
"""


def linked_data_of(page: str) -> dict[str, Any]:
    """What a page says of itself to programs; nothing, if it says nothing."""
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)
    return dict(json.loads(found[1])) if found else {}


def not_schema_org(told: Mapping[str, Any], within: Path) -> str:
    """
    What TypeScript says of linked data by schema.org's published types; empty if nothing.

    *told*: the data by a name for each. Files are made *within*.
    """
    (within / "types.json").write_text(json.dumps(TYPES))
    for name, data in told.items():
        (within / f"{name}.ts").write_text(SAID.format(json.dumps(data, indent=1)))
    command = [find_deno_bin(), "check", "--no-remote", "--no-lock", "--quiet"]
    ran = subprocess.run(
        [*command, "--import-map", "types.json", *(f"{name}.ts" for name in told)],
        cwd=within,
        env=os.environ
        | {"DENO_DIR": str(within), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    return "" if ran.returncode == 0 else ran.stderr
