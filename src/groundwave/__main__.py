"""``python -m groundwave``: the installed command by another name."""

from __future__ import annotations

from groundwave.project.cli import main


if __name__ == "__main__":
    main()
