"""The site as it is served behind the front, as the deployment's settings want it."""

from __future__ import annotations

from django.conf import settings

from groundwave.delivery.edition.making import Application, BehindTheFront
from groundwave.delivery.edition.watching import start_watching


def behind_the_front(site: Application) -> BehindTheFront:
    """Return *site* as the front asks it; it hears what other machines write."""
    start_watching()
    here = settings.GROUNDWAVE
    return BehindTheFront(site, host=here.bind, port=here.site_port)
