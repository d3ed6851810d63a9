"""
What a newsroom does to a document after it was published.

Each takes a document and returns another; ``network.change(id, restricted)`` does it on
the network, and counts as an edit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from equipment.network.assets import correction
from equipment.network.links import TYPE, Document, id_in, link, pointer, stamp
from equipment.network.stories import interface


RESTRICTED = "isRestrictedToAuthorizedOrgServiceIds"


def restricted(document: Document, *, to: bool = True) -> Document:
    """Flip who may publish it: nobody but the services it is authorized for."""
    return {**document, RESTRICTED: to}


def with_restricted(document: Document, name: str, *, to: bool = True) -> Document:
    """Flip it for one asset."""
    return with_asset(document, name, **{RESTRICTED: to})


def with_asset(document: Document, name: str, **facts: Any) -> Document:
    """Change an asset of the document."""
    changed = {**document["assets"][name], **facts}
    return {**document, "assets": {**document["assets"], name: changed}}


def without(document: Document, name: str) -> Document:
    """Withdraw an asset, and every link to it: a photo, a paragraph, the sound."""
    left = {key: each for key, each in document["assets"].items() if key != name}
    fields = {
        key: [each for each in value if each.get("href") != pointer(name)]
        if isinstance(value, list) and key in LINKED
        else value
        for key, value in document.items()
    }
    return {**fields, "assets": left}


LINKED = ("layout", "images", "audio", "bylines", "corrections", "notes")


def corrected(document: Document, said: str, at: datetime) -> Document:
    """Add a correction, and make it a major update."""
    made = correction(f"correction-{len(document.get('corrections', ()))}", said, at)
    profiles = [
        each
        for each in document["profiles"]
        if id_in(each["href"]) != "has-corrections"
    ]
    return {
        **document,
        "profiles": [*profiles, interface("has-corrections")],
        "corrections": [*document.get("corrections", ()), link(pointer(made["id"]))],
        "assets": {**document["assets"], made["id"]: made},
        "editorialMajorUpdateDateTime": stamp(at),
    }


def retyped(document: Document, kind: str) -> Document:
    """Make another kind of document of it, under the same id."""
    others = [each for each in document["profiles"] if TYPE not in each.get("rels", ())]
    return {**document, "profiles": [link(f"/v1/profiles/{kind}", TYPE), *others]}


def with_facts(document: Document, **facts: Any) -> Document:
    """Change fields of the document."""
    return {**document, **facts}
