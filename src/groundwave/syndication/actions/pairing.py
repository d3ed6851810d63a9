"""
Pairing two stations, so that one carries the other's stories.

The one makes a partner and sends its *pairing line*; the other pastes it. All that a
line holds is between the two: whoever has it reads as the partner.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from datetime import datetime
from typing import Annotated, Any, TypeAlias

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from groundwave.stations.models import Licensee
from groundwave.stations.validators import is_timezone
from groundwave.syndication.errors import NotAPairingLine, PairingRefused
from groundwave.syndication.models import Connection, Pairing, Partner, Upstream


_BEGINS = "groundwave-pairing:"
_NAME_LENGTH = 80


# What is sent as a header has no line break in it.
_Random: TypeAlias = Annotated[
    str, msgspec.Meta(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+\Z")
]


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """
    What a pairing line says.

    Attributes:
        name: of the station whose stories these are.
        address: of its site.
        zone: where it is at home.
        uid: of the pairing, the same at both ends.
        key: opens its reading API.
        secret: signs its notices.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    address: str
    zone: str
    uid: uuid.UUID
    key: _Random
    secret: _Random


_INVITATION = msgspec.json.Decoder(Invitation)


def pairing_line(partner: Partner, *, site: str) -> str:
    """
    Return what *partner* is to paste into its own Groundwave.

    Args:
        partner: who is to carry our stories.
        site: our address, as the public knows it.
    """
    us = Licensee.objects.first()
    said = msgspec.json.encode(
        Invitation(
            name=us.name if us else site,
            address=site.rstrip("/"),
            zone=us.timezone if us else "UTC",
            uid=partner.uid,
            key=partner.key,
            secret=partner.secret,
        )
    )
    packed = base64.urlsafe_b64encode(said).decode().rstrip("=")
    return f"{_BEGINS}{packed}.{_sum(said)}"


def read_pairing_line(text: str) -> Invitation:
    """
    Return what a pasted line says, however a letter broke or indented it.

    Raises:
        NotAPairingLine: it is none, or was damaged on its way.
    """
    begins, found, rest = "".join(text.split()).partition(_BEGINS)
    packed, _dot, checked = rest.partition(".")
    if begins or not found:
        raise NotAPairingLine(
            _(
                "This is no pairing line. It begins with groundwave-pairing: and comes "
                "from the station whose stories you want to carry; ask it for one."
            )
        )
    try:
        said = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        invitation = _INVITATION.decode(said)
        URLValidator(["http", "https"])(invitation.address)
        is_timezone(invitation.zone)
    except (ValueError, ValidationError) as problem:
        raise _damaged() from problem
    if checked != _sum(said):
        raise _damaged()
    return invitation


@transaction.atomic
def pair(
    invitation: Invitation,
    *,
    section: Page,
    site: str,
    now: datetime,
    **policy: Any,
) -> Connection:
    """
    Carry the stories of whoever sent *invitation* from now on, and be told of changes.

    A second line of the same pairing brings another key and changes nothing else.

    Args:
        invitation: of a line.
        section: where its stories stand.
        site: our address, as the public knows it; notices come there.
        now: the instant of it.
        policy: whatever else the connection is to have, such as ``arrival``.

    Raises:
        PairingRefused: it is our own line, or the name is taken.
    """
    if Partner.objects.filter(uid=invitation.uid).exists():
        raise PairingRefused(
            _(
                "This is a line of your own, for another station. Send it there; to "
                "carry that station's stories, ask it for a line of its own."
            )
        )
    known = Pairing.objects.filter(uid=invitation.uid).select_related("connection")
    if pairing := known.first():
        return _renewed(pairing, invitation, site=site, now=now)
    connection = _connected(invitation, section=section, now=now, **policy)
    Pairing.objects.create(
        connection=connection,
        uid=invitation.uid,
        secret=invitation.secret,
        notices_at=_notices_at(invitation, site),
        due_at=now,
    )
    return connection


def renew_keys(partner: Partner) -> None:
    """Make every line that was sent to *partner* worthless; it needs another one."""
    fresh = Partner()
    partner.key, partner.secret = fresh.key, fresh.secret
    partner.save(update_fields=["key", "secret"])


def _connected(
    invitation: Invitation, *, section: Page, now: datetime, **policy: Any
) -> Connection:
    facts: dict[str, Any] = {
        "name": invitation.name[:_NAME_LENGTH],
        "origin": invitation.name,
        "origin_url": invitation.address,
        "origin_zone": invitation.zone,
    }
    connection = Connection(
        **(facts | policy),
        upstream=Upstream.GROUNDWAVE,
        address=invitation.address,
        key=invitation.key,
        section=section,
        poll_due_at=now,
    )
    try:
        connection.full_clean()
    except ValidationError as problem:
        raise PairingRefused(" ".join(problem.messages)) from problem
    connection.save()
    return connection


def _renewed(
    pairing: Pairing, invitation: Invitation, *, site: str, now: datetime
) -> Connection:
    connection = pairing.connection
    connection.address, connection.key = invitation.address, invitation.key
    connection.poll_due_at = now
    connection.save(update_fields=["address", "key", "poll_due_at"])
    pairing.secret = invitation.secret
    pairing.notices_at = _notices_at(invitation, site)
    pairing.due_at, pairing.attempts, pairing.trouble = now, 0, ""
    pairing.save()
    return connection


def _notices_at(invitation: Invitation, site: str) -> str:
    return f"{site.rstrip('/')}/network/notices/{invitation.uid}"


def _sum(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:8]


def _damaged() -> NotAPairingLine:
    return NotAPairingLine(
        _("Part of this pairing line is missing or changed. Copy all of it once more.")
    )
