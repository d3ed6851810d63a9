"""
Media RSS (rssboard.org/media-rss), in RSS and in Atom.

Of what several elements say of one file, what is said nearest to it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from groundwave.syndication.feeds.elements import ITUNES, MEDIA, text_of
from groundwave.syndication.feeds.fields import MOST_OF_A_KIND, Reader
from groundwave.syndication.feeds.oddity import Odd
from groundwave.syndication.feeds.values import Enclosure


_MEDIA_WORDS = frozenset({"image", "audio", "video"})


def media_of(item: Element, reader: Reader) -> Iterator[Enclosure]:
    """Yield the files that *item* has by Media RSS, and its picture by iTunes' words."""
    for parents in (
        (item,),
        *((group, item) for group in item.iterfind(f"{MEDIA}group")),
    ):
        for each in parents[0].iterfind(f"{MEDIA}content"):
            yield from _content(each, (each, *parents), reader)
    for each in (*item.iterfind(f"{MEDIA}group"), item):
        for picture in each.iterfind(f"{MEDIA}thumbnail"):
            yield from enclosure(reader, picture.get("url", ""), medium="image")
    for picture in item.iterfind(f"{ITUNES}image"):
        yield from enclosure(reader, picture.get("href", ""), medium="image")


def enclosure(
    reader: Reader,
    url: str,
    *,
    kind: str = "",
    medium: str = "",
    length: str = "",
    credit: str = "",
    caption: str = "",
    alt: str = "",
) -> Iterator[Enclosure]:
    """Yield one file, if its address can be used; its texts are plain."""
    address = reader.address(url)
    if not address:
        return
    kind = kind.partition(";")[0].strip().lower()[:100]
    said = kind.partition("/")[0]
    yield Enclosure(
        url=address,
        kind=kind,
        medium=medium.lower() or (said if said in _MEDIA_WORDS else ""),
        length=int(length) if length.isdecimal() and len(length) < 16 else None,
        credit=reader.line_of_either(credit),
        caption=reader.line_of_either(caption),
        alt=reader.line_of_either(alt),
    )


def each_once(found: Iterable[Enclosure], reader: Reader) -> tuple[Enclosure, ...]:
    """Return the first of each address."""
    files: dict[str, Enclosure] = {}
    for each in found:
        if each.url not in files and len(files) == MOST_OF_A_KIND:
            reader.tell(Odd.TOO_MANY, MOST_OF_A_KIND)
            break
        files.setdefault(each.url, each)
    return tuple(files.values())


def _content(
    element: Element, nearest: tuple[Element, ...], reader: Reader
) -> Iterator[Enclosure]:
    return enclosure(
        reader,
        element.get("url", ""),
        kind=element.get("type", ""),
        medium=element.get("medium", "")[:20],
        length=element.get("fileSize", ""),
        credit=", ".join(_said(nearest, "credit")),
        caption="".join(_said(nearest, "title")[:1]),
        alt="".join(_said(nearest, "description")[:1]),
    )


def _said(nearest: tuple[Element, ...], word: str) -> list[str]:
    for element in nearest:
        texts = [text_of(each) for each in element.iterfind(f"{MEDIA}{word}")]
        if any(texts):
            return [each for each in texts if each]
    return []
