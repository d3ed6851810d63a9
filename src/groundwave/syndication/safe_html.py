"""HTML from strangers: without what could do harm, by an allow-list, or as plain text."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import nh3

from groundwave.wire.http.text import clean_text


DEEPEST = 100
"""How far elements may be nested; what is deeper loses all of its tags."""

APART = {
    "p",
    "div",
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "pre",
    "hr",
    "center",
}
# Elements whose text is none. Some of them hold text that parsers do not agree on.
_HARMFUL = {
    "script",
    "style",
    "noscript",
    "template",
    "title",
    "textarea",
    "select",
    "iframe",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "svg",
    "canvas",
    "math",
    "object",
}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_WITHIN = {"a", "b", "strong", "i", "em", "br"}
_ALLOWED = {*APART, *_HEADINGS, *_WITHIN, "blockquote", "ol", "ul", "li"}
_CLEANER = nh3.Cleaner(
    tags=_ALLOWED,
    attributes={"a": {"href"}, "div": {"class"}, "p": {"class"}},
    clean_content_tags=_HARMFUL,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
)
_TEXT_ONLY = nh3.Cleaner(tags=set(), clean_content_tags=_HARMFUL)
_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
_NESTS_NOT = {"p", "li", "dt", "dd", "tr", "td", "th", "br", "img", "hr", "wbr"}


def cleaned(html: str) -> str:
    """
    Return *html* with elements of text alone, well formed.

    Links lead to whole addresses of the web or of mail; nothing else has attributes,
    but for a ``class`` that paragraphs may have.
    """
    return _CLEANER.clean(_flat(html))


def plain(html: str, *, limit: int = 10_000) -> str:
    """Return the text of *html* on one line of at most *limit* characters."""
    spaced = re.sub(
        r"<(?=br\b|p\b|li\b|/p>|/li>)", " <", _flat(html), flags=re.IGNORECASE
    )
    return clean_text(unescape(_TEXT_ONLY.clean(spaced)), limit=limit)


def _flat(html: str) -> str:
    """Return *html*, without any of its tags if they are nested beyond all sense."""
    # Parsers as browsers have them take quadratic time over what is nested deeply.
    depths: Counter[str] = Counter()
    deep = 0
    for end, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _NESTS_NOT or (end and not depths[tag]):
            continue
        step = -1 if end else 1
        depths[tag] += step
        deep += step
        if deep > DEEPEST:
            return re.sub(r"<[^<>]*>?", " ", html)
    return html
