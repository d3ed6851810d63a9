"""Learning where a partner wants to be told of changes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from groundwave.syndication.exchange.notices import note_recent
from groundwave.syndication.models import Partner


class NoAddress(Exception):
    """What came is no address that a notice could be sent to."""


class _Said(msgspec.Struct):
    address: Annotated[str, msgspec.Meta(max_length=500)]


_ADDRESS = msgspec.json.Decoder(_Said)
_is_web = URLValidator(["http", "https"])


@transaction.atomic
def tell_at(partner: Partner, body: bytes, *, now: datetime) -> None:
    """
    Tell *partner* of changes at the address in *body* from now on.

    It begins with the stories of the last day, which are the first that it reads.

    Raises:
        NoAddress: there is none in it; what was said before holds.
    """
    try:
        address = _ADDRESS.decode(body).address
        _is_web(address)
    except (ValueError, RecursionError, ValidationError) as problem:
        raise NoAddress from problem
    Partner.objects.filter(pk=partner.pk).update(notices_to=address)
    note_recent(partner, now=now)
