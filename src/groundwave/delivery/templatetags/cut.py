"""Text cut to a number of bytes, for pages that are to be small in every script."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator


register = template.Library()


@register.filter(is_safe=True)
def within(rich: str, most: int) -> SafeString:
    """
    Return the beginning of *rich* that has *most* bytes at the most.

    It ends with a whole word, unless the words are so long, as in scripts that write
    them without spaces, that more than half of it would be lost.
    """
    if _size(rich) <= most:
        return SafeString(rich)
    cut = Truncator(rich)
    words = _longest(lambda count: str(cut.words(count, html=True)), len(rich), most)
    if _size(words) < most // 2:
        words = _longest(
            lambda count: str(cut.chars(count, html=True)), len(rich), most
        )
    # What it is cut from is rich text, and so is what is left.
    return SafeString(words)


def _longest(cut: Callable[[int], str], count: int, most: int) -> str:
    """Return what *cut* returns for the greatest number with which it is small enough."""
    too_long = bisect_right(range(count), most, key=lambda number: _size(cut(number)))
    return cut(max(0, too_long - 1))


def _size(text: str) -> int:
    return len(text.encode())
