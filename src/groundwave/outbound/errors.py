"""
What can go wrong when another server is asked, as facts.

* ``OutboundError``

  * ``UnusableAddress``: it is none that can be asked.
  * ``NotPublic``: it leads into a private network.
  * ``UnknownHost``, ``Unreachable``, ``CertificateRefused``: nobody is there, or not
    who it should be.
  * ``TooSlow``, ``TooLarge``, ``TooManyRedirects``: a limit was reached.
  * ``BrokenOff``, ``NotHttp``: what came makes no sense.
  * ``Refused``: it answered, and that was no.
"""

from __future__ import annotations

import re
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


MAX_SHOWN = 200

# User and password, or the query and what follows it.
_SECRET = re.compile(r"^([A-Za-z]+://)[^/?#]*@|[?#].*$", re.DOTALL)
# Timeout, too early, too many requests.
_PASSING = frozenset({408, 425, 429})


def shown_address(url: str) -> str:
    """Return *url* without password and query, which may hold secrets."""
    return _SECRET.sub(r"\1", url.strip())[:MAX_SHOWN]


class OutboundError(Exception):
    """
    Another server could not be asked, or its answer not be used.

    Attributes:
        shown: the address, without what is secret in it.
        facts: what else is known, by name.
        permanent: whether asking again is in vain until somebody changes something.
    """

    permanent: bool = False
    words: ClassVar[Promise | str]

    def __init__(self, url: str, **facts: str | float) -> None:
        super().__init__(url)
        self.shown = shown_address(url)
        self.facts = facts

    @property
    def sentence(self) -> str:
        """What happened and what to do next, for the person who gave the address."""
        return str(self.words) % {"address": self.shown, **self.facts}

    def __str__(self) -> str:
        return self.sentence


class UnusableAddress(OutboundError):
    """It is not one of HTTP, or cannot be read."""

    permanent = True
    words = _(
        "“%(address)s” is not an address that can be asked; it must begin with "
        "http:// or https://. Copy it from a browser."
    )


class NotPublic(OutboundError):
    """It leads to ``host``, which is at ``addresses``, and none of them is public."""

    permanent = True
    words = _(
        "%(address)s leads to %(host)s, which is at %(addresses)s: a private network, "
        "which is not asked. Give the server's public address, or have the engineer "
        "add %(host)s to GROUNDWAVE_OUTBOUND_ALLOW."
    )


class UnknownHost(OutboundError):
    """There is no ``host``, or no name service."""

    words = _(
        "No server %(host)s is known. Check the spelling of %(address)s; if it is "
        "right, try again later."
    )


class Unreachable(OutboundError):
    """No connection to ``host`` could be made, because of ``reason``."""

    words = _(
        "%(host)s cannot be reached (%(reason)s). Check %(address)s in a browser, and "
        "try again later."
    )


class CertificateRefused(OutboundError):
    """Whoever answered is not shown to be ``host``, because of ``reason``."""

    permanent = True
    words = _(
        "Whoever answers for %(host)s does not prove it (%(reason)s), so nothing was "
        "asked. Tell those who run %(address)s that their certificate is not valid."
    )


class TooSlow(OutboundError):
    """It was not done within ``seconds``."""

    words = _(
        "%(address)s was not done answering within %(seconds)g seconds. It is "
        "overloaded or not well; try again later."
    )


class TooLarge(OutboundError):
    """There is more than ``limit`` bytes of it, packed or unpacked."""

    permanent = True
    words = _(
        "%(address)s sends more than %(limit)s bytes, which is more than it should "
        "ever be. Check that it is the right address."
    )


class TooManyRedirects(OutboundError):
    """It leads on and on, more than ``limit`` times."""

    permanent = True
    words = _(
        "%(address)s leads on to other addresses more than %(limit)s times. Open it "
        "in a browser and give the address that you end at."
    )


class BrokenOff(OutboundError):
    """It ended before its end."""

    words = _("%(address)s hung up in the middle of its answer. Try again later.")


class NotHttp(OutboundError):
    """What came cannot be read, because of ``reason``."""

    words = _(
        "%(address)s did not answer as a web server does (%(reason)s). Check its port, "
        "and whether it begins with http:// or https://."
    )


class Refused(OutboundError):
    """It answered with ``status``, which is not success."""

    words = _(
        "%(address)s answered %(status)s. Check the address, and the token or "
        "password if it wants one."
    )
    words_later = _(
        "%(address)s answered %(status)s: it cannot help now. Try again later."
    )

    def __init__(self, url: str, status: int) -> None:
        super().__init__(url, status=status)
        self.status = status
        self.permanent = status < 500 and status not in _PASSING

    @property
    def sentence(self) -> str:
        words = self.words if self.permanent else self.words_later
        return str(words) % {"address": self.shown, **self.facts}
