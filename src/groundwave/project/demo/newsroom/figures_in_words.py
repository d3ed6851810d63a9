"""Figures of the ferry as they are pinned in its story's sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html

from groundwave.newsroom.figures.inline import capital
from groundwave.newsroom.figures.words import written
from groundwave.newsroom.models import Figure


def pinned(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Return each by its name; by its name with a capital, as it begins a sentence."""
    told = {}
    for name, figure in figures.items():
        words = written(figure.quantity)
        told[name] = _pin(figure, words)
        told[name.capitalize()] = _pin(figure, capital(words))
    return told


def _pin(figure: Figure, words: str) -> str:
    return format_html('<a linktype="figure" uid="{}">{}</a>', figure.uid, words)
