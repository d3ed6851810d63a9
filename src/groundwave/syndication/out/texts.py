"""Texts of ours, as others show them: nothing in them needs this site."""

from __future__ import annotations

from html import escape

from bs4 import BeautifulSoup
from wagtail.rich_text import RichText, expand_db_html

from groundwave.newsroom.figures.pinned import pinned_in
from groundwave.syndication.markup import Piece, read_markup
from groundwave.syndication.out.publisher import Publisher
from groundwave.wire.cds.rules import clean
from groundwave.wire.http.text import clean_text


LONGEST_LINE = 10_000


def pieces_of(rich: RichText, publisher: Publisher) -> tuple[Piece, ...]:
    """Return the paragraphs, headings and lists of *rich*; its figures are words."""
    html = expand_db_html(without_pins(clean(rich.source)))
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.select("a[href]"):
        link["href"] = publisher.at(str(link["href"]))
    return read_markup(str(soup)).pieces


def without_pins(html: str) -> str:
    """Return *html*, as the database keeps it, with mere words for its figures."""
    parts, at = [], 0
    for figure in pinned_in(html):
        parts += [html[at : figure.start], escape(figure.words, quote=False)]
        at = figure.end
    return "".join([*parts, html[at:]])


def html_of(piece: Piece) -> str:
    """Return *piece* as documents have it: a paragraph needs no tags of its own."""
    return piece.inner if piece.tag == "p" else piece.html


def line(text: str) -> str:
    """Return *text*, which is none of HTML, on one line."""
    return clean_text(clean(text), limit=LONGEST_LINE)


def lines_as_html(text: str) -> str:
    """Return *text*, which is none of HTML, as HTML with its lines."""
    kept = (line(each) for each in text.splitlines())
    return "<br>".join(escape(each, quote=False) for each in kept if each)
