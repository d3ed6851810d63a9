"""Where one audio frame ends and the next begins, per codec."""

from __future__ import annotations
