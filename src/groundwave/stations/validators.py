"""What can be said about a station, and what cannot."""

from __future__ import annotations

import functools
import zoneinfo
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from groundwave.audio.errors import Unmeasurable
from groundwave.audio.lending import lent
from groundwave.audio.measuring import measured
from groundwave.stations.color import (
    DAY,
    ColorUnreadable,
    read_color,
    readable,
    worst_contrast,
)
from groundwave.wire.http.text import known_charset


# The transmitter answers at these paths itself; no station can be heard there.
RESERVED = frozenset({"7", "admin", "events", "health", "metrics", "status-json"})
# Files beside the time zones, which mean this machine, or nothing; no browser knows them.
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})
STANDBY_KINDS = ["aac", "flac", "m4a", "mp3", "ogg", "opus", "wav"]
STANDBY_BYTES = 100 * 1024 * 1024

is_station_slug = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*\Z",
    _("Use small letters, digits and hyphens only, such as harbour-fm."),
)
is_mount_path = RegexValidator(
    r"^/[a-z0-9][a-z0-9-]*\.[a-z0-9]+\Z",
    _("Start with a slash and end with the kind, such as /kgnd.mp3."),
)


def is_not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(
            _("The transmitter uses %(slug)s itself. Choose another address."),
            params={"slug": slug},
        )


@functools.cache
def timezones() -> tuple[str, ...]:
    """Return the places whose wall time a station may keep, in order."""
    places = (name for name in zoneinfo.available_timezones() if "/" in name)
    kept = (
        name for name in places if not name.startswith(("Etc/", "posix/", "right/"))
    )
    return ("UTC", *sorted(kept))


@functools.cache
def _zone_names() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones()) - _NO_ZONES


def is_timezone(name: str) -> None:
    if name not in _zone_names():
        raise ValidationError(
            _("%(name)s is not a time zone. Choose one such as America/Denver."),
            params={"name": name},
        )


def is_readable_color(text: str) -> None:
    try:
        color = read_color(text)
    except ColorUnreadable as unknown:
        raise ValidationError(
            _("%(text)s is not a color. Write one such as #b8330f."),
            params={"text": text},
        ) from unknown
    nearest = readable(color, on=DAY)
    if nearest != color:
        raise ValidationError(
            _(
                "Too pale to read: its contrast with the page is %(ratio)s to 1, and "
                "4.5 to 1 is needed. The nearest that can be read is %(nearest)s."
            ),
            params={
                "ratio": round(worst_contrast(color, on=DAY), 1),
                "nearest": nearest,
            },
        )


def is_charset(name: str) -> None:
    if not known_charset(name):
        raise ValidationError(
            _("%(name)s is not a charset. Leave it empty, or say utf-8 or cp1252."),
            params={"name": name},
        )


def are_relay_addresses(text: str) -> None:
    for address in relay_addresses(text):
        if not _is_web_address(address):
            raise ValidationError(
                _(
                    "%(address)s cannot be relayed. Write one http address on each line."
                ),
                params={"address": address},
            )


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        # A port is only looked at when it is asked for; 0 is none to connect to.
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and parts.port != 0
        )
    except ValueError:
        return False


def relay_addresses(text: str) -> Iterable[str]:
    return filter(None, map(str.strip, text.splitlines()))


def is_of_standby_size(file: File[bytes]) -> None:
    if file.size > STANDBY_BYTES:
        raise ValidationError(
            _("This file is too large to repeat. Choose one of up to 100 MB.")
        )


def holds_sound(upload: UploadedFile[bytes]) -> None:
    """Refuse what the transmitter could only find out when it needs it."""
    try:
        with lent(upload) as path:
            measured(path)
    except Unmeasurable as fault:
        raise ValidationError(
            _(
                "No sound could be made out in this file: %(fault)s. Choose an MP3, "
                "M4A, AAC, Ogg, FLAC or WAV file."
            ),
            params={"fault": str(fault)},
        ) from fault
