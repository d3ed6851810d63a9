from __future__ import annotations

import pytest

from groundwave.wire.cds.assets import Asset, Container, Inset, Text
from groundwave.wire.cds.body import DEEPEST_INSET, Block, body_of, check_body
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.link import Link, to_asset
from groundwave.wire.cds.oddity import Odd, Report
from groundwave.wire.cds.reading import read
from wire.cds.stories import VECTORS


def laid_out(layout: tuple[Link, ...], *assets: Asset) -> Document:
    bag = {asset.id: asset for asset in assets}
    return Document(id="a-0", kind="story", layout=layout, assets=bag)


def links(*ids: str) -> tuple[Link, ...]:
    return tuple(to_asset(id_) for id_ in ids)


def odd(document: Document) -> list[Odd]:
    report = Report()
    check_body(document, report)
    return [oddity.what for oddity in report.oddities()]


def test_the_body_stands_in_reading_order():
    story = read((VECTORS / "story.json").read_bytes()).document

    assert [(block.id, block.asset.kind) for block in body_of(story)] == [
        ("kgnd-i1", "image"),
        ("kgnd-p1", "text"),
        ("kgnd-q1", "pull-quote"),
        ("kgnd-p2", "text"),
        ("kgnd-h1", "html-block"),
        ("kgnd-g1", "image-gallery"),
        ("kgnd-v1", "player-video"),
        ("kgnd-y1", "youtube-video"),
        ("kgnd-t1", "tweet"),
        ("kgnd-s1", "stream-player-video"),
        ("kgnd-l1", "external-link"),
        ("kgnd-l2", "internal-link"),
        ("kgnd-m1", "promo-card"),
    ]


def test_a_story_may_be_without_a_body():
    assert body_of(read((VECTORS / "short.json").read_bytes()).document) == ()


def test_insets_and_containers_are_unfolded():
    one, two = Text(id="p-1", text="1"), Text(id="p-2", text="2")
    inset = Inset(id="i-1", layout=links("p-1", "c-1"))
    container = Container(id="c-1", layout=links("p-2"))
    layout = (to_asset("i-1", "rail"),)

    assert body_of(laid_out(layout, one, two, inset, container)) == (
        Block(one, ("rail",), ("i-1",)),
        Block(two, ("rail",), ("i-1", "c-1")),
    )


def test_what_is_within_something_restricted_is_restricted():
    text = Text(id="p-1", text="1")
    inset = Inset(id="i-1", layout=links("p-1"), restricted=True)

    (block,) = body_of(laid_out(links("i-1"), text, inset))

    assert block.restricted
    assert not text.restricted


@pytest.mark.parametrize("inner", ["i-1", "i-2"])
def test_a_body_that_holds_itself_ends(inner):
    one = Inset(id="i-1", layout=links("i-2"))
    two = Inset(id="i-2", layout=links(inner))

    assert body_of(laid_out(links("i-1"), one, two)) == ()
    assert odd(laid_out(links("i-1"), one, two)) == [Odd.REPEATED]


def test_a_block_stands_once_so_that_it_can_be_told_from_the_others():
    text = Text(id="p-1", text="1")
    story = laid_out(links("p-1", "p-1", "gone"), text)

    assert body_of(story) == (Block(text),)
    assert odd(story) == [Odd.REPEATED]


def test_insets_go_only_so_deep():
    last = DEEPEST_INSET + 1
    insets = [Inset(id=f"i-{n}", layout=links(f"i-{n + 1}")) for n in range(last)]
    text = Text(id=f"i-{last}", text="Deep.")

    assert body_of(laid_out(links("i-0"), *insets, text)) == ()
    assert odd(laid_out(links("i-0"), *insets, text)) == [Odd.TOO_MANY]
    assert [block.id for block in body_of(laid_out(links("i-1"), *insets, text))] == [
        text.id
    ]
