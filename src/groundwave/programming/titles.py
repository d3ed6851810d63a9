"""What may stand in a title: anything that can be read on one line. Pure; no database."""

from __future__ import annotations

from unicodedata import category

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


# Marks that turn around how whatever follows is written, also outside of the title.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters, and those that end a line or a paragraph.
_BREAKING = frozenset({"Cc", "Zl", "Zp"})
# Letters and symbols by name, of which nothing is seen.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def refuse_unseen(title: str) -> None:
    """
    Refuse line ends, control characters, marks that turn the writing around, and nothing.

    Raises:
        ValidationError: the title has one, or has nothing to see; its text is a sentence.
    """
    if any(each in _TURNING or category(each) in _BREAKING for each in title):
        raise ValidationError(
            {
                "title": _(
                    "There is a character in it that cannot be seen. Type the title "
                    "anew, on one line, rather than paste it."
                )
            }
        )
    if title and not any(_is_seen(each) for each in title):
        raise ValidationError(
            {"title": _("Nothing of it can be seen. Type a title with a letter in it.")}
        )


def _is_seen(character: str) -> bool:
    """Whether it is a letter, a number, a mark of punctuation or a symbol."""
    return category(character)[0] in "LNPS" and character not in _BLANK
