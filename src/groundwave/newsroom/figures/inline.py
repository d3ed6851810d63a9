"""
Figures within a sentence.

What an editor puts there are words, as they were on that day. They are pinned: they
know which figure they tell, and do not change when its source says another.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from groundwave.newsroom.figures.standing import Said
from groundwave.newsroom.figures.words import attribution, written


def attributed(said: Said) -> str:
    """Return ``at least 32, according to Tamarack County``."""
    who = attribution(said.who, said.relayed_by)
    facts = {"figure": written(said.quantity), "who": who}
    return _("%(figure)s, according to %(who)s") % facts


def forms(said: Said) -> tuple[str, str]:
    """Return in which words *said* may stand in a sentence, the fuller ones first."""
    return attributed(said), written(said.quantity)


def renewed(words: str, was: Said, now: Said) -> str | None:
    """
    Return *words* of one figure as they are of another, a capital letter for another.

    ``None`` is for words that were never put there as those of *was*.
    """
    for before, after in zip(forms(was), forms(now), strict=True):
        if words == before:
            return after
        if words == capital(before):
            return capital(after)
    return None


def capital(words: str) -> str:
    """Return *words* as they begin a sentence."""
    return words[:1].upper() + words[1:]
