"""How a carried story stands to its original, as the desk shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.syndication.carrying.readable import (
    FIELD_LABELS,
    block_in_words,
    field_in_words,
)
from groundwave.syndication.carrying.versions import (
    Value,
    assets_of,
    restored,
    stream_of,
    version_of,
)
from groundwave.syndication.differences import Piece, differences
from groundwave.syndication.merging import State, Version, state_of
from groundwave.syndication.models import Original


@dataclass(frozen=True)
class Choice:
    """Words of ours and of upstream's, of which somebody may choose."""

    name: str
    label: str
    ours: str
    theirs: str

    @cached_property
    def pieces(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        return differences(self.ours, self.theirs)

    @property
    def seen(self) -> str:
        """What is another one as soon as either side says something else."""
        said = f"{self.name}\0{self.ours}\0{self.theirs}"
        return sha256(said.encode()).hexdigest()[:16]


class Standing:
    """What is said of *original*, whose story this is in its newest version."""

    def __init__(self, original: Original) -> None:
        self.original = original
        self._base = restored(original.base)

    @cached_property
    def story(self) -> Story | None:
        kept = self.original.story
        if kept is None:
            return None
        newest: Story = kept.get_latest_revision_as_object()
        return newest

    @cached_property
    def state(self) -> State:
        return state_of(self._base, self._ours, is_detached=self.original.is_detached)

    @property
    def state_in_words(self) -> str:
        origin = {"origin": self.original.connection.origin}
        match self.state:
            case State.MIRRORED:
                return _("It is as %(origin)s has it, and follows.") % origin
            case State.LOCALIZED:
                return (
                    _("Some of it is ours; the rest follows what %(origin)s has.")
                    % origin
                )
            case _:
                return _("It is detached: nothing of it follows but a takedown.")

    @cached_property
    def overrides(self) -> list[Choice]:
        """The fields in which we say something else."""
        return [] if self.original.is_detached else list(self._overrides())

    @cached_property
    def conflicts(self) -> list[Choice]:
        """The blocks that both sides changed."""
        if self.original.is_detached or self.story is None:
            return []
        here = {each["id"]: each for each in stream_of(self.story.body)}
        there = {part.asset: part.value.raw for part in self._base.body}
        return [
            Choice(
                asset,
                _("A passage that both have changed"),
                block_in_words(here.get(asset)),
                block_in_words(there.get(asset)),
            )
            for asset in (each["asset"] for each in self.original.conflicts)
        ]

    def _overrides(self) -> Iterator[Choice]:
        for name, label in FIELD_LABELS.items():
            ours, theirs = self._ours.fields.get(name), self._base.fields.get(name)
            if ours != theirs:
                yield Choice(
                    name,
                    str(label),
                    field_in_words(name, _raw(ours)),
                    field_in_words(name, _raw(theirs)),
                )

    @cached_property
    def _ours(self) -> Version[Value]:
        if self.story is None:
            return Version()
        return version_of(self.story, assets_of(self._base))


def _raw(value: Value | None) -> Any:
    return value.raw if value else None
