"""A story of ours as a document, as readers have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.utils import translation
from msgspec.structs import replace

from groundwave.newsroom.changes.updated_line import updated_words
from groundwave.newsroom.models import Story
from groundwave.syndication.out.body import Body, Placed
from groundwave.syndication.out.names import Names
from groundwave.syndication.out.pictures import (
    PROMOTES,
    image_of,
    is_ours_to_pass_on,
)
from groundwave.syndication.out.publisher import Publisher
from groundwave.syndication.out.remarks import bylines_of, corrections_of, notes_of
from groundwave.syndication.out.sounds import audio_of
from groundwave.syndication.out.texts import line
from groundwave.wire.cds.assets import (
    Asset,
    Audio,
    Image,
    ImageGallery,
    Text,
)
from groundwave.wire.cds.claims import called_for
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link, to_asset, to_document


RECOMMENDED_FOR = timedelta(days=7)

T = TypeVar("T")


def document_of(story: Story, *, publisher: Publisher, now: datetime) -> Document:
    """
    Return *story* as whoever reads the site has it at *now*.

    It may be written as it is. In it are no photos but those that are ours to pass
    on and whose crops were made (``pictures.make_crops``). As long as nothing
    changes it is the same, whoever asks: words are in the site's own language.
    """
    with translation.override(settings.LANGUAGE_CODE):
        document = _Making(story, publisher, now).document()
    return replace(document, interfaces=called_for(document))


class _Making:
    """Gathers the assets of one document."""

    def __init__(self, story: Story, publisher: Publisher, now: datetime) -> None:
        self.story, self.publisher, self.now = story, publisher, now
        self.names = Names(publisher.document_id(story))
        self.page = Link(href=publisher.at(story.url)).url
        self.told, self.updated_at = story.told, story.updated_at

    def document(self) -> Document:
        """Return all of it, but for its profiles."""
        bylines = [*bylines_of(self.story, self.names)]
        corrections = [*corrections_of(self.told, self.names)]
        notes = [*notes_of(self.told, self.names)]
        lead, sound = self._lead(), self._sound()
        body = [*self._update_line(), *self._body().assets()]
        inner = [each for placed in body for each in (placed.asset, *placed.within)]
        everything = (*bylines, *corrections, *notes, lead, sound, *inner)
        return replace(
            self._facts(),
            bylines=_links(bylines),
            corrections=_links(corrections),
            notes=_links(notes, "editorial"),
            images=(*_lead_links(lead), *_links(_only(Image, inner))),
            audio=(*_links([sound], "primary"), *_links(_only(Audio, inner))),
            galleries=_links(_only(ImageGallery, inner)),
            layout=_links(placed.asset for placed in body),
            assets={asset.id: asset for asset in everything if asset},
        )

    def _facts(self) -> Document:
        story, published = self.story, self.story.first_published_at
        return Document(
            id=self.names.document_id,
            kind="story",
            title=line(story.title) or str(story.slug),
            teaser=line(story.dek or story.search_description),
            seo_title=line(story.seo_title),
            authorized_services=self._services(),
            publish_date_time=published,
            editorial_major_update_date_time=self.updated_at,
            editorial_last_modified_date_time=self._modified(),
            recommend_until_date_time=published and published + RECOMMENDED_FOR,
            owners=(Link(href=self.publisher.service),),
            brandings=self._brands(),
            collections=self._collections(),
            web_pages=self._pages(),
        )

    def _body(self) -> Body:
        return Body(self.story, self.publisher, self.names, self.now)

    def _modified(self) -> datetime | None:
        known = [self.story.last_published_at, *(each.at for each in self.told)]
        return max(filter(None, known), default=None)

    def _services(self) -> tuple[str, ...]:
        ours = Link(href=self.publisher.service).service_id
        return (ours,) if ours else ()

    def _brands(self) -> tuple[Link, ...]:
        brands = self.publisher.brands or (self.publisher.service,)
        return tuple(Link(href=href) for href in dict.fromkeys(brands))

    def _collections(self) -> tuple[Link, ...]:
        ids = dict.fromkeys(self.publisher.collections)
        links = (to_document(id_, "collection") for id_ in ids)
        # What somebody wrote into a form may be no id at all.
        return tuple(link for link in links if link.document_id)

    def _pages(self) -> tuple[Link, ...]:
        return (Link(href=self.page, rels=("canonical",)),) if self.page else ()

    def _update_line(self) -> Iterator[Placed]:
        at = self.updated_at
        if at and self.publisher.tells_update:
            # Whoever reads it reads it on some other day.
            someday = at + timedelta(days=2)
            words = updated_words(at, zone=self.publisher.zone, now=someday)
            yield Placed(Text(id=self.names.of("updated"), text=words))

    def _lead(self) -> Image | None:
        photo = self.story.lead_photo
        if photo is None or not is_ours_to_pass_on(photo, now=self.now):
            return None
        return image_of(
            photo,
            self.publisher,
            name=self.names.of("lead", f"photo-{photo.pk}"),
            caption=self.story.lead_caption,
            alt=self.story.lead_alt or photo.description,
        )

    def _sound(self) -> Audio | None:
        return audio_of(
            self.story.recording,
            self.publisher,
            name=self.names.of("audio"),
            title="",
            page=self.page,
        )


def _links(assets: Iterable[Asset | None], *rels: str) -> tuple[Link, ...]:
    return tuple(to_asset(asset.id, *rels) for asset in assets if asset)


def _lead_links(lead: Image | None) -> tuple[Link, ...]:
    if lead is None:
        return ()
    promotes = [rel for crop, rel in PROMOTES.items() if lead.crop(crop)]
    return _links([lead], "primary", *promotes)


def _only(kind: type[T], assets: Iterable[object]) -> list[T]:
    return [each for each in assets if isinstance(each, kind)]
