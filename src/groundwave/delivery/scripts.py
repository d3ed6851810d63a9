"""Our own scripts and style sheets as served: layout and comments are for readers here."""

from __future__ import annotations

import re


OURS = re.compile(r"groundwave/.+\.js\Z")
# By lines only, so that nothing has to be known of JavaScript's strings: no string of
# ours goes over several lines, which a test watches over.
_COMMENT = re.compile(
    rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE
)
# Behind it nothing ends a string, so it is in none.
_COMMENT_BEHIND_CODE = re.compile(rb"(?<=[;{},(\[]) // [^\n\"'`]*$", re.MULTILINE)
_INDENTATION = re.compile(rb"^[ \t]+|^\n", re.MULTILINE)


def lean(script: bytes) -> bytes:
    """Return *script*, or a style sheet, without comments, as far as lines show them, and indentation."""
    code = _COMMENT_BEHIND_CODE.sub(b"", _COMMENT.sub(b"", script))
    return _INDENTATION.sub(b"", code)
