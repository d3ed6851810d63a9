"""As whom we publish, and where readers find us."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from groundwave.newsroom.models import Story
from groundwave.wire.cds.rules import clean


@dataclass(frozen=True, slots=True)
class Publisher:
    """
    Whoever a document says it is from.

    Attributes:
        prefix: what the ids of all our documents begin with there.
        service: the address of our entry there; we own what we publish.
        site: the address that the public knows this site by.
        zone: the newsroom's clock.
        brands: the addresses of those whose names stand on it; ours if empty.
        collections: ids of the collections there that our stories are put into.
        tells_update: whether the text begins with “Updated at …”, for readers that
            make no such line of their own out of the time.
    """

    prefix: str
    service: str
    site: str
    zone: ZoneInfo
    brands: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    tells_update: bool = True

    def document_id(self, story: Story) -> str:
        """Return what *story* is called there, for as long as it exists."""
        return f"{self.prefix}-{story.translation_key}".lower()

    def at(self, url: str | None) -> str:
        """Return the whole address of *url*; empty if there is none."""
        try:
            return clean(urljoin(f"{self.site}/", url)) if url else ""
        except ValueError:  # brackets that hold no IPv6 address
            return ""
