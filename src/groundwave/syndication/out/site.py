"""This site as a publisher."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.stations.models import Licensee
from groundwave.syndication.models import Network
from groundwave.syndication.models.connection import lines
from groundwave.syndication.out.publisher import Publisher


def publisher_at(network: Network) -> Publisher:
    """Return who we are at *network*."""
    licensee = Licensee.objects.first()
    return Publisher(
        prefix=network.prefix,
        service=network.service,
        site=settings.GROUNDWAVE_SITE_URL,
        zone=ZoneInfo(licensee.timezone if licensee else "UTC"),
        collections=tuple(lines(network.collections)),
    )


def site_trouble() -> Iterator[str]:
    """Yield a sentence if we do not know our own address, which documents have."""
    if not settings.GROUNDWAVE_SITE_URL:
        yield _(
            "Networks are not told of stories as long as nobody has said by which "
            "address readers know this site. Have the engineer set GROUNDWAVE_SITE_URL."
        )
