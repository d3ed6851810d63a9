"""Who we are, to whoever carries our stories."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from groundwave.stations.models import Licensee
from groundwave.syndication.exchange.shelf import PREFIX
from groundwave.syndication.out.publisher import Publisher


BRAND_PATH = "/network/v1/brand"


def ourselves(site: str) -> Publisher:
    """Return as whom partners have our stories; *site* is the address we go by."""
    licensee = Licensee.objects.first()
    return Publisher(
        prefix=PREFIX,
        service=f"{site}{BRAND_PATH}",
        site=site,
        zone=ZoneInfo(licensee.timezone if licensee else "UTC"),
        # Whoever reads it makes that line of the time.
        tells_update=False,
    )


def brand(site: str) -> dict[str, Any]:
    """Return what stands where our documents say whose they are."""
    licensee = Licensee.objects.first()
    return {
        "brand": {"displayName": licensee.name if licensee else site},
        "links": {"brand": [{"rel": "homepage", "href": f"{site}/"}]},
    }
