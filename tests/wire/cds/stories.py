"""Documents as hypothesis makes them up: all that the grammar allows, and nothing else."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import msgspec
from hypothesis import strategies as st

from groundwave.wire.cds.assets import (
    Asset,
    Container,
    ImageGallery,
    Inset,
    PullQuote,
    UnknownAsset,
)
from groundwave.wire.cds.claims import called_for
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.fields import Field, Shape, asset_kinds, fields_of
from groundwave.wire.cds.grammar import Part, To
from groundwave.wire.cds.link import ImageFile, Link, to_asset, to_document
from groundwave.wire.cds.pointer import fragment


VECTORS = Path(__file__).parents[2] / "vectors" / "cds"
SOUND = ["story", "short", "biography", "transcript", "newscast"]

texts = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters="".join(
            chr(code) for code in {*range(0x20), 0xFFFE, 0xFFFF} - {*map(ord, "\t\n\r")}
        ),
    ),
    max_size=12,
)
filled = texts.filter(bool)
instants = st.datetimes(timezones=st.just(UTC))
ids = st.sampled_from(
    ["1", "907", "12--", "30-a-b", "a-0", "b-a", "c9-x", "kgnd-5", "z-z", "z0--"]
)
addresses = st.sampled_from(
    [
        "http://a.b",
        "HTTPS://KGND.example/A?b=c#d",
        "https://kgnd.example/v4/services/s1",
    ]
)
names = st.sampled_from(["new-a", "new-b", "https://kgnd.example/profile"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2)
    ),
    max_leaves=4,
)
extras = st.dictionaries(
    st.sampled_from(["tides", "tide-table", "x/~"]), json_values, max_size=2
)

_UNFOLDED = (Inset, Container)
_TO = {
    To.ASSET: st.nothing(),
    To.DOCUMENT: ids.map(lambda id_: to_document(id_).href),
    To.WEB: addresses,
    To.CONTACT: addresses | st.just("mailto:desk@kgnd.example"),
    To.ANYWHERE: st.just("/v1/profiles/story"),
}


@st.composite
def documents(draw) -> Document:
    assets: dict[str, Asset] = {}
    for id_ in draw(st.lists(ids, max_size=4, unique=True)):
        assets[id_] = draw(_assets(id_, assets))
    body = [*assets]
    inset = draw(st.none() | ids.filter(lambda id_: id_ not in assets))
    if inset is not None:
        cut = draw(st.integers(0, len(body)))
        layout = tuple(to_asset(id_) for id_ in body[cut:])
        assets[inset] = draw(st.sampled_from(_UNFOLDED))(id=inset, layout=layout)
        body[cut:] = [inset]
    document = Document(
        id=draw(ids),
        kind="story",
        assets=assets,
        layout=tuple(to_asset(id_) for id_ in body),
        rest=draw(extras),
        **draw(_fields(Document, assets)),
    )
    document = msgspec.structs.replace(
        document, title=draw(filled), owners=(Link(href=draw(addresses)),)
    )
    claimed = {*called_for(document), *draw(st.lists(names, max_size=2))}
    return msgspec.structs.replace(document, interfaces=tuple(sorted(claimed)))


@st.composite
def _assets(draw, id_: str, others: dict[str, Asset]) -> Asset:
    kinds = [kind for kind in asset_kinds().values() if kind not in _UNFOLDED]
    kind = draw(st.sampled_from([*kinds, UnknownAsset]))
    rest = draw(extras)
    if kind is UnknownAsset:
        return UnknownAsset(id=id_, kind=draw(names), rest=rest)
    interfaces = ("container",) if kind is ImageGallery else ()
    values = draw(_fields(kind, others))
    asset = kind(id=id_, interfaces=interfaces, rest=rest, **values)
    if isinstance(asset, PullQuote) and not asset.attribution_party:
        return msgspec.structs.replace(asset, attribution_context="")
    return asset


@st.composite
def _fields(draw, kind: type[Part], assets: dict[str, Asset]) -> dict[str, object]:
    """What is required, and some of the rest."""
    specs = {spec.name: spec for spec in fields_of(kind)}
    needed = {name for name, spec in specs.items() if spec.required}
    others = sorted(specs.keys() - needed - {"layout", "items"})
    names = needed | draw(st.sets(st.sampled_from(others), max_size=6))
    return {name: draw(_values(specs[name], assets)) for name in sorted(names)}


def _values(spec: Field, assets: dict[str, Asset]) -> st.SearchStrategy[object]:
    match spec.shape:
        case Shape.TEXT if spec.words:
            return st.sampled_from(sorted(spec.words))
        case Shape.TEXT:
            return filled if spec.nonempty else texts
        case Shape.FLAG:
            return st.booleans()
        case Shape.WHOLE:
            return st.integers(spec.least, 1 << 53)
        case Shape.INSTANT:
            return instants
        case Shape.TEXTS:
            return st.lists(texts, max_size=2, unique=True).map(tuple)
        case Shape.OBJECT:
            return extras
        case Shape.LINK:
            return _links(spec, assets)
        case Shape.LINKS:
            return _lists_of_links(spec, assets)


def _lists_of_links(spec: Field, assets: dict[str, Asset]) -> st.SearchStrategy[object]:
    links = _links(spec, assets)
    if links.is_empty:
        return st.just(())
    lists = st.lists(
        links,
        min_size=1 if spec.nonempty else 0,
        max_size=2,
        unique_by=lambda link: (link.href, link.rels),
    )
    return lists.map(tuple)


def _links(spec: Field, assets: dict[str, Asset]) -> st.SearchStrategy[Link]:
    rules = spec.links
    near = [fragment("assets", a.id) for a in assets.values() if _fits(a, rules.kinds)]
    to = st.sampled_from(near) if rules.to is To.ASSET and near else _TO[rules.to]
    rels = st.sets(st.sampled_from(sorted(rules.rels or ["-"])), max_size=2)
    if rules.needs:
        needed = st.sampled_from(sorted(rules.needs))
        rels = st.builds(lambda rel, more: {rel} | more, needed, rels)
    if not rules.rels:
        rels = st.just(())
    return st.builds(spec.link, href=to, rels=rels.map(tuple), **_files(spec.link))


def _fits(asset: Asset, kinds: frozenset[str]) -> bool:
    return not kinds or asset.kind in kinds


def _files(kind: type[Link]) -> dict[str, st.SearchStrategy[object]]:
    own = {
        spec.name: _values(spec, {})
        for spec in fields_of(kind)
        if spec.name not in {"href", "rels", "embed"}
    }
    if kind is ImageFile:
        own["href_template"] = st.just("https://m.example/{width}-{quality}.{format}")
    return own
