"""The body of a story, block by block, as assets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, TypeAlias

from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from groundwave.newsroom.changes.updated_line import clock_words, date_words
from groundwave.newsroom.models import Story
from groundwave.syndication.out.figure_words import box_in_words
from groundwave.syndication.out.names import Names
from groundwave.syndication.out.pictures import image_of, is_ours_to_pass_on
from groundwave.syndication.out.publisher import Publisher
from groundwave.syndication.out.sounds import audio_of
from groundwave.syndication.out.texts import html_of, line, pieces_of
from groundwave.wire.cds.assets import (
    Asset,
    ExternalLink,
    Image,
    ImageGallery,
    PullQuote,
    Text,
)
from groundwave.wire.cds.link import Link, to_asset


Block: TypeAlias = StreamValue.StreamChild


@dataclass(frozen=True, slots=True)
class Placed:
    """An asset of the layout, and those that are in it and not in the layout."""

    asset: Asset
    within: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """
    How one story's blocks become assets.

    A block that has nothing to say elsewhere, such as a photo of somebody else's,
    becomes none.
    """

    story: Story
    publisher: Publisher
    names: Names
    now: datetime

    def assets(self) -> Iterator[Placed]:
        """Yield the assets in reading order; posts of a live blog come last."""
        kinds: dict[str, Callable[[str, Any], Iterable[Placed]]] = {
            "text": self._text,
            "picture": self._picture,
            "gallery": self._gallery,
            "quote": self._quote,
            "audio": self._audio,
            "facts": self._facts,
            "figures": self._figures,
            "related": self._related,
            "elsewhere": self._elsewhere,
            "sound_elsewhere": self._sound_elsewhere,
            "document": self._document,
        }
        for block in self.story.body:
            if take := kinds.get(block.block_type):
                yield from take(_id(block), block.value)
        for post in self.story.posts:
            yield from self._post(_id(post), post.value)

    def _text(self, block: str, rich: RichText) -> Iterator[Placed]:
        pieces = pieces_of(rich, self.publisher)
        return self._texts(block, map(html_of, pieces))

    def _texts(self, block: str, texts: Iterable[str]) -> Iterator[Placed]:
        for html in texts:
            yield Placed(Text(id=self.names.by_content(block, html), text=html))

    def _picture(self, block: str, value: Any) -> Iterator[Placed]:
        if image := self._image(block, value):
            yield Placed(image)

    def _gallery(self, block: str, value: Any) -> Iterator[Placed]:
        pictures = (self._image(block, each) for each in value["photos"])
        images = tuple(image for image in pictures if image)
        if images:
            gallery = ImageGallery(
                id=self.names.of(block),
                interfaces=("container",),
                layout=tuple(to_asset(image.id) for image in images),
            )
            yield Placed(gallery, images)

    def _image(self, block: str, value: Any) -> Image | None:
        photo = value["image"]
        if not is_ours_to_pass_on(photo, now=self.now):
            return None
        return image_of(
            photo,
            self.publisher,
            name=self.names.of(block, f"photo-{photo.pk}"),
            caption=value["caption"],
            alt=photo.contextual_alt_text or "",
        )

    def _quote(self, block: str, value: Any) -> Iterator[Placed]:
        quote, who = line(value["quote"]), line(value["speaker"] or "")
        if quote:
            said = PullQuote(
                id=self.names.of(block),
                quote=quote,
                attribution_party=who,
                attribution_context=line(value["context"] or "") if who else "",
            )
            yield Placed(said)

    def _audio(self, block: str, value: Any) -> Iterator[Placed]:
        audio = audio_of(
            value["recording"],
            self.publisher,
            name=self.names.of(block),
            title=value["title"] or "",
            page=self.publisher.at(self.story.url),
        )
        if audio:
            yield Placed(audio)

    def _facts(self, block: str, value: Any) -> Iterator[Placed]:
        pieces = pieces_of(value["text"], self.publisher)
        texts = [*_heading(value["heading"]), *map(html_of, pieces)]
        return self._texts(block, texts)

    def _figures(self, block: str, value: Any) -> Iterator[Placed]:
        return self._texts(block, box_in_words(value, self.story))

    def _post(self, block: str, value: Any) -> Iterator[Placed]:
        at, zone = value["at"], self.publisher.zone
        when = f"{date_words(at, zone)}, {clock_words(at, zone)}"
        by = [value["author"].name] if value["author"] else []
        pieces = pieces_of(value["text"], self.publisher)
        texts = [
            *_heading(value["heading"] or ""),
            f"<b>{escape(line(' / '.join([when, *by])), quote=False)}</b>",
            *map(html_of, pieces),
        ]
        return self._texts(block, texts)

    def _related(self, block: str, value: Any) -> Iterator[Placed]:
        page = value["story"]
        if page and _is_for_all(page):
            yield from self._link(block, page.url, page.title)

    def _elsewhere(self, block: str, value: Any) -> Iterator[Placed]:
        return self._link(block, value["url"], value["title"])

    def _sound_elsewhere(self, block: str, value: Any) -> Iterator[Placed]:
        url = value["page"] or value["url"]
        return self._link(block, url, value["title"])

    def _document(self, block: str, value: Any) -> Iterator[Placed]:
        if document := value["document"]:
            title = value["title"] or document.title
            yield from self._link(block, document.url, title)

    def _link(self, block: str, url: str | None, title: str) -> Iterator[Placed]:
        link = Link(href=self.publisher.at(url))
        if link.url and not link.leads_nowhere:
            yield Placed(
                ExternalLink(
                    id=self.names.of(block), external_link=link, link_text=line(title)
                )
            )


def _id(block: Block) -> str:
    # One that was never saved has none yet.
    return block.id or str(block.block_type)


def _heading(words: str) -> list[str]:
    text = escape(line(words), quote=False)
    return [f"<h3>{text}</h3>"] if text else []


def _is_for_all(page: Page) -> bool:
    return page.live and not page.get_view_restrictions().exists()
