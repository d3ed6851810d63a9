"""
The edition: a page is made once after anything was written, and served from memory.

One number counts up with every write that a page could be made of. What was made
while it stood at another value is never served again; nobody keeps a list of which
page depends on what. ``docs/decisions/0013-the-edition.md`` says why this is right.
"""

from __future__ import annotations
