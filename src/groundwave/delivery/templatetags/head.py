"""What stands in the head of every page, and what search engines find at its end."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import template

from groundwave.delivery import air
from groundwave.delivery.card import card_of
from groundwave.delivery.linked_data import linked_data as linked_data_of
from groundwave.delivery.our_address import public_url


register = template.Library()


@register.inclusion_tag("groundwave/parts/card.html", takes_context=True)
def card(context: dict[str, Any]) -> dict[str, Any]:
    """Say what the page is, for those who announce it elsewhere."""
    return {"card": card_of(context)}


@register.inclusion_tag("groundwave/parts/linked_data.html", takes_context=True)
def linked_data(context: dict[str, Any]) -> dict[str, str]:
    """Say what the page is about, as data."""
    at = partial(public_url, request=context["request"])
    return {"said": linked_data_of(context, at)}


@register.simple_tag(takes_context=True)
def air_origin(context: dict[str, Any]) -> str:
    """Return where the sound comes from; a browser calls there before it is asked to."""
    return air.air_origin(context["request"])
