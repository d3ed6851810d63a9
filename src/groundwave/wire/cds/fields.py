"""
The fields of a part, as reading, checking and writing walk them.

They come from the part's class alone, so that what is declared there is the one
place that says what a document may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from functools import cache
from typing import Annotated, TypeVar, get_args, get_origin

import msgspec

from groundwave.wire.cds.assets import Asset, Profiled, UnknownAsset
from groundwave.wire.cds.grammar import NONEMPTY, Least, Links, OneOf, Part, Unreadable
from groundwave.wire.cds.link import Link


M = TypeVar("M")


class Shape(Enum):
    """What JSON a field is in."""

    TEXT = auto()
    FLAG = auto()
    WHOLE = auto()
    INSTANT = auto()
    TEXTS = auto()
    OBJECT = auto()
    LINK = auto()
    LINKS = auto()


EMPTY: Mapping[Shape, object] = {
    Shape.TEXT: "",
    Shape.FLAG: False,
    Shape.WHOLE: None,
    Shape.INSTANT: None,
    Shape.TEXTS: (),
    Shape.OBJECT: {},
    Shape.LINK: None,
    Shape.LINKS: (),
}
"""What a field holds while there is nothing in it."""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of a part.

    Attributes:
        name: in Python.
        key: in JSON.
        shape: its JSON.
        required: whether it has to be there, even if empty.
        nonempty: whether it is not to be empty either.
        unreadable: what it holds if what came cannot be read.
        link: the class of its links, if it is made of those.
        links: what is allowed of them.
        words: the words it may be; empty if it may be any.
        least: the least it may be, if it is a number.
    """

    name: str
    key: str
    shape: Shape
    required: bool
    nonempty: bool
    unreadable: object
    link: type[Link]
    links: Links
    words: frozenset[str]
    least: int

    @property
    def empty(self) -> object:
        """What it holds while there is nothing in it."""
        return EMPTY[self.shape]


_SHAPES: Mapping[object, Shape] = {
    str: Shape.TEXT,
    bool: Shape.FLAG,
    int | None: Shape.WHOLE,
    datetime | None: Shape.INSTANT,
    tuple[str, ...]: Shape.TEXTS,
}
_BY_HAND = frozenset({"id", "kind", "interfaces", "assets", "rest"})
"""Written and read by the reader and the writer of documents themselves."""


@cache
def fields_of(kind: type[Part]) -> tuple[Field, ...]:
    """Return the fields of *kind*, but for those that every profiled part has."""
    own = _BY_HAND if issubclass(kind, Profiled) else frozenset()
    infos = msgspec.structs.fields(kind)
    return tuple(_field(info) for info in infos if info.name not in own)


@cache
def keys_of(kind: type[Part]) -> frozenset[str]:
    """Return the keys of all the fields of *kind*, whoever reads them."""
    keys = {spec.key for spec in fields_of(kind)}
    if issubclass(kind, Profiled):
        keys |= {"id", "profiles"} | ({"assets"} & {*kind.__struct_fields__})
    return frozenset(keys)


@cache
def asset_kinds() -> Mapping[str, type[Asset]]:
    """Return the class of each kind of asset that is known."""
    kinds = get_args(Asset)
    return {kind.kind: kind for kind in kinds if kind is not UnknownAsset}


def _field(info: msgspec.structs.FieldInfo) -> Field:
    plain, marks = _marked(info.type)
    shape, link = _shape(plain)
    unreadable = _mark(marks, Unreadable)
    words, least = _mark(marks, OneOf), _mark(marks, Least)
    return Field(
        info.name,
        info.encode_name,
        shape,
        info.required,
        NONEMPTY in marks,
        unreadable.value if unreadable else EMPTY[shape],
        link,
        _mark(marks, Links) or Links(),
        words.words if words else frozenset(),
        least.number if least else 0,
    )


def _mark(marks: tuple[object, ...], kind: type[M]) -> M | None:
    return next((mark for mark in marks if isinstance(mark, kind)), None)


def _marked(hint: object) -> tuple[object, tuple[object, ...]]:
    if get_origin(hint) is Annotated:
        plain, *marks = get_args(hint)
        return plain, tuple(marks)
    return hint, ()


def _shape(plain: object) -> tuple[Shape, type[Link]]:
    if plain in _SHAPES:
        return _SHAPES[plain], Link
    for argument in get_args(plain):
        if isinstance(argument, type) and issubclass(argument, Link):
            several = get_origin(plain) is tuple
            return (Shape.LINKS if several else Shape.LINK), argument
    return Shape.OBJECT, Link
