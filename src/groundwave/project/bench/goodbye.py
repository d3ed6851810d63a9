"""Leaving without a farewell."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress


_LINGER_NOT = struct.pack("ii", 1, 0)


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with a reset, as a phone in a tunnel or a killed encoder."""
    with suppress(OSError):  # the other side was faster
        sock: socket.socket = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    writer.transport.abort()
