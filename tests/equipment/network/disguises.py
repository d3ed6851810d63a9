"""
Ways to write the address of this very machine, so that nobody should notice.

Whoever fetches what a network names must refuse all of them; a test sees in
``network.asked`` whether somebody was taken in.
"""

from __future__ import annotations


def disguises(port: int) -> dict[str, str]:
    """Return addresses at which a network of this *port* can be reached, by trick."""
    hosts = {
        "plain": "127.0.0.1",
        "a name": "localhost",
        "decimal": "2130706433",
        "hexadecimal": "0x7f000001",
        "octal": "0177.0.0.1",
        "shortened": "127.1",
        "nothing": "0.0.0.0",
        "IPv6-mapped": "[::ffff:127.0.0.1]",
        "IPv6-mapped in hexadecimal": "[::ffff:7f00:1]",
    }
    return {name: f"http://{host}:{port}/" for name, host in hosts.items()}
