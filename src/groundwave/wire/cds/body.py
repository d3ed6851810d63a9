"""The body of a document: its layout, unfolded into blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from groundwave.wire.cds.assets import Asset, Container, Inset
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link
from groundwave.wire.cds.oddity import Odd, Report
from groundwave.wire.cds.pointer import place


DEEPEST_INSET = 8


@dataclass(frozen=True, slots=True)
class Block:
    """
    One block of the body.

    Attributes:
        asset: what it is; its id is the block's, and no other block's.
        zones: where on the page it belongs if not in the flow, such as ``rail``.
        within: the insets and containers it is in, the outermost first.
        restricted: whether it or anything that it is in must not be shown.
    """

    asset: Asset
    zones: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    restricted: bool = False

    @property
    def id(self) -> str:
        """The asset's id, by which the block is known again in a later version."""
        return self.asset.id


def body_of(document: Document) -> tuple[Block, ...]:
    """
    Return the blocks of *document*; a block that is linked twice stands but once.

    Insets and containers are unfolded, galleries are blocks of their own.
    """
    return tuple(_Walk(document, Report()).blocks())


def check_body(document: Document, report: Report) -> None:
    """Report what ``body_of`` leaves out, but for links that lead to no asset."""
    for _ in _Walk(document, report).blocks():
        pass


@dataclass(frozen=True, slots=True)
class _Spot:
    """What the blocks at one level have in common."""

    zones: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    restricted: bool = False


@dataclass(slots=True)
class _Walk:
    document: Document
    report: Report
    seen: set[str] = field(default_factory=set)

    def blocks(self) -> Iterator[Block]:
        return self._unfold(self.document.layout, _Spot())

    def _unfold(self, layout: tuple[Link, ...], spot: _Spot) -> Iterator[Block]:
        if len(spot.within) > DEEPEST_INSET:
            where = place("/assets", spot.within[-1])
            self.report.tell(where, Odd.TOO_MANY, f"{len(spot.within)} levels")
            return
        for link in layout:
            asset = self.document.assets.get(link.asset_id)
            if asset is not None:
                yield from self._block(asset, link.rels or spot.zones, spot)

    def _block(
        self, asset: Asset, zones: tuple[str, ...], around: _Spot
    ) -> Iterator[Block]:
        if asset.id in self.seen:
            self.report.tell(place("/assets", asset.id), Odd.REPEATED, asset.id)
            return
        self.seen.add(asset.id)
        restricted = asset.restricted or around.restricted
        if isinstance(asset, Inset | Container):
            inner = _Spot(zones, (*around.within, asset.id), restricted)
            yield from self._unfold(asset.layout, inner)
        else:
            yield Block(asset, zones, around.within, restricted)
