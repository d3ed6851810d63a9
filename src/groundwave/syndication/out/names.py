"""What the parts of a document are called: the same in every version of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256


_UNFIT = re.compile(r"[^a-z0-9]+")
_LONGEST_PART = 64
_DIGITS = 10


@dataclass(slots=True)
class Names:
    """The ids of one document's assets, none of which is given twice."""

    document_id: str
    _given: set[str] = field(default_factory=set)

    def of(self, *parts: str) -> str:
        """Return the id of what *parts* name; of the second of that name, another."""
        fit = (_UNFIT.sub("-", part.lower())[:_LONGEST_PART] for part in parts)
        name = free = "-".join([self.document_id, *fit])
        number = 1
        while free in self._given:
            number += 1
            free = f"{name}-{number}"
        self._given.add(free)
        return free

    def by_content(self, block: str, text: str) -> str:
        """
        Return the id of a paragraph of *block*.

        One that is put before it or taken out leaves it as it is.
        """
        return self.of(block, sha256(text.encode()).hexdigest()[:_DIGITS])
