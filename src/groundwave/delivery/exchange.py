"""
Where stations outside a network read our stories, and tell us of theirs.

What is wrong is said as a network says it, in ``{"meta": {"messages": […]}}``.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from groundwave.delivery.our_address import public_url
from groundwave.syndication.exchange.brand import brand as our_brand
from groundwave.syndication.exchange.hearing import (
    LARGEST_NOTICE,
    NoNotice,
    NotSigned,
    hear,
)
from groundwave.syndication.exchange.keys import partner_with
from groundwave.syndication.exchange.listening import NoAddress, tell_at
from groundwave.syndication.exchange.served import served
from groundwave.syndication.exchange.shelf import CannotAnswer, stories_for, with_ids
from groundwave.syndication.exchange.signing import HEADER
from groundwave.syndication.models import Pairing, Partner
from groundwave.wire.cds.answers import refusal_of
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.query_reading import read_query


PartnersView = Callable[..., HttpResponse]


def _for_partners(view: PartnersView) -> PartnersView:
    """Let partners in whose key is good, and say to others what to do."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        partner = partner_with(request.headers.get("Authorization", ""))
        if partner is None:
            response = _refusal(HTTPStatus.UNAUTHORIZED, _no_key())
            response["WWW-Authenticate"] = "Bearer"
        elif not partner.is_active:
            response = _refusal(HTTPStatus.FORBIDDEN, _closed())
        else:
            response = view(request, partner=partner, **named)
        # What one may read is not for whoever asks next.
        response["Cache-Control"] = "private, no-store"
        response["Vary"] = "Authorization"
        return response

    return answer


@require_safe
@_for_partners
def documents(request: HttpRequest, *, partner: Partner) -> HttpResponse:
    """Answer a query with our own stories, the newest first."""
    try:
        found = stories_for(read_query(request.META.get("QUERY_STRING", "")))
    except (NotCds, CannotAnswer) as wrong:
        return _refusal(HTTPStatus.BAD_REQUEST, str(wrong))
    return _json(served(found, site=_site(request), now=timezone.now()))


@require_safe
@_for_partners
def document(request: HttpRequest, *, partner: Partner, name: str) -> HttpResponse:
    """Answer with the story of that id."""
    if request.GET:
        return _refusal(HTTPStatus.BAD_REQUEST, _no_parameters())
    found = with_ids([name])
    if not found:
        return _refusal(HTTPStatus.NOT_FOUND, _no_document())
    return _json(served(found, site=_site(request), now=timezone.now()))


@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """Say who we are, to anybody."""
    return JsonResponse(our_brand(_site(request)))


@csrf_exempt
@require_http_methods(["PUT"])
@_for_partners
def notices_address(request: HttpRequest, *, partner: Partner) -> HttpResponse:
    """Let a partner say where it wants to be told of changes."""
    try:
        tell_at(partner, _body(request), now=timezone.now())
    except NoAddress:
        return _refusal(HTTPStatus.BAD_REQUEST, _no_address())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@csrf_exempt
@require_POST
def notices(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Be told that something changed, by whoever is paired with us."""
    pairing = Pairing.objects.filter(uid=uid).select_related("connection").first()
    if pairing is None:
        return _refusal(HTTPStatus.NOT_FOUND, _no_pairing())
    said = request.headers.get(HEADER, "")
    try:
        hear(pairing, _body(request), said, now=timezone.now())
    except NotSigned:
        return _refusal(HTTPStatus.UNAUTHORIZED, _not_signed())
    except NoNotice:
        return _refusal(HTTPStatus.BAD_REQUEST, _no_notice())
    return HttpResponse(status=HTTPStatus.ACCEPTED)


def _body(request: HttpRequest) -> bytes:
    """Return what came; of more than a notice may be, nothing is read."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    return request.body if length <= LARGEST_NOTICE else b""


def _site(request: HttpRequest) -> str:
    return public_url("/", request).rstrip("/")


def _json(answer: bytes, status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(answer, status=status, content_type="application/json")


def _refusal(status: int, *messages: str) -> HttpResponse:
    return _json(refusal_of(*messages), status)


def _no_key() -> str:
    return _(
        "A key is needed here, as in “Authorization: Bearer KEY”. Ask this station for "
        "a pairing line and paste it into your Groundwave."
    )


def _closed() -> str:
    return _("This station shares its stories with you no more. Ask it why.")


def _no_document() -> str:
    return _(
        "There is no such document here, or no more. Take down what you have of it."
    )


def _no_parameters() -> str:
    return _("A single document has no parameters here. Leave them out.")


def _no_pairing() -> str:
    return _("Nobody here waits for notices at this address. Send them no more.")


def _not_signed() -> str:
    return _(
        "The signature is not yours or not of now. Check both clocks, and pair the "
        "stations again if they are right."
    )


def _no_notice() -> str:
    return _("Say which document changed, as in {“id”: …}, in 4 kB at most.")


def _no_address() -> str:
    return _("Say where notices are to go, as in {“address”: “https://…”}.")
