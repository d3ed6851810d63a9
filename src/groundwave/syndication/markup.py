"""
HTML from strangers, made into the few elements that a story's text has.

Two steps: what could do harm is taken out (``safe_html``); what is left is built anew
as a row of paragraphs, headings of two levels and flat lists, with bold, italic, links
and line breaks in them. Nothing else can come out, whatever goes in, even where both
steps do not agree on what an element is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from groundwave.syndication.safe_html import cleaned, plain
from groundwave.wire.http.text import clean_text


_SAME = {"strong": "b", "em": "i", "h1": "h2"} | dict.fromkeys(("h4", "h5", "h6"), "h3")
_INLINE = {"b", "i", "a"}
_HEADINGS = {"h2", "h3"}
_LISTS = {"ul", "ol"}
_MEDIA = re.compile(
    r"<(img|picture|iframe|video|audio|object|embed|svg|canvas)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
# They turn the reading direction around, for the rest of the page.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ATTRIBUTION = "fullattribution"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, heading, quoted paragraph or list; ``inner`` is safe HTML."""

    tag: str
    inner: str

    @property
    def html(self) -> str:
        return f"<{self.tag}>{self.inner}</{self.tag}>"

    @property
    def words(self) -> str:
        """Its text, on one line."""
        return plain(self.inner)


@dataclass(frozen=True, slots=True)
class Markup:
    """
    What a stranger's HTML became.

    Attributes:
        pieces: what is left of it, in its order.
        attribution: the text of what calls itself a full attribution, taken out.
        dropped: the names of the media elements that were in it, each once.
        flattened: how many tables became paragraphs.
    """

    pieces: tuple[Piece, ...]
    attribution: str
    dropped: tuple[str, ...]
    flattened: int

    @property
    def html(self) -> str:
        return "".join(piece.html for piece in self.pieces)


def read_markup(html: str) -> Markup:
    """Return what may be kept of *html*; its own result comes out as it went in."""
    builder = _Builder()
    builder.feed(cleaned(html))
    builder.close()
    builder.end_piece()
    attribution = clean_text("".join(builder.attribution), limit=500)
    dropped = dict.fromkeys(name.lower() for name in _MEDIA.findall(html))
    return Markup(tuple(builder.pieces), attribution, tuple(dropped), builder.tables)


class _Builder(HTMLParser):
    """Builds pieces out of elements that were let through."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.attribution: list[str] = []
        self.tables = 0
        self._inner: list[str] = []
        self._inline: list[tuple[str, str]] = []
        self._depths: Counter[str] = Counter()
        self._heading = ""
        self._lists: list[str] = []
        self._items: list[str] = []
        self._quoted = 0
        self._attributing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if self._attributing or _ATTRIBUTION in (dict(attrs).get("class") or ""):
            self._attributing += tag in {"div", "p"}
        elif tag == "br":
            self._break_line()
        elif tag in _INLINE:
            self._start_inline(tag, dict(attrs).get("href") or "")
        else:
            self._start_apart(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if self._attributing:
            self._attributing -= tag in {"div", "p"}
        elif tag in _INLINE:
            self._end_inline(tag)
        elif tag != "br":
            self._end_apart(tag)

    def handle_data(self, data: str) -> None:
        if self._attributing:
            self.attribution.append(data)
            return
        if self._inner or data.strip():
            self._begin_piece()
            self._inner.append(escape(_TURNING.sub("", data), quote=False))

    def end_piece(self) -> None:
        """Finish the paragraph that is being built, if there is one."""
        inner, self._inner = self._inner, []
        inner += [f"</{tag}>" for tag, _ in reversed(self._inline)]
        html = " ".join("".join(inner).split()).removesuffix("<br>").rstrip()
        if not plain(html):
            return
        if self._lists and not self._heading:
            self._items.append(f"<li>{html}</li>")
            return
        self._end_items()
        tag = self._heading or ("blockquote" if self._quoted else "p")
        self.pieces.append(Piece(tag, html))

    def _end_items(self) -> None:
        if self._items:
            self.pieces.append(Piece(self._lists[-1], "".join(self._items)))
            self._items = []

    def _break_line(self) -> None:
        """Begin another line, or after an empty one another paragraph."""
        while self._inner and not self._inner[-1].strip():
            self._inner.pop()
        if self._inner and self._inner[-1] == "<br>":
            self.end_piece()
        elif self._inner:
            self._inner.append("<br>")

    def _begin_piece(self) -> None:
        if not self._inner:
            self._inner = [start for _, start in self._inline]

    def _start_inline(self, tag: str, href: str) -> None:
        self._depths[tag] += 1
        is_dead = tag == "a" and not _ADDRESS.match(href)
        if self._depths[tag] > 1 or is_dead:
            return
        start = f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>"
        if self._inner:
            self._inner.append(start)
        self._inline.append((tag, start))

    def _end_inline(self, tag: str) -> None:
        self._depths[tag] -= 1
        # What was let through is well formed: the last one opened is the one to close.
        if self._depths[tag] == 0 and self._inline and self._inline[-1][0] == tag:
            self._inline.pop()
            if self._inner:
                self._inner.append(f"</{tag}>")

    def _start_apart(self, tag: str) -> None:
        self.end_piece()
        self.tables += tag == "table"
        self._quoted += tag == "blockquote"
        if tag in _HEADINGS:
            self._heading = tag
        elif tag in _LISTS:
            self._end_items()
            self._lists.append(tag)

    def _end_apart(self, tag: str) -> None:
        self.end_piece()
        self._quoted -= tag == "blockquote" and self._quoted > 0
        if tag in _HEADINGS:
            self._heading = ""
        elif tag in _LISTS and self._lists:
            self._end_items()
            self._lists.pop()
