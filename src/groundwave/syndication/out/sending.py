"""One request about one document, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.outbound.client import Answer, Client
from groundwave.outbound.errors import OutboundError, Refused
from groundwave.syndication.models import Dispatch
from groundwave.wire.cds.answers import messages_in
from groundwave.wire.http.text import clean_text


_PUT = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED})
# What is not there need not be deleted.
_DELETED = _PUT | {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_KEY = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_LONGEST_KEY = 500


class Verdict(Enum):
    """What became of a request, or why there was none."""

    DONE = "it is as we said"
    REFUSED = "it stays as it was, however often we ask"
    LATER = "nobody knows, or it cannot be done now"
    SAME = "it has that already, and was not asked"
    PARKED = "nothing goes there for now, and it was not asked"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a network said, in its own words as far as it has any."""

    verdict: Verdict
    messages: tuple[str, ...] = ()


def say(row: Dispatch, body: bytes) -> Heard:
    """Let the network of *row* have *body* as its document; without any, delete it."""
    network = row.network
    url = f"{network.address.rstrip('/')}/v1/documents/{quote(row.document_id)}"
    headers = {"Authorization": f"Bearer {clean_text(network.key, limit=_LONGEST_KEY)}"}
    if body:
        headers["Content-Type"] = "application/json"
    client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
    try:
        answer = client.send("PUT" if body else "DELETE", url, body, headers=headers)
    except OutboundError as trouble:
        return Heard(Verdict.LATER, (trouble.sentence,))
    return _heard(answer, _PUT if body else _DELETED)


def _heard(answer: Answer, yes: frozenset[HTTPStatus]) -> Heard:
    if answer.status in yes:
        return Heard(Verdict.DONE)
    refusal = Refused(answer.url, answer.status)
    messages = messages_in(answer.body) or (refusal.sentence,)
    if answer.status in _KEY:
        messages = (_about_key(), *messages)
    return Heard(Verdict.REFUSED if refusal.permanent else Verdict.LATER, messages)


def _about_key() -> str:
    return _(
        "The network does not take our key, or lets it not write documents with our "
        "prefix. Ask the network, and put it right under Networks: what was refused is "
        "sent again then."
    )
