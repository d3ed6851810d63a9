"""Quantities in words, to be read and to be said. Pure, but for the language they are in."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext as _

from groundwave.newsroom.figures.quantity import Change, Qualifier, Quantity, Spread


if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine


# How a number itself is put.
Say = Callable[[Decimal], str]


def written(quantity: Quantity) -> str:
    """Return it as it stands in a text: ``at least 32``."""
    return _phrase(quantity, digits)


def spoken(quantity: Quantity) -> str:
    """Return it as it is said: ``at least thirty-two``."""
    return _phrase(quantity, letters)


def digits(number: Decimal) -> str:
    """Return ``1,200``, or ``6.4``."""
    return f"{_plain(number):,f}"


def letters(number: Decimal) -> str:
    """Return ``one thousand two hundred``, or ``six point four``."""
    speller = _speller((get_language() or "en").partition("-")[0])
    return speller.format_number(_plain(number)).text


def change_words(change: Change, before: Quantity) -> str:
    """Return what became of *before*: ``up from at least 32``."""
    words = {
        Change.ROSE: _("up from %(before)s"),
        Change.FELL: _("down from %(before)s"),
        Change.SAME: _("unchanged"),
        Change.UNCLEAR: _("was %(before)s"),
    }
    return words[change] % {"before": written(before)}


def spread_words(spread: Spread) -> str:
    """Return between what the sources lie: ``32 to 42 or more``."""
    facts = {"least": digits(spread.least), "most": digits(spread.most)}
    words = {
        (False, False): _("%(least)s to %(most)s"),
        (True, False): _("%(least)s or fewer to %(most)s"),
        (False, True): _("%(least)s to %(most)s or more"),
        (True, True): _("%(least)s or fewer to %(most)s or more"),
    }
    return words[spread.or_fewer, spread.or_more] % facts


def attribution(who: str, relayed_by: str) -> str:
    """Return who says it, and through whom we know."""
    if not relayed_by:
        return who
    return _("%(who)s via %(relay)s") % {"who": who, "relay": relayed_by}


def _phrase(quantity: Quantity, say: Say) -> str:
    low = "" if quantity.low is None else say(quantity.low)
    high = "" if quantity.high is None else say(quantity.high)
    words = {
        Qualifier.EXACT: "%(low)s",
        Qualifier.AT_LEAST: _("at least %(low)s"),
        Qualifier.AT_MOST: _("at most %(high)s"),
        Qualifier.ABOUT: _("about %(low)s"),
        Qualifier.RANGE: _("between %(low)s and %(high)s"),
    }
    return words[quantity.qualifier] % {"low": low, "high": high}


def _plain(number: Decimal) -> Decimal:
    """Return it without the zeros that a database puts behind the point."""
    return number.quantize(Decimal(1)) if number == int(number) else number.normalize()


@cache
def _speller(language: str) -> RbnfEngine:
    # Only whoever reads on the air needs it.
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(language)
