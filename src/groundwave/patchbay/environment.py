"""
Where the halves of a running Groundwave meet, read once from the environment.

The site, the transmitter and the commands all start from the same few
variables; this is the one place that knows their names and defaults.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path


Network = IPv4Network | IPv6Network


class EnvironmentUnusable(Exception):
    """A ``GROUNDWAVE_…`` variable has a value that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Environment:
    """
    The deployment's few facts.

    Attributes:
        data: the folder that holds everything Groundwave writes.
        bind: the address both ports listen on.
        site_port: where pages and the admin are served.
        air_port: where listeners and encoders connect; radio's own port.
        air_url: where the public reaches the air port, if not by its own address.
        site_url: the name that the public knows the site by, if one is set.
        trusted_proxies: whose ``X-Forwarded-For`` is believed.
    """

    data: Path
    bind: str
    site_port: int
    air_port: int
    trusted_proxies: tuple[Network, ...] = ()
    air_url: str = ""
    site_url: str = ""

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Environment:
        """
        Take the facts from *variables* (usually ``os.environ``).

        Raises:
            EnvironmentUnusable: a value cannot be meant; the message says which.
        """
        return cls(
            data=Path(variables.get("GROUNDWAVE_DATA", "var")).absolute(),
            bind=variables.get("GROUNDWAVE_BIND", "127.0.0.1"),
            site_port=_port(variables, "GROUNDWAVE_SITE_PORT", 8080),
            air_port=_port(variables, "GROUNDWAVE_AIR_PORT", 8000),
            air_url=variables.get("GROUNDWAVE_AIR_URL", "").rstrip("/"),
            site_url=variables.get("GROUNDWAVE_SITE_URL", "").rstrip("/"),
            trusted_proxies=_networks(variables, "GROUNDWAVE_TRUSTED_PROXIES"),
        )

    @property
    def is_behind_tls(self) -> bool:
        """Whether a proxy in front of the site speaks TLS, and says so in a header."""
        return self.site_url.startswith("https:")

    @property
    def shoutcast_port(self) -> int:
        """SHOUTcast v1 sources connect to the air port plus one."""
        return self.air_port + 1

    @property
    def patchbay_socket(self) -> Path:
        """The unix socket on which the transmitter answers the site."""
        return self.data / "run" / "patchbay.sock"

    @property
    def pages_socket(self) -> Path:
        """The unix socket on which the site answers the front that runs in this process."""
        # A site that is killed may take its socket's file away after the next has begun.
        return self.data / "run" / f"pages-{os.getpid()}.sock"

    @property
    def lineup_file(self) -> Path:
        """The transmitter's copy of the last line-up, from which it starts."""
        return self.data / "transmitter" / "lineup.json"


def _port(variables: Mapping[str, str], name: str, default: int) -> int:
    value = variables.get(name, str(default))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise EnvironmentUnusable(
            f"{name} is {value!r}; set it to a port number from 1 to 65535."
        )
    return int(value)


def _networks(variables: Mapping[str, str], name: str) -> tuple[Network, ...]:
    entries = [entry.strip() for entry in variables.get(name, "").split(",")]
    try:
        return tuple(ip_network(entry) for entry in entries if entry)
    except ValueError as error:
        raise EnvironmentUnusable(
            f"{name} is not understood ({error}); list addresses or networks of your"
            " own proxies, with commas between them, like 127.0.0.1, 10.0.0.0/8."
        ) from error
