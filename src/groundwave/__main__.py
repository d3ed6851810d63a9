"""``python -m groundwave`` is the ``groundwave`` command."""

from __future__ import annotations

from groundwave.project.cli import main


if __name__ == "__main__":
    main()
