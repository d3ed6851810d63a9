from __future__ import annotations

from pathlib import Path

import pytest

from groundwave.delivery import policy
from groundwave.delivery.scripts import _COMMENT, OURS, without_comments


SCRIPT = b"""\
/**
 * What this is.
 */
import { say } from "./wording.js"; // stays: it is not a line of its own

// Why.
export class Bar {
  /** One line. */
  #state = "https://kgnd.example/*not*/"; /* stays too */
  show() {
    return /\\/\\*/.test(this.#state) ? `// ${this.#state}` : "";
  }
}
"""


def test_lines_that_are_comments_go_and_all_others_stay():
    served = without_comments(SCRIPT).decode()

    assert "What this is" not in served
    assert "Why." not in served
    assert "One line" not in served
    assert served.startswith('import { say } from "./wording.js"; // stays')
    assert '#state = "https://kgnd.example/*not*/"; /* stays too */' in served
    assert "return /\\/\\*/.test(this.#state) ? `// ${this.#state}` : " in served


def test_what_others_wrote_keeps_its_license():
    assert OURS.match("groundwave/player/bar.js")
    assert not OURS.match("vendor/turbo/turbo.min.js")
    assert not OURS.match("wagtailadmin/js/core.js")


def test_code_behind_a_comment_on_its_line_stays():
    script = b"/* a */ keep();\nalso();\n/* b\n */\nlast(); /* c */\n"

    assert without_comments(script) == (b"/* a */ keep();\nalso();\nlast(); /* c */\n")


OUR_SCRIPTS = sorted((Path(policy.__file__).parent / "static/groundwave").rglob("*.js"))


@pytest.mark.parametrize("path", OUR_SCRIPTS, ids=lambda path: path.name)
def test_no_text_of_ours_has_a_line_that_looks_like_a_comment(path):
    """Between two backticks, such a line would be text, and would be taken out."""
    for comment in _COMMENT.finditer(path.read_bytes()):
        before = without_comments(path.read_bytes()[: comment.start()])
        assert before.count(b"`") % 2 == 0, comment[0].decode()


def test_our_scripts_are_looked_at():
    assert len(OUR_SCRIPTS) > 10
