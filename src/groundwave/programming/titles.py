"""What may stand in a title: anything that can be read on one line. Pure; no database."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


# Marks that turn around how whatever follows is written, also outside of the title.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def refuse_unseen(title: str) -> None:
    """
    Refuse line ends, control characters, and marks that turn the writing around.

    Raises:
        ValidationError: the title has one; its text is a sentence.
    """
    if any(each in _TURNING or unicodedata.category(each) == "Cc" for each in title):
        raise ValidationError(
            {
                "title": _(
                    "There is a character in it that cannot be seen. Type the title "
                    "anew, on one line, rather than paste it."
                )
            }
        )
