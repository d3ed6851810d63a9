"""Our own scripts as they are served: comments are for those who read the source."""

from __future__ import annotations

import re


OURS = re.compile(r"groundwave/.+\.js\Z")
# Whole lines only, so that nothing has to be known of JavaScript's strings.
# Code that follows a comment on its line stays; of a template literal, no line may
# begin like a comment, which a test watches over.
_COMMENT = re.compile(
    rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE
)


def without_comments(script: bytes) -> bytes:
    """Return *script* without the lines that hold nothing but a comment."""
    return _COMMENT.sub(b"", script)
