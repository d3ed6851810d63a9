"""What is in an XML element: its text, its parts, the HTML that stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring


ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
DUBLIN_CORE_TERMS = "{http://purl.org/dc/terms/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
MEDIA = "{http://search.yahoo.com/mrss/}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"


def text_in(parent: Element, *tags: str) -> str:
    """Return the text of the first of *tags* that *parent* has and that has any."""
    for tag in tags:
        for each in parent.iterfind(tag):
            if text := text_of(each):
                return text
    return ""


def texts_in(parent: Element, *tags: str) -> Iterator[str]:
    """Yield the text of every child of *tags*."""
    for tag in tags:
        yield from map(text_of, parent.iterfind(tag))


def text_of(element: Element) -> str:
    """Return all text in *element*."""
    return "".join(element.itertext()).strip()


def html_of(element: Element) -> str:
    """Return the HTML in *element*, written as text or as elements."""
    if not len(element):
        return (element.text or "").strip()
    for each in element.iter():
        each.tag = str(each.tag).rpartition("}")[2]
        each.attrib = {
            name: value for name, value in each.items() if not name.startswith("{")
        }
    inner = (tostring(each, encoding="unicode", method="html") for each in element)
    return ((element.text or "") + "".join(inner)).strip()
