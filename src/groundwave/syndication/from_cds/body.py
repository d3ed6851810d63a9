"""The body of a document, as blocks of a story and as what had to be left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from groundwave.syndication.from_cds.fetched import Fetched
from groundwave.syndication.from_cds.pictures import photo_of
from groundwave.syndication.from_cds.programs import is_at, read_program
from groundwave.syndication.from_cds.sounds import sound_of
from groundwave.syndication.incoming import (
    Block,
    Embed,
    Gallery,
    Heading,
    Quote,
    Related,
    Text,
)
from groundwave.syndication.leaving_out import LeftOut, Why
from groundwave.syndication.markup import Markup, read_markup
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds import assets, body
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link


_BESIDE = {"zone-topareastories", "subnav", "footer", "rail", "alt"}
_HEADINGS = {"h2": 2, "h3": 3}


@dataclass(frozen=True, slots=True)
class Attribution:
    """A copyright line that stood in the text and is none of its paragraphs."""

    words: str


Taken: TypeAlias = Block | LeftOut | Attribution


def blocks_of(
    document: Document,
    fetched: Fetched,
    *,
    apart: Collection[str],
    places: Iterable[str],
) -> Iterator[Taken]:
    """
    Yield what the body of *document* becomes, in reading order.

    Args:
        document: what it is the body of.
        fetched: the documents that it leads to.
        apart: the ids of assets that have a place of their own and do not stand in
            the body.
        places: the host names of sites that may be linked to out of a block of HTML.
    """
    taking = _Taking(document, fetched, frozenset(places))
    for block in body.body_of(document):
        if block.id in apart:
            continue
        if _BESIDE.intersection(block.zones):
            yield LeftOut(block.id, Why.BESIDE, block.asset.kind)
        else:
            yield from taking.taken(block)


@dataclass(frozen=True, slots=True)
class _Taking:
    document: Document
    fetched: Fetched
    places: frozenset[str]

    def taken(self, block: body.Block) -> Iterator[Taken]:
        """Yield what becomes of *block*; what stands elsewhere anyway is nothing."""
        shut = block.restricted
        match block.asset:
            case assets.Text(text=html) | assets.Transcript(text=html):
                yield from _text(block.id, read_markup(html), restricted=shut)
            case assets.PullQuote() as said:
                yield _quote(said, restricted=shut)
            case assets.Image() as image:
                photo = photo_of(image, restricted=shut)
                yield photo or LeftOut(block.id, Why.NO_FILE, "A picture")
            case assets.ImageGallery() as gallery:
                yield self._gallery(gallery, restricted=shut)
            case assets.Audio() as audio:
                yield sound_of(audio, self.document, self.fetched, restricted=shut)
            case assets.HtmlBlock() as html_block:
                yield from self._program(html_block, restricted=shut)
            case assets.YouTubeVideo() as video:
                url = (
                    f"https://www.youtube.com/watch?v={quote(video.video_id, safe='')}"
                )
                yield self._embed(block.id, url, video.headline, restricted=shut)
            case assets.Tweet() as post:
                url = f"https://x.com/i/status/{quote(post.tweet_id, safe='')}"
                yield self._embed(block.id, url, "", restricted=shut)
            case assets.PlayerVideo() | assets.StreamPlayerVideo() as video:
                yield LeftOut(block.id, Why.VIDEO, _named(video.title, block.id))
            case assets.PromoCard() as card:
                yield self._related(
                    card, card.external_link, card.title, restricted=shut
                )
            case assets.InternalLink() as link:
                yield self._related(link, None, "", restricted=shut)
            case assets.ExternalLink() as link:
                yield _outside(
                    link.id, link.external_link, link.link_text, restricted=shut
                )
            case assets.UnknownAsset() as unknown:
                yield LeftOut(block.id, Why.UNKNOWN_KIND, plain(unknown.kind, limit=60))
            case (
                assets.Byline()
                | assets.ReferenceByline()
                | assets.Correction()
                | assets.Note()
                | assets.Inset()
                | assets.Container()
            ):
                return

    def _gallery(
        self, gallery: assets.ImageGallery, *, restricted: bool
    ) -> Gallery | LeftOut:
        linked = self.document.linked(gallery.layout)
        images = (each for each in linked if isinstance(each, assets.Image))
        photos = (photo_of(each, restricted=restricted) for each in images)
        found = dict.fromkeys(photo for photo in photos if photo)
        if not found:
            return LeftOut(gallery.id, Why.NO_FILE, "A gallery")
        title = plain(gallery.title, limit=255)
        return Gallery(
            id=gallery.id, restricted=restricted, photos=tuple(found), title=title
        )

    def _program(
        self, block: assets.HtmlBlock, *, restricted: bool
    ) -> Iterator[Embed | LeftOut]:
        program, title = read_program(block.html), plain(block.title, limit=200)
        known = [url for url in program.urls if is_at(url, self.places)]
        for number, url in enumerate(known, start=1):
            id_ = block.id if number == 1 else f"{block.id}/{number}"
            yield Embed(id=id_, restricted=restricted, url=url, title=title)
        if program.has_pictures:
            yield LeftOut(block.id, Why.MEDIA_IN_TEXT, "img")
        if not known:
            yield LeftOut(block.id, Why.PROGRAM_OF_OTHERS, _named(title, block.id))

    def _embed(
        self, id_: str, url: str, title: str, *, restricted: bool
    ) -> Embed | LeftOut:
        if not is_at(url, self.places):
            return LeftOut(id_, Why.ELSEWHERE, _named(url, id_))
        title = plain(title, limit=200)
        return Embed(id=id_, restricted=restricted, url=url, title=title)

    def _related(
        self,
        card: assets.PromoCard | assets.InternalLink,
        outside: Link | None,
        title: str,
        *,
        restricted: bool,
    ) -> Related | LeftOut:
        words = title or card.link_text
        if card.document_link is None:
            return _outside(card.id, outside, words, restricted=restricted)
        found = self.fetched.documents.get(card.document_link.document_id)
        if found is None:
            return LeftOut(
                card.id, Why.NOT_FETCHED, _named(card.document_link.href, card.id)
            )
        if not found.canonical_url:
            return LeftOut(card.id, Why.NO_ADDRESS, _named(words, card.id))
        return Related(
            id=card.id,
            restricted=restricted or found.restricted,
            url=found.canonical_url,
            title=plain(words or found.title, limit=200),
            upstream_id=found.id,
        )


def _text(
    id_: str, markup: Markup, *, restricted: bool
) -> Iterator[Text | Heading | Quote | LeftOut | Attribution]:
    if markup.attribution:
        yield Attribution(markup.attribution)
    match markup.pieces:
        case ():
            pass
        case (piece,) if piece.tag in _HEADINGS:
            level = _HEADINGS[piece.tag]
            words = piece.words
            yield Heading(id=id_, restricted=restricted, words=words, level=level)
        case (piece,) if piece.tag == "blockquote":
            yield Quote(id=id_, restricted=restricted, words=piece.words)
        case _:
            yield Text(id=id_, restricted=restricted, html=markup.html)
    if markup.dropped:
        kinds = ", ".join(dict.fromkeys(markup.dropped))
        yield LeftOut(id_, Why.MEDIA_IN_TEXT, kinds)
    if markup.flattened:
        yield LeftOut(id_, Why.TABLE, _named("", id_))


def _quote(said: assets.PullQuote, *, restricted: bool) -> Quote | LeftOut:
    words = plain(said.quote)
    if not words:
        return LeftOut(said.id, Why.NOTHING_LEFT, "A quotation")
    return Quote(
        id=said.id,
        restricted=restricted,
        words=words,
        speaker=plain(said.attribution_party, limit=120),
        context=plain(said.attribution_context, limit=200),
    )


def _outside(
    id_: str, link: Link | None, words: str, *, restricted: bool
) -> Related | LeftOut:
    if link is None or not link.url:
        return LeftOut(id_, Why.NO_ADDRESS, _named(words, id_))
    title = plain(words, limit=200) or link.url
    return Related(id=id_, restricted=restricted, url=link.url, title=title)


def _named(title: str, id_: str) -> str:
    return plain(title, limit=120) or plain(id_, limit=120)
