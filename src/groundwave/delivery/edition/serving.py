"""The site with its edition around it, as the deployment's settings want it."""

from __future__ import annotations

import time

from django.conf import settings
from django.urls import reverse

from groundwave.delivery.edition.counter import counter
from groundwave.delivery.edition.layer import Application, EditionLayer
from groundwave.delivery.edition.question import House
from groundwave.delivery.edition.watching import start_watching


MEGABYTE = 1024 * 1024
# The name of the cookie in which Django keeps messages; it has no setting.
_MESSAGES = "messages"


def with_edition(site: Application) -> Application:
    """Return *site*, answering from memory where that is wanted."""
    # Who changes templates wants to see it.
    if settings.DEBUG or not settings.GROUNDWAVE_EDITION_MEGABYTES:
        return site
    start_watching()
    return layer_around(site)


def layer_around(site: Application) -> EditionLayer:
    """Return the layer around *site*, on this machine's number and the real clock."""
    here = counter(settings.GROUNDWAVE.data)
    return EditionLayer(
        site,
        house=the_house(),
        room=settings.GROUNDWAVE_EDITION_MEGABYTES * MEGABYTE,
        edition=lambda: here.number,
        clock=time.monotonic,
    )


def the_house() -> House:
    """Return what of our site is never answered from memory."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    return House(
        apart=(
            reverse("wagtailadmin_home"),
            reverse("health"),
            settings.STATIC_URL,
            settings.MEDIA_URL,
            "/documents/",  # Wagtail asks who may have one
            "/welcome/",  # whoever opens it signs in
        ),
        cookies=(
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            settings.LANGUAGE_COOKIE_NAME,
            _MESSAGES,
        ),
        proxy_header=trusted[0] if trusted else "",
    )
