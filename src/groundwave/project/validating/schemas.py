"""
A network's own schemas: asked of the network itself, and kept nowhere.

Whoever has ``jsonschema`` can have a document held against them; nothing else needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from groundwave.outbound.client import Client
from groundwave.outbound.errors import OutboundError
from groundwave.wire.cds.profiles import profile_name


Json = dict[str, Any]
# More faults of one part than these nobody reads.
MOST = 20


class SchemasUnavailable(Exception):
    """The schemas cannot be had; the message says why and what to do."""


def schema_faults(document: Json, *, service: str, client: Client) -> Iterator[str]:
    """
    Yield what the schemas of *service* have against *document* and its assets.

    *service* is the first part that all of its addresses share; no key is needed.

    Raises:
        SchemasUnavailable: there is no such service, or no ``jsonschema``.
    """
    schemas = _Schemas(service.rstrip("/"), client)
    for place, part in _parts(document):
        for name in _profiles(part):
            yield from (f"{place}{each}" for each in schemas.faults(name, part))


class _Schemas:
    """The schemas of one service, each asked for once."""

    def __init__(self, service: str, client: Client) -> None:
        try:
            from jsonschema import (  # type: ignore[import-untyped]  # nor asked for
                Draft201909Validator,
            )
            from referencing import Registry, exceptions, jsonschema
        except ImportError as missing:
            raise SchemasUnavailable(
                "Schemas are understood by jsonschema, which is not here. Install it "
                "beside Groundwave: pip install jsonschema"
            ) from missing
        self._service, self._client = service, client
        self._draft = jsonschema.DRAFT201909
        self._unresolvable = exceptions.Unresolvable
        self._registry = Registry(retrieve=self._retrieve)  # type: ignore[call-arg]  # attrs
        self._validator = Draft201909Validator
        self._kept: dict[str, Any] = {}
        self._trouble = ""

    def faults(self, profile: str, part: Json) -> Iterator[str]:
        url = f"{self._service}/v1/profiles/{profile}"
        found = self._validator({"$ref": url}, registry=self._registry)
        try:
            errors = sorted(found.iter_errors(part), key=str)
        except self._unresolvable as problem:
            raise SchemasUnavailable(self._trouble or str(problem)) from problem
        for error in errors[:MOST]:
            where = "".join(f"/{step}" for step in error.absolute_path)
            yield f"{where} ({profile}): {error.message[:300]}"

    def _retrieve(self, url: str) -> Any:
        if url not in self._kept:
            self._kept[url] = self._draft.create_resource(self._fetched(url))
        return self._kept[url]

    def _fetched(self, url: str) -> Any:
        # What is raised here arrives without its words.
        try:
            return msgspec.json.decode(self._client.get(url).expect_success().body)
        except OutboundError as trouble:
            self._trouble = trouble.sentence
            raise
        except msgspec.DecodeError as fault:
            self._trouble = (
                f"What is at {url} is no schema ({fault}). Check the network's address."
            )
            raise


def _parts(document: Json) -> Iterator[tuple[str, Json]]:
    yield "", document
    assets = document.get("assets")
    for name, asset in assets.items() if isinstance(assets, dict) else ():
        if isinstance(asset, dict):
            yield f"/assets/{name}", asset


def _profiles(part: Json) -> Iterator[str]:
    links = part.get("profiles")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and isinstance(link.get("href"), str):
            yield profile_name(link["href"])
