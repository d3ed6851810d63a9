"""
Documents of NPR's Content Distribution Service, both ways, as values.

Three laws:

* Reading is tolerant: whatever is a document at all is read, what is not known is
  kept, and everything odd is reported with its place (``oddity``).
* Writing is strict: what the network would refuse is refused here, with its place.
* The two agree: what was read without an oddity can be written, and what was
  written is read as it was.

Rights err to one side: what restricts and cannot be read counts as restricting.
HTML is handed over as it came; making it safe is the importer's part.
"""

from __future__ import annotations
