"""XML without the parts of it that harm: no entities, no endless depth or number."""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from groundwave.syndication.feeds.errors import NotAFeed, Why


DEEPEST = 100
MOST_ELEMENTS = 200_000

# What XML 1.0 does not allow at all, of what has a byte of its own.
_UNSAYABLE = bytes([*range(9), 11, 12, *range(14, 32)])
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_BLANK = b" \t\r\n"


def read_tree(data: bytes) -> tuple[Element, bool]:
    """
    Return the root of *data*, tags in Clark's notation, and whether it was cleaned.

    Characters that XML does not allow are left out; HTML's entities are known without
    being declared. Nothing outside of *data* is ever looked at.

    Raises:
        NotAFeed: it is not well-formed, declares anything, or is beyond the limits.
    """
    whole, data = data, _without_unsayable(data.strip(_BLANK))
    return _Growing().grow(data), data != whole.strip(_BLANK)


def _without_unsayable(data: bytes) -> bytes:
    # In UTF-16 every other byte is one of them.
    return data if data.startswith(_WIDE) else data.translate(None, _UNSAYABLE)


class _Growing:
    """A tree while it is read."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = self._elements = 0
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        # With these, what is not declared is skipped; without, it would be an error.
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.SkippedEntityHandler = self._skip
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._declare
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        self._parser = parser

    def grow(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as problem:
            raise NotAFeed(Why.BAD_XML, problem) from problem
        except (ValueError, LookupError) as problem:
            # An encoding that Python does not have, or that is none of text.
            raise NotAFeed(Why.BAD_XML, problem) from problem
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST:
            raise NotAFeed(Why.TOO_DEEP)
        if self._elements > MOST_ELEMENTS:
            raise NotAFeed(Why.TOO_MANY_PARTS, MOST_ELEMENTS)
        named = {_clark(key): value for key, value in attributes.items()}
        self._builder.start(_clark(name), named)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_clark(name))

    def _doctype(
        self, name: str, system: str | None, public: str | None, internal: int
    ) -> None:
        if internal:
            raise NotAFeed(Why.ENTITIES)

    def _declare(self, *_declared: object) -> None:
        raise NotAFeed(Why.ENTITIES)

    def _skip(self, name: str, is_parameter: int) -> None:
        self._builder.data(html.entities.html5.get(f"{name};", ""))


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name
