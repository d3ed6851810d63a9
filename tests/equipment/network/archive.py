"""What a network holds: its documents, by id, and which are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from equipment.network.links import Document, ids_in, stamp
from equipment.network.query import Card, Query


Make = Callable[..., Document]


@dataclass(frozen=True)
class Held:
    """A document, which may be made only when somebody reads it."""

    card: Card
    read: Callable[[], Document]


class Archive:
    """Documents by id; not to be used by two threads at once."""

    def __init__(self) -> None:
        self.deleted: dict[str, datetime] = {}
        self._held: dict[str, Held] = {}
        # Which documents a collection names itself.
        self._items: dict[str, list[str]] = {}

    def keep(self, document: Document) -> None:
        """Hold a document, in the place of any other with its id."""
        name = document["id"]
        self._held[name] = Held(Card.of(document), lambda: document)
        self._items[name] = ids_in(document.get("items", ()))
        self.deleted.pop(name, None)

    def keep_crowd(
        self, count: int, *, make: Make, until: datetime, every: timedelta
    ) -> None:
        """Hold documents of which only the cards exist until they are read."""
        template = Card.of(make("crowd-0", at=until))
        for number in range(count):
            name, at = f"crowd-{number}", until - every * (count - 1 - number)
            card = _like(template, name, at)
            self._held[name] = Held(card, partial(make, name, at=at))

    def drop(self, name: str, at: datetime) -> None:
        del self._held[name]
        self._items.pop(name, None)
        self.deleted[name] = at

    def get(self, name: str) -> Document | None:
        held = self._held.get(name)
        return held.read() if held else None

    def answer(self, query: Query) -> list[Document]:
        cards = (each.card for each in self._held.values())
        return [self._held[each.id].read() for each in query.page(cards, self._items)]

    def __iter__(self) -> Iterator[Document]:
        return (each.read() for each in list(self._held.values()))


def _like(template: Card, name: str, at: datetime) -> Card:
    times: dict[str, Any] = dict.fromkeys(
        ("publishDateTime", "editorialLastModifiedDateTime"), at
    )
    return replace(
        template,
        id=name,
        named={**template.named, "ids": frozenset([name])},
        ordered={**template.ordered, **times},
    )


def modified(document: Document, at: datetime) -> Document:
    """Stamp what the network itself says of a document: when it was last written."""
    said = {
        "documentLastModifiedDateTime": stamp(at),
        "extensionLinks": [],
        "assetInternalLinkDocuments": [],
        **document.get("meta", {}),
    }
    return {**document, "meta": said | {"documentLastModifiedDateTime": stamp(at)}}
