"""A network that takes KGND's stories, and what may happen meanwhile."""

from __future__ import annotations

from django.db import connections

from equipment.network.faults import Fault
from equipment.network.server import Network as Listening
from groundwave.syndication.models import Network
from groundwave.wire.http.host import Host


KEY = "the key of kgnd"


def admit_us(network: Listening, settings, name: str = "Longwave") -> Network:
    """Let KGND write there; return what the desk knows of it."""
    host = network.url.removeprefix("http://")
    settings.GROUNDWAVE_OUTBOUND_ALLOW = frozenset(
        [Host("127.0.0.1", int(host.partition(":")[2]))]
    )
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"
    network.admit(KEY, prefix="kgnd-", services=["s901"])
    return Network.objects.create(
        name=name,
        address=network.url,
        key=KEY,
        prefix="kgnd",
        service=network.service("s901"),
        collections="1001",
    )


class Meanwhile(Fault):
    """Does as it is asked, and before it says so something happens here, once."""

    def __init__(self, happens) -> None:
        super().__init__()
        self._happens = [happens]
        # Whoever asked waits for the answer and needs it not.
        self._connection = connections["default"]
        self._connection.inc_thread_sharing()

    def spoil(self, asked, answer):
        true = answer()
        connections["default"] = self._connection
        try:
            while self._happens:
                self._happens.pop()()
        finally:
            del connections["default"]
        return true
