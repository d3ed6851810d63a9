from __future__ import annotations

from pathlib import Path

import pytest

from groundwave.delivery import policy
from groundwave.delivery.scripts import OURS, lean


SCRIPT = b"""\
/**
 * What this is.
 */
import { say } from "./wording.js"; // goes

// Why.
export class Bar {
  /** One line. */
  #state = "https://kgnd.example/*not*/"; /* stays too */
  show() {
    return /\\/\\*/.test(this.#state) ? `// ${this.#state}` : "";
  }
}
"""


def test_comments_go_and_code_stays():
    served = lean(SCRIPT).decode()

    assert "What this is" not in served
    assert "Why." not in served
    assert "One line" not in served
    assert served.startswith('import { say } from "./wording.js";\n')
    assert '#state = "https://kgnd.example/*not*/"; /* stays too */' in served
    assert "return /\\/\\*/.test(this.#state) ? `// ${this.#state}` : " in served


def test_what_others_wrote_keeps_its_license():
    assert OURS.match("groundwave/player/bar.js")
    assert not OURS.match("vendor/turbo/turbo.min.js")
    assert not OURS.match("wagtailadmin/js/core.js")


def test_a_comment_behind_code_goes_unless_it_may_be_text():
    script = b"""go(); // because
const url = "a; // b";
const both = { a, // first
  b };
"""

    assert (
        lean(script)
        == b"""go();
const url = "a; // b";
const both = { a,
b };
"""
    )


def test_code_behind_a_comment_on_its_line_stays():
    script = b"/* a */ keep();\nalso();\n/* b\n */\nlast(); /* c */\n"

    assert lean(script) == (b"/* a */ keep();\nalso();\nlast(); /* c */\n")


OUR_SCRIPTS = sorted((Path(policy.__file__).parent / "static/groundwave").rglob("*.js"))


@pytest.mark.parametrize("path", OUR_SCRIPTS, ids=lambda path: path.name)
def test_no_text_of_ours_goes_over_several_lines(path):
    """Its lines would lose what they begin with, or be taken for comments."""
    for line in lean(path.read_bytes()).splitlines():
        assert line.count(b"`") % 2 == 0, line.decode()


def test_our_scripts_are_looked_at():
    assert len(OUR_SCRIPTS) > 10


def test_a_style_sheet_keeps_its_rules_only():
    sheet = b"""/* What stands above the text. */
.bar {
  /* As high as
     a thumb. */
  background: url("//cdn.example/a.png"); /* stays */
}
"""

    assert (
        lean(sheet)
        == b""".bar {
background: url("//cdn.example/a.png"); /* stays */
}
"""
    )
