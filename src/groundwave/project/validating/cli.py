"""
``groundwave syndication``: what is wrong with a document, and what we make of it.

Ends with status 1 if anything is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from django.conf import settings
from rich.console import Console

from groundwave.newsroom.elsewhere import PLACES
from groundwave.outbound.allowed import SETTING, HostsUnusable, read_allowed
from groundwave.outbound.client import Client
from groundwave.outbound.errors import OutboundError
from groundwave.project.validating.schemas import SchemasUnavailable, schema_faults
from groundwave.syndication.from_cds.fetched import Fetched
from groundwave.syndication.from_cds.story import incoming_of
from groundwave.syndication.leaving_out import Why
from groundwave.wire.cds.answers import documents_in
from groundwave.wire.cds.checking import faults
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.oddity import KEPT, Oddity
from groundwave.wire.cds.reading import Reading, read


_TROUBLE = (NotCds, OSError, OutboundError, SchemasUnavailable, HostsUnusable)

syndication = typer.Typer(
    no_args_is_help=True, help="Documents of networks, held against their grammar."
)


@syndication.callback()
def _several() -> None:
    # With one command alone, typer would leave out its name.
    pass


@syndication.command()
def validate(
    where: Annotated[
        str, typer.Argument(help="A file with a document, or its address.")
    ],
    key: Annotated[
        str, typer.Option(help="What opens the address, if something has to.")
    ] = "",
    schemas: Annotated[
        str,
        typer.Option(
            help="The network whose own schemas the document is to be held against as "
            "well: https://content.api.npr.org. Needs jsonschema."
        ),
    ] = "",
) -> None:
    """
    Say what is wrong with a document of a network, and what we make of it.

    Nothing is kept, and nothing is imported. It needs no station.
    """
    if not settings.configured:
        settings.configure(USE_I18N=False)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    try:
        client = Client(allowed=read_allowed(os.environ.get(SETTING, "")))
        documents = {data: read(data) for data in _documents(where, key, client)}
        found = [f for each in documents.values() for f in _found(each)]
        if schemas:
            for data in documents:
                raw = msgspec.json.decode(data)
                found += schema_faults(raw, service=schemas, client=client)
    except _TROUBLE as trouble:
        console.print(str(trouble))
        raise typer.Exit(1) from trouble
    for each in documents.values():
        console.print(_made_of(each.document))
    for fault in found:
        console.print(f"- {fault}")
    if found or not documents:
        raise typer.Exit(1)
    console.print("Nothing is wrong with it.")


def _documents(where: str, key: str, client: Client) -> tuple[bytes, ...]:
    """Return what is there, out of its envelope if it is in one."""
    if where.startswith(("http://", "https://")):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        data = client.get(where, headers=headers).expect_success().body
    else:
        data = Path(where).read_bytes()
    try:
        return documents_in(data)
    except NotCds:
        return (data,)


def _found(reading: Reading) -> Iterator[str]:
    told = dict.fromkeys((*reading.oddities, *faults(reading.document)))
    return (_said(each) for each in told if each.what not in KEPT)


def _said(oddity: Oddity) -> str:
    return f"{oddity.where or '/'}: {oddity.sentence}"


def _made_of(document: Document) -> str:
    story = incoming_of(document, Fetched(), places=PLACES)
    facts = {
        "blocks": len(story.blocks),
        "lead photo": int(story.lead is not None),
        "sound": int(story.sound is not None),
        "corrections": len(story.corrections),
        "notes": len(story.notes),
    }
    counted = ", ".join(f"{name} {count}" for name, count in facts.items() if count)
    # Nothing is fetched here.
    left_out = [e.sentence for e in story.left_out if e.why is not Why.NOT_FETCHED]
    return "\n  ".join([f"{document.id}: “{story.title}” ({counted})", *left_out])
