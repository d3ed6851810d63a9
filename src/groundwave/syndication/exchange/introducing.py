"""Telling a station whose stories we carry where it can tell us of changes."""

from __future__ import annotations

from datetime import datetime

import msgspec
import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.outbound.client import Client
from groundwave.outbound.errors import OutboundError
from groundwave.syndication.exchange.notices import LIMITS
from groundwave.syndication.exchange.patience import pause_after
from groundwave.syndication.models import Pairing


log = structlog.get_logger(__name__)


def introduce_due(now: datetime) -> int:
    """
    Tell whoever does not know yet where we are told; return how many know it now.

    Whoever is not there is tried again, for as long as the pairing stands.
    """
    waiting = Pairing.objects.to_introduce(now).select_related("connection")
    return sum(_introduce(pairing, now) for pairing in waiting)


def _introduce(pairing: Pairing, now: datetime) -> bool:
    if not _hold(pairing, now):
        return False  # somebody else was first
    try:
        _say(pairing)
    except OutboundError as problem:
        pairing.trouble = problem.sentence
        log.warning("not_introduced", to=str(pairing), because=problem.sentence)
    else:
        pairing.trouble, pairing.due_at, pairing.attempts = "", None, 0
    pairing.save(update_fields=["trouble", "due_at", "attempts"])
    return pairing.due_at is None


def _hold(pairing: Pairing, now: datetime) -> bool:
    """Have *pairing* wait for its next turn, whatever becomes of this one."""
    seen = Pairing.objects.filter(pk=pairing.pk, due_at=pairing.due_at)
    pairing.due_at = now + pause_after(pairing.attempts)
    pairing.attempts += 1
    pairing.trouble = _("We broke off; paste another pairing line if this stays so.")
    facts = ("due_at", "attempts", "trouble")
    return bool(seen.update(**{name: getattr(pairing, name) for name in facts}))


def _say(pairing: Pairing) -> None:
    connection = pairing.connection
    client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
    answer = client.send(
        "PUT",
        f"{connection.address.rstrip('/')}/network/v1/notices",
        msgspec.json.encode({"address": pairing.notices_at}),
        headers={
            "Authorization": f"Bearer {connection.key}",
            "Content-Type": "application/json",
        },
        limits=LIMITS,
    )
    answer.expect_success()
