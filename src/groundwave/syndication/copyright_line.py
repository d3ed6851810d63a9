"""
“Copyright 2020 Longwave Network. To see more, visit …”: whose story it is.

Nobody writes it and nobody can take it off: it is made of the brands and the date.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from groundwave.syndication.incoming import Brand, Incoming


@dataclass(frozen=True, slots=True)
class CopyrightLine:
    """
    The parts of the line, for a template to link each name with its home.

    Attributes:
        year: None where nobody knows when the story was published.
        brands: at least one; its address may be empty.
        home: where to see more; empty if the origin has no address at all.
    """

    year: int | None
    brands: tuple[Brand, ...]
    home: str

    @property
    def names(self) -> str:
        """The brands as a sentence has them: “A”, “A and B”, “A, B and C”."""
        *others, last = (brand.name for brand in self.brands)
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def sentence(self) -> str:
        """Say all of it, in English and without links."""
        year = f"{self.year} " if self.year else ""
        more = f" To see more, visit {self.home}." if self.home else ""
        return f"Copyright {year}{self.names}.{more}"


def copyright_line(story: Incoming, *, zone: ZoneInfo, origin: str) -> CopyrightLine:
    """
    Return the line under *story*.

    The year is the one in which its editors published it, not that of an update.

    Args:
        story: as it came.
        zone: where its origin is: on New Year's Eve the year depends on it.
        origin: what to call the origin where no brand has a name.
    """
    named = tuple(brand for brand in story.brands if brand.name)
    site = _site(story.canonical)
    brands = named or (Brand(origin or urlsplit(site).netloc, site),)
    homes = [*(brand.url for brand in brands), site]
    published = story.published_at
    year = published.astimezone(zone).year if published else None
    return CopyrightLine(year, brands, next(filter(None, homes), ""))


def _site(url: str) -> str:
    """Return the home page of the site that *url* is of; empty if of none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}/" if host else ""
