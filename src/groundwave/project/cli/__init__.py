"""
``groundwave``: the installed command.

Each subcommand imports what it needs when it is called, so that asking for help is
quick, and so that the transmitter never loads the site.
"""

from __future__ import annotations


def main() -> None:
    """Run the ``groundwave`` command with this process's arguments."""
    from groundwave.project.cli.commands import groundwave

    groundwave(prog_name="groundwave")
