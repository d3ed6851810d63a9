"""
The endpoints of documents: who may read and write what, and in which words.

Reading needs any token. Writing needs one whose prefix the id begins with, or a service
that the document is authorized for. Nothing is known of a limit to how often one asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus as Status
from json import JSONDecodeError
from typing import Any

from equipment.network.archive import Archive, modified
from equipment.network.asked import Answer, Asked, in_json, refusal, resources
from equipment.network.links import Document, Link, asset_of, id_in, kind_of
from equipment.network.query import BadQuery, Query, transcluded
from equipment.network.schemas import PROFILES, SHARED, faults_of, schema_of


DOCUMENTS = "/v1/documents"


@dataclass(frozen=True)
class Client:
    """Somebody with a token; without a prefix, one who only reads."""

    token: str
    prefix: str = ""
    services: frozenset[str] = frozenset()

    def may_write(self, name: str, held: Document | None) -> bool:
        authorized = (held or {}).get("authorizedOrgServiceIds", ())
        of_theirs = bool(self.prefix) and name.startswith(self.prefix)
        return of_theirs or bool(self.services.intersection(authorized))


class DocumentDesk:
    """Answers for ``/v1/documents``, one question at a time."""

    def __init__(self, archive: Archive, now: Callable[[], datetime]) -> None:
        self.clients: dict[str, Client] = {}
        # Some networks take a document now and let it in later.
        self.accepts_with: int | None = None
        self._archive = archive
        self._now = now

    def answer(self, asked: Asked) -> Answer:
        client = self.clients.get(asked.token)
        if client is None:
            return refusal(Status.UNAUTHORIZED, "Nobody has this token")
        name = asked.path.removeprefix(DOCUMENTS).strip("/")
        try:
            match asked.method:
                case "GET" | "HEAD":
                    return self._read(name, asked) if name else self._query(asked)
                case "PUT" if name:
                    return self._put(name, asked, client)
                case "DELETE" if name:
                    return self._delete(name, client)
        except BadQuery as wrong:
            return refusal(Status.BAD_REQUEST, *wrong.messages)
        return refusal(Status.METHOD_NOT_ALLOWED, f"No {asked.method} here")

    def _query(self, asked: Asked) -> Answer:
        query = Query.read(asked.parameters)
        found = self._archive.answer(query)
        return resources(*(self._transclude(each, query.transclude) for each in found))

    def _read(self, name: str, asked: Asked) -> Answer:
        unknown = [key for key, _ in asked.parameters if key != "transclude"]
        if unknown:
            raise BadQuery(
                *(f"{each} is no parameter of a document" for each in unknown)
            )
        asked_in = (transcluded(each) for _, each in asked.parameters)
        wanted: frozenset[str] = frozenset().union(*asked_in)
        found = self._archive.get(name)
        if found is None:
            return refusal(Status.NOT_FOUND, f"There is no document {name}")
        return resources(self._transclude(found, wanted))

    def _put(self, name: str, asked: Asked, client: Client) -> Answer:
        held = self._archive.get(name)
        if not client.may_write(name, held):
            return refusal(Status.FORBIDDEN, f"This token may not write {name}")
        try:
            document = _bare(asked.json())
        except (JSONDecodeError, UnicodeDecodeError) as wrong:
            return refusal(Status.BAD_REQUEST, f"This is no JSON: {wrong}")
        faults = faults_of(document)
        if not faults and document["id"] != name:
            faults = [f"The document calls itself {document['id']}, its address {name}"]
        if faults:
            return refusal(Status.BAD_REQUEST, *faults)
        kept = modified(document, self._now())
        self._archive.keep(kept)
        status = Status.OK if held else Status.CREATED
        return resources(kept, status=self.accepts_with or status)

    def _delete(self, name: str, client: Client) -> Answer:
        held = self._archive.get(name)
        if not client.may_write(name, held):
            return refusal(Status.FORBIDDEN, f"This token may not delete {name}")
        if held is None:
            return refusal(Status.NOT_FOUND, f"There is no document {name}")
        self._archive.drop(name, self._now())
        return Answer(Status.NO_CONTENT)

    def _transclude(self, document: Document, wanted: frozenset[str]) -> Document:
        """Put what links lead to into them; transcripts never, as it is documented."""
        fields = [each for each in wanted if isinstance(document.get(each), list)]
        changed = {
            each: [self._embedding(document, each, one) for one in document[each]]
            for each in fields
        }
        return {**document, **changed}

    def _embedding(self, document: Document, field: str, one: Link) -> Link:
        found = asset_of(document, one["href"]) or self._archive.get(id_in(one["href"]))
        if found is None or (field == "bylines" and kind_of(found) != "byline"):
            return one
        return {**one, "embed": found}


def _bare(document: Any) -> Any:
    """Return a document as it is kept: what others add to its links, and meta, go."""
    bare = _without_embeds(document)
    if isinstance(bare, dict):
        bare.pop("meta", None)
    return bare


def _without_embeds(fact: Any) -> Any:
    match fact:
        case dict():
            return {
                key: _without_embeds(each)
                for key, each in fact.items()
                if key != "embed"
            }
        case list():
            return [_without_embeds(each) for each in fact]
        case _:
            return fact


def schema_answer(path: str) -> Answer:
    """Answer for what anybody may ask: which schemas there are, and what they say."""
    _, _, folder, *rest = path.rstrip("/").split("/")
    name = "/".join(rest)
    if folder == "profiles" and not name:
        return in_json([{"href": f"/v1/profiles/{each}"} for each in sorted(PROFILES)])
    if folder == "profiles" and name in PROFILES:
        return in_json(schema_of(name))
    if folder == "schemas" and name in SHARED:
        return in_json(SHARED[name])
    if folder == "schemas":
        return refusal(Status.BAD_REQUEST, f"There is no schema {name}")
    return refusal(Status.NOT_FOUND, f"There is no profile {name}")
