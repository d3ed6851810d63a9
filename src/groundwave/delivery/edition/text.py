"""What is text, and so travels compressed."""

from __future__ import annotations


# Pictures and sound are compressed already, and a part of a file must stay that part.
TEXT = ("text/", "application/json", "application/feed+json", "application/xml")
